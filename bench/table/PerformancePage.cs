using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ashlar.Bench;

/// <summary>The part of docs/performance.md that is written from a file of results: between two marks, losses first.</summary>
static class PerformancePage
{
    const string Begin = "<!-- written by bench/run --page: begin -->\n";
    const string End = "<!-- written by bench/run --page: end -->\n";

    /// <summary>The page with its table made anew.</summary>
    /// <param name="page">Text that holds both marks.</param>
    /// <param name="json">A file of results.</param>
    public static string With(string page, string json)
    {
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        return begin < Begin.Length || end < begin ? throw new ArgumentException("performance page: the marks of the table are missing.") : page[..begin] + Table(json) + page[end..];
    }

    /// <summary>The table alone, in Markdown.</summary>
    public static string Table(string json)
    {
        JsonNode document = JsonNode.Parse(json)!;
        Result[] rows = [.. document["rows"]!.AsArray().Select(row => row.Deserialize<Result>(Report.Json)!)];
        IGrouping<(string Name, string Size), Result>[] works = [.. rows.GroupBy(row => (row.Name, row.Size))];
        IGrouping<(string Name, string Size), Result>[] losses = [.. works.Where(work => work.Any(row => row.Verdict != "met")).OrderBy(work => work.Min(row => row.Ratio / row.Target))];
        var text = new StringBuilder();
        text.Append("Machine: ").Append(Facts(document["machine"]!)).Append(".\n\n").Append(Report.Summary(rows)).Append(".\n").Append(Starts(rows));
        text.Append("\n### Short of the target, the furthest first\n\n");
        Write(text, losses);
        foreach (IGrouping<string, IGrouping<(string Name, string Size), Result>> family in works.Except(losses).GroupBy(work => work.First().Family))
        {
            text.Append("\n### Met: ").Append(family.Key).Append("\n\n");
            Write(text, family);
        }

        return text.Append('\n').ToString();
    }

    // Rows of the published program, which the program as built was measured beside.
    static string Starts(Result[] rows)
    {
        Result[] published = [.. rows.Where(row => row.AsBuilt is not null)];
        return published.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $"Of these, {published.Length} rows are of the published program: {published.Count(row => row.Verdict == "met")} met. The program as built would meet {published.Count(row => row.AsBuilt!.Ratio >= row.Target)} of them.\n");
    }

    static void Write(StringBuilder text, IEnumerable<IGrouping<(string Name, string Size), Result>> works)
    {
        text.Append("| work | size | T | ours | peer | ratio | target | peer is |\n|---|---|---|---|---|---|---|---|\n");
        foreach (Result row in works.SelectMany(work => work))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Size} | {row.Threads} | {Report.Quantity(row.Product, row.Unit)} | {Report.Quantity(row.Peer, row.Unit)} | ");
            text.Append(CultureInfo.InvariantCulture, $"{(row.Verdict == "met" ? "" : "**")}{row.Ratio:0.00}{(row.Verdict == "met" ? "" : "**")} ({row.Low:0.00} to {row.High:0.00}) | {row.Target:0.##} | {row.PeerName}");
            text.Append(row.Beside is { } beside ? string.Create(CultureInfo.InvariantCulture, $"; {beside.PeerName}: {beside.Ratio:0.00}") : "")
                .Append(row.AsBuilt is { } built ? string.Create(CultureInfo.InvariantCulture, $"; as built {Report.Quantity(built.Product, row.Unit)}: {built.Ratio:0.00}") : "").Append(row.Verdict == "wrong" ? "; **wrong result**" : "").Append(" |\n");
        }
    }

    static string Facts(JsonNode machine)
    {
        JsonNode peers = machine["peers"]!;
        return $"{machine["cpu"]}, {machine["cores"]} cores, vectors of {machine["vectorBits"]} bits; {machine["dotnet"]}; PyTorch {peers["torch"]}, NumPy {peers["numpy"]}, SciPy {peers["scipy"]}, {peers["blas"]}; {(machine["quick"]!.GetValue<bool>() ? "short windows (`--quick`)" : "full windows")}{(machine["runs"] is { } runs ? $"; each row the middle one of {runs} runs" : "")}; load {machine["load"]} at the start, {machine["loadAtEnd"]} at the end";
    }
}
