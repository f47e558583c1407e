namespace Ashlar.Lab;

/// <summary>What <c>run.json</c> holds: the facts of a run that change, rewritten whole at each change.</summary>
/// <param name="Id">See <see cref="RunId"/>; the folder's name.</param>
/// <param name="Name">For people; several runs may have one name.</param>
/// <param name="Start">When it began first.</param>
/// <param name="Process">Who writes to the folder, or wrote last.</param>
/// <param name="Folder">Working directory of the program.</param>
/// <param name="Command">What a shell was given; empty where a program recorded itself and its command is not known.</param>
/// <param name="Tags">Names with texts, for people and searches.</param>
/// <param name="Metrics">By name, one entry for everything that was logged as a number, up to some seconds ago while the run is under way.</param>
/// <param name="Experiment">What it belongs to.</param>
/// <param name="State">As last written; whether a running one is alive still, <see cref="RunRecord.State"/> says.</param>
/// <param name="End">When it ended, or null.</param>
/// <param name="Parent">Id of the run that it goes on from or belongs to, or null.</param>
/// <param name="Sweep">Id of its sweep, or null.</param>
/// <param name="ExitCode">Of the process, where somebody waited for it.</param>
/// <param name="Error">What ended it, or null.</param>
/// <param name="Weights">SHA-256 of the final weights (<see cref="WeightsHash"/>), or null.</param>
/// <param name="Format"><see cref="CurrentFormat"/>.</param>
public sealed record RunFile(
    string Id,
    string Name,
    DateTimeOffset Start,
    ProcessRecord Process,
    string Folder,
    IReadOnlyList<string> Command,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyDictionary<string, MetricSummary> Metrics,
    string Experiment = "default",
    RunState State = RunState.Running,
    DateTimeOffset? End = null,
    string? Parent = null,
    string? Sweep = null,
    int? ExitCode = null,
    string? Error = null,
    string? Weights = null,
    string Format = RunFile.CurrentFormat)
{
    /// <summary>The first line's value; another number means that this program is too old for the file.</summary>
    public const string CurrentFormat = "ashlar run 1";
}
