using System.CommandLine;

namespace Ashlar.Cli.Runs;

/// <summary><c>ashlar runs</c>: what was run.</summary>
static class RunsCommand
{
    public static readonly IReadOnlyDictionary<string, string[]> Examples = new Dictionary<string, string[]>
    {
        ["runs"] = ["ashlar runs ls", "ashlar runs show @last", "ashlar runs compare @last @best:accuracy"],
        ["runs ls"] = RunsListCommand.Examples,
        ["runs show"] = RunsShowCommand.Examples,
        ["runs compare"] = RunsCompareCommand.Examples,
        ["runs diff"] = RunsDiffCommand.Examples,
        ["runs tag"] = RunsTagCommand.Examples,
        ["runs rm"] = RunsRemoveCommand.Examples,
        ["runs export"] = RunsExportCommand.Examples,
    };

    public static Command Build() => new("runs", "Lists, shows, compares, tags, exports and removes runs.")
    {
        new RunsListCommand().Build(),
        new RunsShowCommand().Build(),
        new RunsCompareCommand().Build(),
        new RunsDiffCommand().Build(),
        new RunsTagCommand().Build(),
        new RunsRemoveCommand().Build(),
        new RunsExportCommand().Build(),
    };
}
