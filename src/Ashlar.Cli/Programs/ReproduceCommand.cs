using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ashlar.Cli.Runs;
using Ashlar.Lab;
using Ashlar.Lab.Reproduction;

namespace Ashlar.Cli.Programs;

/// <summary><c>ashlar reproduce</c></summary>
sealed class ReproduceCommand
{
    public static readonly string[] Examples =
    [
        "ashlar reproduce @last",
        "ashlar reproduce 20261122-0930 --level 0",
        "ashlar reproduce @best:accuracy --level 3 --share 0.1",
        "ashlar reproduce @last --data train.csv=/data/train.csv --json",
    ];

    const int LongestInTable = 60;

    readonly Argument<string> _run = RunArguments.One();
    readonly Option<int> _level = LevelOption();

    readonly Option<string[]> _data = new("--data") { Description = "Where a file of data is now, by its name in the run; may be given again.", HelpName = "NAME=PATH", DefaultValueFactory = _ => [] };
    readonly Option<bool> _fetch = new("--fetch") { Description = "Fetch absent data from the addresses in the record." };
    readonly Option<double?> _share = NumberOption.Positive("--share", "Share of the intervals for level 3; at least one is taken. Default: 0.01.");
    readonly Option<int?> _seed = NumberOption.Whole("--seed", "Decides which intervals level 3 takes. Default: drawn.", 0);
    readonly Option<string?> _work = new("--work") { Description = "An empty folder to work in, which stays. Default: a temporary one, which goes away when all is equal.", HelpName = "DIR" };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON: {\"run\", \"level\", \"time\", \"verdict\", \"claims\"}." };

    /// <summary>How much is repeated.</summary>
    public static Option<int> LevelOption() => new("--level")
    {
        Description = "0: all recorded hashes; 1: the sources build; 2: the stored weights are measured again; 3: some intervals between checkpoints are trained again; 4: everything. Default: 4.",
        HelpName = "0..4",
        CustomParser = Level,
        DefaultValueFactory = _ => (int)ReproductionLevel.Everything,
    };

    public Command Build()
    {
        var command = new Command("reproduce", "Repeats a run from its record and says whether the same bits came out.") { _run, _level, _data, _fetch, _share, _seed, _work, _json };
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        LabFolder lab = LabFolder.Find();
        RunRecord run = lab.Find(parsed.GetRequiredValue(_run));
        var reproducer = new Reproducer(lab, run, new ReproductionOptions
        {
            Level = (ReproductionLevel)parsed.GetValue(_level),
            Data = parsed.GetRequiredValue(_data).Select(entry => KeyValue.Parse("reproduce", entry)).ToDictionary(entry => entry.Key, entry => Path.GetFullPath(entry.Value)),
            Fetch = parsed.GetValue(_fetch),
            Share = Math.Min(1, parsed.GetValue(_share) ?? new ReproductionOptions().Share),
            Seed = parsed.GetValue(_seed),
            WorkFolder = parsed.GetValue(_work),
            Progress = sentence => Console.Error.WriteLine($"  {sentence}"),
        });
        Console.Error.WriteLine($"run {run.Id} ({run.Name}), {reproducer.Cost.Text}");
        using var interrupt = new Interrupt();
        ReproductionReport report;
        try
        {
            report = reproducer.Run(interrupt.Token);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }

        Keep(run, report);
        Print(report, parsed.GetValue(_json));
        return report.Verdict switch { Verdict.Equal => ExitCode.Success, Verdict.Differs => ExitCode.Differs, _ => ExitCode.Failed };
    }

    /// <summary>The report for people, or as a line of JSON.</summary>
    public static void Print(ReproductionReport report, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(report.ToJson());
            return;
        }

        var table = new TextTable("claim", "recorded", "reproduced", "difference", "verdict");
        foreach (VerdictRow row in report.Rows)
        {
            table.Add(row.Claim, row.Recorded, row.Reproduced, IsShort(row) ? row.Difference : "see below", row.Word);
        }

        Console.Out.Write(table);
        foreach (VerdictRow row in report.Rows.Where(row => !IsShort(row)))
        {
            Console.Out.Write($"\n{row.Claim}: {row.Word}\n{string.Concat(row.Difference.Split('\n').Select(line => $"  {line}\n"))}");
        }

        Console.Out.WriteLine();
        int equal = report.Rows.Count(row => row.Verdict == Verdict.Equal), differ = report.Rows.Count(row => row.Verdict == Verdict.Differs), failed = report.Rows.Count(row => row.Verdict == Verdict.Failed);
        Console.Out.WriteLine(report.Verdict switch
        {
            Verdict.Equal => string.Create(CultureInfo.InvariantCulture, $"All {equal} claims hold at level {(int)report.Level}."),
            Verdict.Differs => string.Create(CultureInfo.InvariantCulture, $"{differ} {(differ == 1 ? "claim differs" : "claims differ")}, {equal} hold: {report.Rows.First(row => row.Verdict == Verdict.Differs).Claim} is the first."),
            _ => string.Create(CultureInfo.InvariantCulture, $"{failed} {(failed == 1 ? "claim" : "claims")} could not be checked, {equal} hold."),
        });
    }

    static bool IsShort(VerdictRow row) => row.Difference.Length <= LongestInTable && !row.Difference.Contains('\n', StringComparison.Ordinal);

    // A record that cannot be written to, such as one on a medium to be read only, is no less reproduced.
    static void Keep(RunRecord run, ReproductionReport report)
    {
        try
        {
            AtomicFile.Write(Path.Combine(run.Folder, ReproductionReport.FileName), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(report.ToJson(indented: true) + '\n')));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"  the report is not kept: {e.Message}");
        }
    }

    static int Level(ArgumentResult result)
    {
        string text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int level) && level <= (int)ReproductionLevel.Everything)
        {
            return level;
        }

        result.AddError($"--level takes 0 to 4, and got '{text}'");
        return 0;
    }
}
