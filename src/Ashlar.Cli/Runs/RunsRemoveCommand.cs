using System.CommandLine;
using Ashlar.Lab;

namespace Ashlar.Cli.Runs;

/// <summary><c>ashlar runs rm</c></summary>
sealed class RunsRemoveCommand
{
    public static readonly string[] Examples = ["ashlar runs rm @last", "ashlar runs rm 20261122-0930 20261122-1015", "ashlar runs rm @last --permanent"];

    readonly Argument<string[]> _runs = RunArguments.Several(ArgumentArity.OneOrMore);
    readonly Option<bool> _permanent = new("--permanent") { Description = "Delete at once, in place of moving to .ashlar/trash. Files in the store stay: other runs may share them." };

    public Command Build()
    {
        var command = new Command("rm", "Moves runs to .ashlar/trash, or deletes them.") { _runs, _permanent };
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        LabFolder lab = LabFolder.Find();
        IReadOnlyList<RunRecord> runs = RunArguments.Find(lab, parsed.GetRequiredValue(_runs));
        if (runs.FirstOrDefault(run => run.State == RunState.Running) is { } alive)
        {
            throw new LabException($"runs rm: {alive.Id} is running. Stop it first (process {alive.File.Process.Pid} of {alive.File.Process.Host}); nothing was removed.");
        }

        string trash = Path.Combine(lab.Path, "trash");
        foreach (RunRecord run in runs)
        {
            if (parsed.GetValue(_permanent))
            {
                Directory.Delete(run.Folder, recursive: true);
                Console.Out.WriteLine($"deleted {run.Id}");
                continue;
            }

            Directory.CreateDirectory(trash);
            string place = Path.Combine(trash, run.Id);
            if (Directory.Exists(place))
            {
                Directory.Delete(place, recursive: true);
            }

            Directory.Move(run.Folder, place);
            Console.Out.WriteLine($"moved {run.Id} to {place}; moved back to {lab.RunsPath} it is there again");
        }

        return ExitCode.Success;
    }
}
