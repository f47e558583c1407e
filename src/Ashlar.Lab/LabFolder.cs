using System.Diagnostics.CodeAnalysis;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab;

/// <summary>The folder <c>.ashlar</c>: runs, and the store of their files by content.</summary>
/// <param name="path">May not exist yet.</param>
public sealed class LabFolder(string path)
{
    /// <summary>The variable of the environment that names the folder in place of <c>.ashlar</c> in the working directory.</summary>
    public const string Variable = "ASHLAR_HOME";

    const string Last = "@last";
    const string Best = "@best:";

    /// <summary>The folder, absolute.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Holds a folder for each run.</summary>
    public string RunsPath => System.IO.Path.Combine(Path, "runs");

    /// <summary>Files by their content: sources, patches, artifacts.</summary>
    public ArtifactStore Store => field ??= new ArtifactStore(System.IO.Path.Combine(Path, "store"));

    /// <summary>The folder that <c>ASHLAR_HOME</c> names, or else <c>.ashlar</c> in the working directory.</summary>
    public static LabFolder Find() => new(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } home ? home : ".ashlar");

    /// <summary>The folder of a run.</summary>
    /// <param name="id">Its whole id.</param>
    /// <exception cref="LabException">The text is no id.</exception>
    public string PathOf(string id) => RunId.IsValid(id)
        ? System.IO.Path.Combine(RunsPath, id)
        : throw new LabException($"'{id}' is no id of a run; one looks like 20261122-093011-k3vqzt. List them: ashlar runs ls");

    /// <summary>All runs, the newest first. Nothing of a run is read before it is asked for.</summary>
    public IEnumerable<RunRecord> Runs() => Ids().Select(id => new RunRecord(System.IO.Path.Combine(RunsPath, id)));

    /// <summary>One run.</summary>
    /// <param name="reference">Its id; a beginning of it that no other run has; <c>@last</c>, the newest; <c>@best:metric</c>, the run whose last value of the metric is the greatest, or with <c>@best:-metric</c> the least.</param>
    /// <exception cref="LabException">There is none, or there are several.</exception>
    public RunRecord Find(string reference)
    {
        if (reference == Last)
        {
            return Runs().FirstOrDefault() ?? throw new LabException($"@last: there is no run in {RunsPath}. Make one: ashlar run SCRIPT.cs");
        }

        if (reference.StartsWith(Best, StringComparison.Ordinal))
        {
            return FindBest(reference);
        }

        string[] ids = [.. reference.Length == 0 ? [] : Ids().Where(id => id.StartsWith(reference, StringComparison.Ordinal))];
        return ids.Length switch
        {
            1 => new RunRecord(System.IO.Path.Combine(RunsPath, ids[0])),
            0 => throw new LabException($"run '{reference}': no run of {RunsPath} begins with it. List them: ashlar runs ls"),
            _ => throw new LabException($"run '{reference}': {ids.Length} runs begin with it: {string.Join(", ", ids.Take(5))}{(ids.Length > 5 ? ", …" : "")}. Give more letters."),
        };
    }

    RunRecord FindBest(string reference)
    {
        string metric = reference[Best.Length..];
        bool least = metric.StartsWith('-');
        metric = least ? metric[1..] : metric;
        (RunRecord Run, double Value)[] found = [.. Runs().Where(run => run.Metrics.ContainsKey(metric)).Select(run => (run, run.Metrics[metric].Last)).Where(item => !double.IsNaN(item.Last))];
        if (found.Length == 0)
        {
            string[] names = [.. Runs().SelectMany(run => run.Metrics.Keys).Distinct().Order(StringComparer.Ordinal)];
            throw new LabException($"{reference}: no run has a metric '{metric}'. {(names.Length == 0 ? "There is no metric at all." : $"There are {string.Join(", ", names.Take(12))}{(names.Length > 12 ? ", …" : "")}.")}");
        }

        return (least ? found.MinBy(item => item.Value) : found.MaxBy(item => item.Value)).Run;
    }

    [SuppressMessage("Performance", "CA1859", Justification = "The caller enumerates.")]
    IEnumerable<string> Ids()
    {
        if (!Directory.Exists(RunsPath))
        {
            return [];
        }

        string[] ids = [.. Directory.EnumerateDirectories(RunsPath).Select(folder => System.IO.Path.GetFileName(folder)).Where(RunId.IsValid)];
        Array.Sort(ids, (a, b) => string.CompareOrdinal(b, a));
        return ids;
    }
}
