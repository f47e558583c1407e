using System.CommandLine;
using System.Text;
using Ashlar.Lab;
using Ashlar.Lab.Queries;
using Ashlar.Lab.Storage;

namespace Ashlar.Cli.Runs;

/// <summary><c>ashlar runs diff</c></summary>
sealed class RunsDiffCommand
{
    public static readonly string[] Examples = ["ashlar runs diff 20261122-0930 @last", "ashlar runs diff @best:accuracy @last | less"];

    readonly Argument<string> _before = new("BEFORE") { Description = "The run whose lines get '-'." };
    readonly Argument<string> _after = new("AFTER") { Description = "The run whose lines get '+'." };

    public Command Build()
    {
        var command = new Command("diff", "Shows how two runs differ, source files line by line.") { _before, _after };
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        LabFolder lab = LabFolder.Find();
        RunRecord before = lab.Find(parsed.GetRequiredValue(_before)), after = lab.Find(parsed.GetRequiredValue(_after));
        RunsCompareCommand.Print(RunComparison.Of([before, after]), all: false);
        Dictionary<string, string> old = Files(before), now = Files(after);
        foreach (string path in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal).Where(path => old.GetValueOrDefault(path) != now.GetValueOrDefault(path)))
        {
            Console.Out.WriteLine($"--- {(old.ContainsKey(path) ? path : "none")}\n+++ {(now.ContainsKey(path) ? path : "none")}");
            Console.Out.Write(Text(lab.Store, old.GetValueOrDefault(path)) is { } a && Text(lab.Store, now.GetValueOrDefault(path)) is { } b ? TextDiff.Of(a, b) : "not both are texts in the store\n");
        }

        return ExitCode.Success;
    }

    static Dictionary<string, string> Files(RunRecord run) => run.Code.Files.DistinctBy(file => file.Path).ToDictionary(file => file.Path, file => file.Sha256, StringComparer.Ordinal);

    // A file that is not there is an empty text; one that is no text, or not in the store, is null.
    static string? Text(ArtifactStore store, string? sha256)
    {
        if (sha256 is null || !store.Contains(sha256))
        {
            return sha256 is null ? "" : null;
        }

        byte[] bytes = File.ReadAllBytes(store.PathOf(sha256));
        return bytes.Contains((byte)0) ? null : Encoding.UTF8.GetString(bytes);
    }
}
