using System.Globalization;
using System.Text;

namespace Ashlar.Lab.Bundles;

/// <summary>What the texts of a bundle tell.</summary>
/// <param name="Title">Of the work.</param>
/// <param name="Runs">In ordinal order of their ids.</param>
/// <param name="Options">Authors, license.</param>
/// <param name="Data">Every file of data.</param>
sealed record BundleStory(string Title, IReadOnlyList<RunRecord> Runs, BundleOptions Options, IReadOnlyList<BundleDataFile> Data)
{
    /// <summary>The end of the last run: the date of the work, whenever it is packed.</summary>
    public DateTimeOffset Date => Runs.Max(run => run.End ?? run.Start);

    public string Day => Date.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static bool IsOfMachine(string metric) => metric.StartsWith("system/", StringComparison.Ordinal) || metric.EndsWith("_per_second", StringComparison.Ordinal);

    public string Readme()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Line(Title)}\n\n");
        text.Append("Everything that decides the results of ").Append(Runs.Count == 1 ? "one run" : $"{Runs.Count} runs").Append(": sources, lock files, settings, data or where it is to be had, models, and every number that was logged.\n\n");
        text.Append("## Check it\n\nWith .NET and the tool `ashlar` (version ").Append(Line(Runs[0].Host.Ashlar)).Append(" or one with numerics ").Append(Runs[0].Host.Numerics).Append(") on any machine:\n\n");
        text.Append("```text\nashlar verify BUNDLE.zip --level 0     all hashes\nashlar verify BUNDLE.zip               everything is run again and compared bit by bit\n```\n\n");
        text.Append("Threads, processor and operating system may be others: the bits are the same.\n\n");
        text.Append("## What is in it\n\n| path | what |\n|---|---|\n");
        text.Append("| `REPORT.md` | settings, results, environment of every run |\n| `claims.yaml` | what is claimed, number by number |\n| `CHECKLIST.md` | questions of reproducibility, the open ones marked |\n");
        text.Append("| `sources/`, `patches/` | the programs |\n| `models/`, `artifacts/` | what they made |\n| `data/` | what they read, as far as it is not to be fetched |\n| `runs/` | the records; `events/` opens in TensorBoard |\n");
        text.Append("| `manifest.json` | every file with its SHA-256 |\n| `CITATION.cff`, `ro-crate-metadata.json`, `croissant.json` | for libraries and search engines |\n");
        return text.ToString();
    }

    public string Report()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Report: {Line(Title)}\n");
        foreach (RunRecord run in Runs)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {run.Id}: {Line(run.Name)}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"{run.State.ToString().ToLowerInvariant()}, {((run.End ?? run.Start) - run.Start).TotalSeconds:0} s, started {LabTime.Text(run.Start)}; `{Line(string.Join(' ', run.File.Command))}`\n");
            Table(text, "setting | value | source", run.Config.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} | `{Line(pair.Value.Value.GetRawText())}` | {pair.Value.Source}"));
            Table(text, "metric | last | least | greatest | points", run.Metrics.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{Line(pair.Key)} | {Number(pair.Value.Last)} | {Number(pair.Value.Min)} | {Number(pair.Value.Max)} | {pair.Value.Count.ToString(CultureInfo.InvariantCulture)}"));
            HostRecord host = run.Host;
            Table(text, "environment | ", [
                $"system | {Line(host.System)}, {host.Architecture}", $"runtime | {host.Runtime}", $"Ashlar | {host.Ashlar}, numerics {host.Numerics.ToString(CultureInfo.InvariantCulture)}",
                $"processors | {host.Processors.ToString(CultureInfo.InvariantCulture)}, vectors of {host.Vector} bits", $"memory | {(host.Memory >> 20).ToString(CultureInfo.InvariantCulture)} MiB",
                $"weights | {run.Weights ?? "none"}", $"sources | {run.Code.Files.Count.ToString(CultureInfo.InvariantCulture)} files{(run.Code.Git?.Commit is { } commit ? $", commit {commit}{(run.Code.Git.Patch is null ? "" : " with changes")}" : "")}"]);
        }

        Table(text, "data | run | bytes | SHA-256 | where", Data.Select(file => $"{Line(file.Name)} | {file.Run} | {file.Size.ToString(CultureInfo.InvariantCulture)} | {file.Sha256[..12]} | {Line(file.Path ?? file.Fetch ?? "ask the authors")}"));
        return text.ToString();
    }

    static void Table(StringBuilder text, string head, IEnumerable<string> rows)
    {
        string[] lines = [.. rows];
        if (lines.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n| {head} |\n|{string.Concat(Enumerable.Repeat("---|", head.Split('|').Length))}\n");
            text.Append(string.Concat(lines.Select(line => $"| {line} |\n")));
        }
    }

    // Texts of runs stand in tables and headings: one line, no cell's end.
    static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal);
}
