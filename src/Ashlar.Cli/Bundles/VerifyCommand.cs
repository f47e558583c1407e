using System.CommandLine;
using Ashlar.Cli.Programs;
using Ashlar.Lab.Bundles;
using Ashlar.Lab.Reproduction;

namespace Ashlar.Cli.Bundles;

/// <summary><c>ashlar verify</c></summary>
sealed class VerifyCommand
{
    public static readonly string[] Examples =
    [
        "ashlar verify digits.zip",
        "ashlar verify paper.zip --level 0",
        "ashlar verify paper.zip --fetch --data train.csv=/data/train.csv --json",
    ];

    readonly Argument<string> _file = new("FILE") { Description = "A zip file that ashlar pack made." };
    readonly Option<int> _level = ReproduceCommand.LevelOption();
    readonly Option<string[]> _data = new("--data") { Description = "Where a file of data is that the bundle does not hold, by its name; may be given again.", HelpName = "NAME=PATH", DefaultValueFactory = _ => [] };
    readonly Option<bool> _fetch = new("--fetch") { Description = "Fetch absent data from the addresses in the record." };
    readonly Option<double?> _share = NumberOption.Positive("--share", "Share of the intervals for level 3; at least one is taken. Default: 0.01.");
    readonly Option<int?> _seed = NumberOption.Whole("--seed", "Decides which intervals level 3 takes. Default: drawn.", 0);
    readonly Option<string?> _work = new("--work") { Description = "An empty folder to work in, which stays. Default: a temporary one, which goes away when all is equal.", HelpName = "DIR" };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON: {\"verdict\", \"reports\": [{\"run\", \"level\", \"time\", \"verdict\", \"claims\"}]}; the first report is on the file itself." };

    public Command Build()
    {
        var command = new Command("verify", "Checks a bundle and repeats its runs, with nothing but the file. From level 1 on its programs are run: trust its authors as you trust any program.") { _file, _level, _data, _fetch, _share, _seed, _work, _json };
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        var verifier = new BundleVerifier(parsed.GetRequiredValue(_file), new ReproductionOptions
        {
            Level = (ReproductionLevel)parsed.GetValue(_level),
            Data = parsed.GetRequiredValue(_data).Select(entry => KeyValue.Parse("verify", entry)).ToDictionary(entry => entry.Key, entry => Path.GetFullPath(entry.Value)),
            Fetch = parsed.GetValue(_fetch),
            Share = Math.Min(1, parsed.GetValue(_share) ?? new ReproductionOptions().Share),
            Seed = parsed.GetValue(_seed),
            WorkFolder = parsed.GetValue(_work),
            Progress = sentence => Console.Error.WriteLine($"  {sentence}"),
        });
        using var interrupt = new Interrupt();
        IReadOnlyList<ReproductionReport> reports;
        try
        {
            reports = verifier.Run((run, cost) => Console.Error.WriteLine($"run {run.Id} ({run.Name}), {cost.Text}"), interrupt.Token);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }

        Verdict verdict = reports.Any(report => report.Verdict == Verdict.Differs) ? Verdict.Differs : reports.Any(report => report.Verdict == Verdict.Failed) ? Verdict.Failed : Verdict.Equal;
        Print(reports, verdict, parsed.GetValue(_json));
        return verdict switch { Verdict.Equal => ExitCode.Success, Verdict.Differs => ExitCode.Differs, _ => ExitCode.Failed };
    }

    static void Print(IReadOnlyList<ReproductionReport> reports, Verdict verdict, bool json)
    {
        if (json)
        {
            JsonLine.Print(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("verdict", new VerdictRow("", "", "", "", verdict).Word);
                writer.WriteStartArray("reports");
                foreach (ReproductionReport report in reports)
                {
                    writer.WriteRawValue(report.ToJson());
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }

        foreach (ReproductionReport report in reports)
        {
            Console.Out.WriteLine(report.Run.Length == 0 ? "the bundle" : $"\nrun {report.Run}");
            ReproduceCommand.Print(report, json: false);
        }
    }
}
