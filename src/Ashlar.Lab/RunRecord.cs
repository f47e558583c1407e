using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ashlar.Lab.Configuration;
using Ashlar.Lab.Events;

namespace Ashlar.Lab;

/// <summary>A run as its files tell it. Each file is read when it is asked for first, and kept; a file that is missing or damaged counts as empty and is named in <see cref="Faults"/>.</summary>
/// <param name="path">The run's folder.</param>
public sealed class RunRecord(string path)
{
    readonly RunFolder _folder = new(path);
    readonly SortedDictionary<string, string> _faults = new(StringComparer.Ordinal);
    RunFile? _file;
    RunState? _state;

    /// <summary>The folder's name.</summary>
    public string Id => _folder.Id;

    /// <summary>The folder, absolute.</summary>
    public string Folder => _folder.Path;

    /// <summary>The names of the files.</summary>
    public RunFolder Files => _folder;

    /// <summary><c>run.json</c>.</summary>
    public RunFile File => _file ??= Read(_folder.ReadRun, Unknown);

    /// <summary>For people.</summary>
    public string Name => File.Name;

    /// <summary>What it belongs to.</summary>
    public string Experiment => File.Experiment;

    /// <summary>How far it has come. One that is running by its file and whose process is gone is <see cref="RunState.Interrupted"/>.</summary>
    public RunState State => _state ??= File.State == RunState.Running && File.Process.IsGone() ? RunState.Interrupted : File.State;

    /// <summary>When it began first.</summary>
    public DateTimeOffset Start => File.Start;

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? End => File.End;

    /// <summary>Names with texts.</summary>
    public IReadOnlyDictionary<string, string> Tags => File.Tags;

    /// <summary>By name; of a run under way up to some seconds ago. Of one whose process is gone without a word they are reckoned from its points.</summary>
    public IReadOnlyDictionary<string, MetricSummary> Metrics => field ??= State == RunState.Interrupted && File.State == RunState.Running ? Reckoned() : File.Metrics;

    /// <summary>SHA-256 of the final weights, or null.</summary>
    public string? Weights => File.Weights;

    /// <summary>Id of the run that it goes on from or belongs to, or null.</summary>
    public string? Parent => File.Parent;

    /// <summary>Id of its sweep, or null.</summary>
    public string? Sweep => File.Sweep;

    /// <summary>The resolved configuration with sources; empty where the run has none.</summary>
    public ConfigFile Config => field ??= System.IO.File.Exists(_folder.ConfigPath) ? Read(_folder.ReadConfig, ConfigFile.Empty) : ConfigFile.Empty;

    /// <summary>The values of <see cref="Config"/> by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Settings => field ??= Config.Values.ToDictionary(pair => pair.Key, pair => pair.Value.Value, StringComparer.Ordinal);

    /// <summary>Where it ran.</summary>
    public HostRecord Host => field ??= Read(_folder.ReadHost, HostRecord.Unknown);

    /// <summary>Its sources.</summary>
    public CodeRecord Code => field ??= Read(_folder.ReadCode, CodeRecord.Unknown);

    /// <summary>Its data; empty where it named none.</summary>
    public DataRecord Data => field ??= System.IO.File.Exists(_folder.DataPath) ? Read(_folder.ReadData, DataRecord.Empty) : DataRecord.Empty;

    /// <summary>The links of its chain in the order of steps. Of steps that were taken twice, after going on from a checkpoint, the later ones.</summary>
    public IEnumerable<ChainLink> Chain => field ??= Standing(Lines(_folder.ChainPath, LabJson.Lines.ChainLink));

    /// <summary>Its artifacts, of each name the last, in the order of names.</summary>
    public IEnumerable<ArtifactRecord> Artifacts => field ??=
        [.. Lines(_folder.ArtifactsPath, LabJson.Lines.ArtifactRecord).Where(artifact => ArtifactName.Fault(artifact.Name) is null).GroupBy(artifact => artifact.Name).Select(group => group.Last()).OrderBy(artifact => artifact.Name, StringComparer.Ordinal)];

    /// <summary>What was wrong with the files that were read so far, each a sentence that names the file.</summary>
    public IReadOnlyCollection<string> Faults => _faults.Values;

    /// <summary>The points of a metric in the order in which they were logged; of steps that were taken twice, after going on from a checkpoint, the later ones. Empty for a name that was never logged.</summary>
    /// <param name="metric">Its name.</param>
    public IEnumerable<ScalarPoint> Series(string metric) =>
        EventFolder.Read(_folder.EventsPath).OfType<ScalarEvent>().Where(e => e.Tag == metric).Select(e => new ScalarPoint(e.Step, e.WallTime, e.Value));

    /// <summary>The console, line by line.</summary>
    public IEnumerable<LogLine> Log() => System.IO.File.Exists(_folder.LogPath) ? System.IO.File.ReadLines(_folder.LogPath).Select(LogLine.Parse) : [];

    /// <summary>Sets a tag, also of a run under way.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="value">Any text.</param>
    /// <exception cref="LabException">The run's file is damaged, or the name is empty.</exception>
    public void SetTag(string name, string value)
    {
        if (name.Length == 0)
        {
            throw new LabException("tag: the name is empty. Give name=value.");
        }

        Change(run => run with { Tags = new SortedDictionary<string, string>(run.Tags.ToDictionary(), StringComparer.Ordinal) { [name] = value } });
    }

    /// <summary>Removes a tag, if there is one.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="LabException">The run's file is damaged.</exception>
    public void RemoveTag(string name) => Change(run => run with { Tags = run.Tags.Where(tag => tag.Key != name).ToDictionary() });

    /// <summary>Gives it another name.</summary>
    /// <param name="name">Not empty.</param>
    /// <exception cref="LabException">The run's file is damaged, or the name is empty.</exception>
    public void Rename(string name)
    {
        if (name.Length == 0)
        {
            throw new LabException($"run {Id}: the new name is empty. Give a name.");
        }

        Change(run => run with { Name = name });
    }

    void Change(Func<RunFile, RunFile> change) => (_file, _state) = (_folder.Update(change), null);

    T Read<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (LabException e)
        {
            _faults.TryAdd(e.Message, e.Message);
            return otherwise;
        }
    }

    List<T> Lines<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        var values = new List<T>();
        if (!System.IO.File.Exists(path))
        {
            return values;
        }

        foreach ((int number, string line) in System.IO.File.ReadLines(path).Index())
        {
            try
            {
                values.AddRange(line.Length == 0 ? [] : JsonSerializer.Deserialize(line, type) is { } value ? [value] : []);
            }
            catch (JsonException)
            {
                string fault = $"{path}: line {number + 1} is damaged and left out.";
                _faults.TryAdd(fault, fault);
            }
        }

        return values;
    }

    IReadOnlyDictionary<string, MetricSummary> Reckoned()
    {
        var table = new MetricTable();
        table.Begin(File.Metrics);
        IEnumerable<ScalarEvent> points = EventFolder.Read(System.IO.Path.Combine(_folder.EventsPath, Recorder.MainEvents)).OfType<ScalarEvent>();
        if (points.Any())
        {
            table.Reckon(points.Select(e => (e.Tag, e.Value, e.Step)));
        }

        return table.Take();
    }

    // A link stands on the one before by its hash: what came behind that one was thrown away. Where the one before was torn, steps decide.
    static List<ChainLink> Standing(List<ChainLink> links)
    {
        var standing = new List<ChainLink>(links.Count);
        foreach (ChainLink link in links)
        {
            int before = link.Previous.Length == 0 ? -1 : standing.FindLastIndex(other => other.Hash == link.Previous);
            int kept = before >= 0 || link.Previous.Length == 0 ? before + 1 : standing.TakeWhile(other => other.Step < link.Step).Count();
            standing.RemoveRange(kept, standing.Count - kept);
            standing.Add(link);
        }

        return standing;
    }

    // A folder whose run.json is gone is still a run: its id tells when it began, and other files may be whole.
    RunFile Unknown => new(Id, Id, RunId.IsValid(Id) ? RunId.TimeOf(Id) : DateTimeOffset.UnixEpoch, new ProcessRecord("", 0, DateTimeOffset.UnixEpoch), "", [], new Dictionary<string, string>(), new Dictionary<string, MetricSummary>(), State: RunState.Interrupted);
}
