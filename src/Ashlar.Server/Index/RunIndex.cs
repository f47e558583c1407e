using System.Globalization;
using Ashlar.Lab.Queries;
using SortKey = Ashlar.Lab.Queries.SortKey;

namespace Ashlar.Server.Index;

/// <summary>All runs of a folder, kept in <c>index.db</c> as their files change.</summary>
sealed partial class RunIndex : IDisposable
{
    /// <summary>The index in a lab's folder.</summary>
    public const string FileName = "index.db";

    /// <summary>Held by the process that keeps it.</summary>
    public const string LockName = FileName + ".lock";

    // A question that comes right after a look at the files is answered without another.
    static readonly TimeSpan FreshFor = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan PatienceAtFirst = TimeSpan.FromSeconds(2);

    readonly IndexDatabase _database;
    readonly IndexLock _lock;
    readonly Lock _looking = new();
    readonly Action<string> _log;
    readonly TimeProvider _clock;
    readonly string? _temporary;
    long _looked = long.MinValue;

    /// <param name="folder">See <see cref="RunFolders"/>.</param>
    /// <param name="log">Takes a line for what is wrong.</param>
    /// <param name="clock">Tells how old the last look is.</param>
    /// <exception cref="IOException">The index can be kept nowhere.</exception>
    public RunIndex(string folder, Action<string> log, TimeProvider clock)
    {
        (_log, _clock) = (log, clock);
        Folders = new RunFolders(folder);
        (string path, _temporary) = PlaceOfIndex(folder, Folders.IsLab);
        _lock = new IndexLock(path + ".lock");
        _database = new IndexDatabase(path, _lock.TryTake());
        _follower = new EventFollower(_database);
    }

    public RunFolders Folders { get; }

    /// <summary>Whether this process keeps the index; else another does.</summary>
    public bool IsWriter => _database.IsWriter;

    /// <summary>Told what happened to which run.</summary>
    public event Action<RunChange>? Changed;

    /// <summary>A page of runs.</summary>
    public (List<RunRow> Runs, int Total) Find(Filter filter, IReadOnlyList<SortKey> sort, int limit, int offset)
    {
        Refresh();
        return Read(session =>
        {
            (List<long> page, int total) = new RunTable(session).Find(filter, sort, limit, offset);
            return (page.ConvertAll(number => RunRow.Find(session, number)!), total);
        });
    }

    /// <summary>The run of an id, or null.</summary>
    public RunRow? Find(string id)
    {
        RunRow? run = Read(session => RunRow.Find(session, id));
        if (run is null)
        {
            Refresh();
            run = Read(session => RunRow.Find(session, id));
        }

        return run;
    }

    /// <summary>Reads from the index. The session must not leave the function.</summary>
    public T Read<T>(Func<SqlSession, T> read)
    {
        try
        {
            return _database.Read(read);
        }
        catch (Exception e) when (IndexDatabase.IsDamage(e) && IsWriter)
        {
            Rebuild(e.Message);
            return _database.Read(read);
        }
    }

    /// <summary>Looks at the files unless that was done a moment ago.</summary>
    public void Refresh()
    {
        // Who comes while another looks is answered with what is there; at the beginning after a moment's patience.
        bool isFirst = _looked == long.MinValue;
        if ((isFirst || _clock.GetElapsedTime(_looked) > FreshFor) && _looking.TryEnter(isFirst ? PatienceAtFirst : TimeSpan.Zero))
        {
            try
            {
                if (!isFirst || _looked == long.MinValue)
                {
                    Look();
                }
            }
            finally
            {
                _looking.Exit();
            }
        }
    }

    /// <summary>Throws the index away and reads all files again.</summary>
    /// <param name="why">For the log.</param>
    public void Rebuild(string why)
    {
        lock (_looking)
        {
            _log($"the index is made anew: {why}");
            _database.Replace();
            _seen.Clear();
            Look();
        }
    }

    public void Dispose()
    {
        _database.Dispose();
        _lock.Dispose();
        if (_temporary is not null)
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }

    // Folders of other tools, and those that cannot be written, are left as they are: their index lives as long as the process.
    static (string Path, string? Temporary) PlaceOfIndex(string folder, bool isLab)
    {
        if (isLab)
        {
            try
            {
                Directory.CreateDirectory(folder);
                string probe = Path.Combine(folder, $".index-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");
                File.WriteAllBytes(probe, []);
                File.Delete(probe);
                return (Path.Combine(folder, FileName), null);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Only reading is possible; the index goes where it can.
            }
        }

        string temporary = Directory.CreateTempSubdirectory("ashlar-index-").FullName;
        return (Path.Combine(temporary, FileName), temporary);
    }
}
