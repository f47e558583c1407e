using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Configuration;
using Ashlar.Lab.Queries;
using Ashlar.Server.Api;
using Ashlar.Server.Index;

namespace Ashlar.Server.MLflow;

/// <summary>Makes and changes runs for clients: ordinary run folders, as a program of ours would have written them.</summary>
/// <param name="lab">Where runs are.</param>
/// <param name="index">Knows them.</param>
/// <param name="bin">Knows the deleted ones.</param>
/// <param name="clock">Dates what clients do not date.</param>
sealed class RunBook(LabFolder lab, RunIndex index, RunBin bin, TimeProvider clock)
{
    /// <summary>Where values of the configuration that a client logged come from, in <c>config.json</c>.</summary>
    const string Source = "mlflow";

    // The program is on the other side of the network: it has no process here whose end could be seen.
    static readonly ProcessRecord Client = new("", 0, DateTimeOffset.UnixEpoch);

    readonly Lock[] _writing = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    /// <summary>A run that is not deleted and that is ours.</summary>
    /// <exception cref="MlflowException">There is none.</exception>
    public RunRow Active(string id)
    {
        RunRow? run = index.Find(id);
        return run is { Place.IsForeign: false } ? run
            : run is not null ? throw MlflowException.State($"Run '{id}' was written by another tool and is only shown.")
            : bin.Find(id) is not null ? throw MlflowException.Invalid($"The run {id} must be in the 'active' state. Current state is deleted.")
            : throw MlflowException.Missing($"Run '{id}' not found");
    }

    /// <summary>A run as clients see it, deleted or not, with everything that was logged.</summary>
    /// <exception cref="MlflowException">There is none.</exception>
    public MlflowRun Whole(string id)
    {
        if (index.Find(id) is { } run)
        {
            index.Follow(run);
            return index.Read(session => MlflowRun.Of(session, RunRow.Find(session, id) ?? run));
        }

        return bin.Find(id) is { } deleted ? MlflowRun.Of(deleted) : throw MlflowException.Missing($"Run with id={id} not found");
    }

    /// <summary>Begins a run.</summary>
    public MlflowRun Create(string experiment, string? name, long? start, IReadOnlyDictionary<string, string> tags)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset began = start is long given and >= 0 and < 60_000_000_000_000 ? DateTimeOffset.FromUnixTimeMilliseconds(given) : now;

        // The id bears the server's time, so that ids stay in the order in which runs came whatever clients' clocks say.
        string id = RunId.New(now);
        RunFolder.Create(lab, new RunFile(id, string.IsNullOrEmpty(name) ? tags.GetValueOrDefault("mlflow.runName", id) : name, began, Client, "", [], tags, new Dictionary<string, MetricSummary>(), experiment, Parent: tags.GetValueOrDefault("mlflow.parentRunId")));
        index.Renew(id);
        return Whole(id);
    }

    /// <summary>Changes name, state and end; one that ends keeps the figures of its metrics in its own file too.</summary>
    public MlflowRun Update(string id, RunState? state, long? end, string? name)
    {
        RunRow run = Active(id);
        index.Follow(run);
        Dictionary<string, MetricSummary> metrics = index.Read(session => SeriesRow.All(session, run.Number)).ToDictionary(series => series.Name, series => new MetricSummary(series.Last, series.Min, series.Max, series.Step, series.Count));
        new RunFolder(run.Place.Folder).Update(file => file with
        {
            State = state ?? file.State,
            Name = string.IsNullOrEmpty(name) ? file.Name : name,
            End = end is long given and >= 0 and < 60_000_000_000_000 ? DateTimeOffset.FromUnixTimeMilliseconds(given) : state is null or RunState.Running ? file.End : clock.GetUtcNow(),
            Metrics = metrics,
        });
        index.Renew(id);
        return Whole(id);
    }

    /// <summary>Sets and removes tags.</summary>
    public void Tag(string id, Action<SortedDictionary<string, string>> change)
    {
        RunRow run = Active(id);
        new RunFolder(run.Place.Folder).Update(file =>
        {
            var tags = new SortedDictionary<string, string>(file.Tags.ToDictionary(), StringComparer.Ordinal);
            change(tags);
            return file with { Tags = tags, Name = tags.TryGetValue("mlflow.runName", out string? name) && name.Length > 0 ? name : file.Name };
        });
        index.Renew(id);
    }

    /// <summary>Adds parameters; one that is there may only be logged again as it is.</summary>
    /// <exception cref="MlflowException">A value differs from the one that was logged.</exception>
    public void AddParameters(string id, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        RunRow run = Active(id);
        lock (_writing[run.Number % _writing.Length])
        {
            var record = new RunRecord(run.Place.Folder);
            var values = new SortedDictionary<string, ConfigValue>(record.Config.Values.ToDictionary(), StringComparer.Ordinal);
            bool any = false;
            foreach ((string key, string value) in parameters)
            {
                if (values.TryGetValue(key, out ConfigValue before))
                {
                    if (MlflowRun.TextOf(before.Value) != value)
                    {
                        throw MlflowException.Invalid($"Changing param values is not allowed. Param with key='{key}' was already logged with value='{MlflowRun.TextOf(before.Value)}' for run ID='{id}'. Attempted logging new value '{value}'.");
                    }
                }
                else
                {
                    values[key] = new ConfigValue(JsonSerializer.SerializeToElement(value, IndexJson.Default.String), Source);
                    any = true;
                }
            }

            if (any)
            {
                new RunFolder(run.Place.Folder).Write(new ConfigFile(values));
            }
        }

        index.Renew(id);
    }

    /// <summary>A page of runs as clients see them.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="sort">In which order.</param>
    /// <param name="view">Those deleted (true), those not (false), or both (null).</param>
    /// <param name="limit">The most that come.</param>
    /// <param name="offset">How many are passed over.</param>
    public (List<MlflowRun> Runs, int Total) Search(Filter filter, IReadOnlyList<SortKey> sort, bool? view, int limit, int offset)
    {
        RunRecord[] deleted = view == false ? [] : [.. SortKey.Sort(bin.All().Where(run => filter.Matches(field => RunValues.Of(run, field))), sort, RunValues.Of)];
        if (view == true)
        {
            return ([.. deleted.Skip(offset).Take(limit).Select(MlflowRun.Of)], deleted.Length);
        }

        // A client finds what it has just logged.
        index.FollowAll(TimeSpan.Zero);
        (List<RunRow> found, int active) = index.Find(filter, sort, limit, offset);
        List<MlflowRun> runs = index.Read(session => found.ConvertAll(run => MlflowRun.Of(session, run)));
        runs.AddRange(deleted.Skip(Math.Max(0, offset - active)).Take(limit - runs.Count).Select(MlflowRun.Of));
        return (runs, active + deleted.Length);
    }
}
