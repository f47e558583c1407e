using System.Globalization;
using System.Text.Json;
using Ashlar.Server.Index;
using Microsoft.Data.Sqlite;

namespace Ashlar.Server.MLflow;

/// <summary>The experiments that clients know, in <c>experiments.json</c> of the lab. Runs name their experiment; the file gives names their numbers, tags and state.</summary>
/// <remarks>A lost or damaged file costs numbers, tags and states, no run: names that runs bear get new numbers.</remarks>
/// <param name="folder">The lab's folder.</param>
/// <param name="index">Knows which experiments runs name.</param>
/// <param name="clock">Dates changes.</param>
sealed class ExperimentBook(string folder, RunIndex index, TimeProvider clock)
{
    /// <summary>What our files call the usual experiment; MLflow writes it large.</summary>
    public const string Usual = "default";

    const string UsualForClients = "Default";
    const string UsualId = "0";

    readonly Lock _gate = new();
    readonly string _path = Path.Combine(folder, "experiments.json");

    /// <summary>The name as clients have it.</summary>
    public static string ForClients(string name) => name == Usual ? UsualForClients : name;

    /// <summary>The name as runs have it.</summary>
    public static string ForRuns(string name) => name == UsualForClients ? Usual : name;

    /// <summary>All experiments, also those that only runs name.</summary>
    public List<Experiment> All()
    {
        lock (_gate)
        {
            return Load();
        }
    }

    /// <summary>The experiment of a number.</summary>
    /// <exception cref="MlflowException">There is none.</exception>
    public Experiment Find(string id) => All().Find(experiment => experiment.Id == id) ?? throw MlflowException.Missing($"No Experiment with id={id} exists");

    /// <summary>The experiment of a name, or null.</summary>
    public Experiment? Named(string name) => All().Find(experiment => experiment.Name == ForRuns(name));

    /// <summary>Begins an experiment.</summary>
    /// <exception cref="MlflowException">There is one of the name, or the name is none.</exception>
    public Experiment Create(string name, IReadOnlyDictionary<string, string> tags)
    {
        lock (_gate)
        {
            List<Experiment> all = Load();
            CheckName(all, name);
            long now = Now();
            var created = new Experiment(NextId(all), ForRuns(name), false, now, now, tags, []);
            all.Add(created);
            Save(all);
            return created;
        }
    }

    /// <summary>Changes an experiment.</summary>
    /// <exception cref="MlflowException">There is none, or another has the new name.</exception>
    public Experiment Change(string id, Func<Experiment, Experiment> change)
    {
        lock (_gate)
        {
            List<Experiment> all = Load();
            int at = all.FindIndex(experiment => experiment.Id == id);
            Experiment before = at >= 0 ? all[at] : throw MlflowException.Missing($"No Experiment with id={id} exists");
            Experiment after = change(before) with { Updated = Now() };
            if (after.Name != before.Name)
            {
                CheckName(all, after.Name);
                after = after with { Name = ForRuns(after.Name) };
            }

            all[at] = after;
            Save(all);
            return after;
        }
    }

    static void CheckName(List<Experiment> all, string name)
    {
        if (name.Length == 0 || name.Any(char.IsControl))
        {
            throw MlflowException.Invalid($"Invalid experiment name: '{name}'");
        }

        if (name.Length > EntityNames.LongestExperiment)
        {
            throw MlflowException.Invalid($"Experiment name exceeds the maximum length of {EntityNames.LongestExperiment} characters");
        }

        if (all.Find(experiment => experiment.Name == ForRuns(name)) is { } other)
        {
            throw MlflowException.Exists(other.IsDeleted
                ? $"Experiment '{name}' already exists in deleted state. You can restore the experiment, or permanently delete the experiment from the .trash folder in order to use this experiment name again."
                : $"Experiment(name={name}) already exists.");
        }
    }

    static string NextId(List<Experiment> all) => (all.Max(experiment => long.Parse(experiment.Id, CultureInfo.InvariantCulture)) + 1).ToString(CultureInfo.InvariantCulture);

    List<Experiment> Load()
    {
        List<Experiment> all = Read();
        bool changed = all.Count == 0;
        if (all.TrueForAll(experiment => experiment.Id != UsualId))
        {
            all.Insert(0, new Experiment(UsualId, Usual, false, Now(), Now(), new Dictionary<string, string>(), []));
        }

        foreach ((string name, long start) in NamesOfRuns())
        {
            if (all.TrueForAll(experiment => experiment.Name != name))
            {
                all.Add(new Experiment(NextId(all), name, false, start, start, new Dictionary<string, string>(), []));
                changed = true;
            }
        }

        if (changed)
        {
            Save(all);
        }

        return all;
    }

    List<Experiment> Read()
    {
        try
        {
            return File.Exists(_path) && JsonSerializer.Deserialize(File.ReadAllBytes(_path), ExperimentJson.Default.ListExperiment) is { } all
                ? [.. all.Where(experiment => experiment is { Id: not null, Name: not null, Tags: not null, DeletedRuns: not null } && long.TryParse(experiment.Id, NumberStyles.None, CultureInfo.InvariantCulture, out _))]
                : [];
        }
        catch (JsonException)
        {
            // Numbers are given anew; see the remarks.
            return [];
        }
    }

    List<(string Name, long Start)> NamesOfRuns() => index.Read(session =>
    {
        using SqliteDataReader rows = session.Read("SELECT experiment, min(start) FROM runs WHERE NOT \"foreign\" GROUP BY experiment ORDER BY min(start), experiment");
        var names = new List<(string, long)>();
        while (rows.Read())
        {
            names.Add((rows.GetString(0), rows.GetInt64(1)));
        }

        return names;
    });

    void Save(List<Experiment> all)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(_path, stream => JsonSerializer.Serialize(stream, all, ExperimentJson.Readable.ListExperiment));
    }

    long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
