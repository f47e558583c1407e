using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ashlar.Bench;

/// <summary>One table of several runs of it: each row is that of the run whose ratio is the middle one, whole, so that its figures belong together.</summary>
static class MedianRun
{
    /// <summary>The file of results that stands for <paramref name="files"/>. Its machine says how many they were.</summary>
    /// <exception cref="ArgumentException">A row is not in all of them, or they were measured on different machines.</exception>
    public static string Of(IReadOnlyList<string> files)
    {
        JsonNode[] runs = [.. files.Select(file => JsonNode.Parse(File.ReadAllText(file))!)];
        JsonObject machine = runs[0]["machine"]!.DeepClone().AsObject();
        if (runs.Any(run => !JsonNode.DeepEquals(run["machine"]!["cpu"], machine["cpu"]) || !JsonNode.DeepEquals(run["machine"]!["quick"], machine["quick"])))
        {
            throw new ArgumentException("bench: these runs are of different machines or windows. Measure them on one.");
        }

        machine["runs"] = runs.Length;
        machine["load"] = string.Join(", ", runs.Select(run => run["machine"]!["load"]));
        machine["loadAtEnd"] = string.Join(", ", runs.Select(run => run["machine"]!["loadAtEnd"]));
        IEnumerable<Result> rows = runs.SelectMany(run => run["rows"]!.AsArray()).Select(row => row.Deserialize<Result>(Report.Json)!)
            .GroupBy(row => (row.Name, row.Size, row.Threads)).Select(row => Middle([.. row], runs.Length));
        return Report.Document(machine, rows);
    }

    // A result that was wrong once is wrong. Of an even number of runs the worse one of the middle stands.
    static Result Middle(Result[] row, int runs)
        => row.Length != runs ? throw new ArgumentException($"bench: {row[0].Name} {row[0].Size} on {row[0].Threads} threads is in {row.Length} of {runs} runs. Measure it in all.")
        : row.FirstOrDefault(one => one.Verdict == "wrong") ?? row.OrderBy(one => one.Ratio).ElementAt((runs - 1) / 2) with { Ratios = [.. row.Select(one => one.Ratio)] };
}
