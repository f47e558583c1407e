using System.Globalization;
using Ashlar.Lab;
using Ashlar.Lab.Events;
using Ashlar.Lab.Storage;
using Ashlar.Server.Index;
using Microsoft.Data.Sqlite;

namespace Ashlar.Server;

/// <summary>Looks through everything that a lab's folder holds, and makes the index anew.</summary>
/// <param name="folder">The lab's folder.</param>
public sealed class LabDoctor(string folder)
{
    readonly LabFolder _lab = new(folder);
    readonly ArtifactStore _store = new(Path.Combine(folder, "store"));

    /// <summary>Reads every file of every run, every event, every content of the store and the index, and tells what is damaged. Changes nothing; takes as long as reading it all.</summary>
    public IEnumerable<Finding> Check()
    {
        var known = new Dictionary<string, bool>();
        foreach (RunRecord run in _lab.Runs())
        {
            foreach (Finding finding in Files(run).Concat(Events(run)).Concat(Contents(run, known)))
            {
                yield return finding;
            }
        }

        foreach (string hash in Directory.Exists(_store.Folder) ? _store.Hashes() : [])
        {
            if (!_store.Verify(hash))
            {
                yield return new Finding(_store.PathOf(hash), "its bytes are not those of its name. Delete it and bring it back from a copy; the runs that name it cannot be repeated without.");
            }
        }

        foreach (Finding finding in Index())
        {
            yield return finding;
        }
    }

    /// <summary>Makes the index anew from the files.</summary>
    /// <returns>How many runs and how many points it holds.</returns>
    /// <exception cref="IOException">A studio that runs keeps the index, or the folder cannot be written.</exception>
    public (int Runs, long Points) Reindex()
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"doctor: there is no folder {folder}. Pass the one that holds the runs with --folder.");
        }

        using (var mine = new IndexLock(Path.Combine(folder, RunIndex.LockName)))
        {
            if (!mine.TryTake())
            {
                throw new IOException($"doctor: a studio that runs keeps the index of {folder}. Stop it first; it makes a damaged index anew by itself.");
            }

            IndexDatabase.Delete(Path.Combine(folder, RunIndex.FileName));
        }

        using var index = new RunIndex(folder, Console.Error.WriteLine, TimeProvider.System);
        index.Look();
        while (index.FollowAll(TimeSpan.FromSeconds(1)))
        {
        }

        return index.Read(session => ((int)(long)session.Scalar("SELECT count(*) FROM runs")!, session.Scalar("SELECT sum(points) FROM series") as long? ?? 0));
    }

    static IEnumerable<Finding> Files(RunRecord run)
    {
        // What another tool logged has neither a host nor sources, and misses none.
        _ = (run.File, run.Config, File.Exists(run.Files.HostPath) ? run.Host : null, File.Exists(run.Files.CodePath) ? run.Code : null, run.Data, run.Artifacts.Count());
        foreach (ChainLink link in run.Chain)
        {
            if (!link.IsSound())
            {
                yield return new Finding(run.Files.ChainPath, $"the link of step {link.Step.ToString(CultureInfo.InvariantCulture)} does not say what its hash says. Somebody changed it; the run is no proof any more.");
            }
        }

        foreach (string fault in run.Faults)
        {
            yield return new Finding(run.Folder, fault);
        }
    }

    static IEnumerable<Finding> Events(RunRecord run)
    {
        foreach (string path in EventFolder.FoldersBelow(run.Files.EventsPath).SelectMany(EventFolder.Files))
        {
            using var reader = new EventFileReader(path);
            while (reader.ReadNext())
            {
            }

            if (reader.IsTorn && run.State != RunState.Running)
            {
                yield return new Finding(path, string.Create(CultureInfo.InvariantCulture, $"ends at byte {reader.Position} of {new FileInfo(path).Length}: what follows is no whole record. Everything before it is used; nothing need be done."));
            }

            if (reader.Unreadable > 0)
            {
                yield return new Finding(path, string.Create(CultureInfo.InvariantCulture, $"{reader.Unreadable} records are whole and say nothing that is known. They are passed over."));
            }
        }
    }

    // The bytes themselves are checked once for all runs; here only whether they are there.
    IEnumerable<Finding> Contents(RunRecord run, Dictionary<string, bool> known)
    {
        IEnumerable<(string What, string Sha256)> named = run.Artifacts.Select(artifact => ($"artifact {artifact.Name}", artifact.Sha256)).Concat(File.Exists(run.Files.CodePath) ? run.Code.Files.Select(file => ($"source {file.Path}", file.Sha256)) : []);
        foreach ((string what, string sha256) in named)
        {
            if (!known.TryGetValue(sha256, out bool isThere))
            {
                known[sha256] = isThere = ArtifactStore.IsHash(sha256) && _store.Contains(sha256);
            }

            if (!isThere)
            {
                yield return new Finding(run.Folder, $"{what}: the store has no content {sha256}. Bring it back from a copy of the lab.");
            }
        }
    }

    IEnumerable<Finding> Index()
    {
        string path = Path.Combine(folder, RunIndex.FileName);
        if (!File.Exists(path))
        {
            yield break;
        }

        string? fault = null;
        try
        {
            using var session = new SqlSession(path, SqliteOpenMode.ReadOnly);
            fault = session.Scalar("PRAGMA integrity_check(1)") as string is "ok" ? null : "is damaged";
        }
        catch (SqliteException e)
        {
            fault = $"cannot be read: {e.Message}";
        }

        if (fault is not null)
        {
            yield return new Finding(path, $"{fault}. Nothing is lost: ashlar doctor --reindex");
        }
    }
}
