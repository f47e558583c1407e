using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Index;

/// <summary>The file <c>index.db</c>: one session writes, others read at the same time (write-ahead log). What is damaged is thrown away and made again.</summary>
sealed class IndexDatabase : IDisposable
{
    // SQLite's numbers for "the file is damaged" and "the file is no database".
    const int Corrupt = 11;
    const int NoDatabase = 26;

    // Up to this size the whole file is checked when it is opened (some 0.1 s); damage in a larger one is found where it is met.
    const long CheckedWhole = 64 << 20;

    readonly string _path;
    readonly Lock _writing = new();
    readonly ConcurrentBag<(SqlSession Session, int Life)> _idle = [];
    SqlSession? _writer;
    volatile int _life;

    /// <param name="path">Where the file is or shall be. Its folder must exist.</param>
    /// <param name="isWriter">Whether this process is the one that writes.</param>
    /// <exception cref="SqliteException">The file cannot be opened, for reasons other than damage.</exception>
    public IndexDatabase(string path, bool isWriter)
    {
        _path = path;
        if (isWriter)
        {
            _writer = OpenOrReplace();
        }
    }

    /// <summary>Whether this process writes.</summary>
    public bool IsWriter => _writer is not null;

    /// <summary>Rises each time the file is made anew.</summary>
    public int Life => _life;

    /// <summary>Begins to write, when the process that did is gone.</summary>
    public void BecomeWriter()
    {
        lock (_writing)
        {
            _writer ??= OpenOrReplace();
        }
    }

    /// <summary>Whether an exception says that the file is damaged.</summary>
    /// <remarks>A page of zeros gives rows with nothing in columns that are never empty, which the reader of rows refuses.</remarks>
    public static bool IsDamage(Exception e) => e is SqliteException { SqliteErrorCode: Corrupt or NoDatabase } or InvalidDataException or InvalidCastException || e is InvalidOperationException { Source: "Microsoft.Data.Sqlite" };

    /// <summary>Reads, all of it from one moment. The session must not leave the function.</summary>
    public T Read<T>(Func<SqlSession, T> read)
    {
        int life = _life;
        if (!_idle.TryTake(out (SqlSession Session, int Life) item) || item.Life != life)
        {
            item.Session?.Dispose();
            item = (new SqlSession(_path, SqliteOpenMode.ReadOnly), life);
        }

        try
        {
            item.Session.Run("BEGIN");
            T result = read(item.Session);
            item.Session.Run("COMMIT");
            _idle.Add(item);
            return result;
        }
        catch
        {
            item.Session.Dispose();
            throw;
        }
    }

    /// <summary>Writes in one transaction: all of it or nothing.</summary>
    /// <exception cref="InvalidOperationException">Another process writes.</exception>
    public T Write<T>(Func<SqlSession, T> write)
    {
        lock (_writing)
        {
            SqlSession session = _writer ?? throw new InvalidOperationException($"{_path}: another process writes the index.");
            session.Run("BEGIN IMMEDIATE");
            try
            {
                T result = write(session);
                session.Run("COMMIT");
                return result;
            }
            catch (Exception e)
            {
                Undo(session, e);
                throw;
            }
        }
    }

    /// <summary>Throws the file away and begins an empty one.</summary>
    public void Replace()
    {
        lock (_writing)
        {
            _writer?.Dispose();
            _writer = null;
            Delete(_path);
            _life++;
            _writer = OpenOrReplace();
        }
    }

    /// <summary>Deletes an index with what belongs to it.</summary>
    public static void Delete(string path)
    {
        foreach (string ending in (string[])["", "-wal", "-shm", "-journal"])
        {
            File.Delete(path + ending);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var item))
        {
            item.Session.Dispose();
        }

        lock (_writing)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }

    static void Undo(SqlSession session, Exception cause)
    {
        session.Forget();
        try
        {
            session.Run("ROLLBACK");
        }
        catch (SqliteException) when (cause is SqliteException)
        {
            // A full disk or a damaged file has ended the transaction already; the first exception says why.
        }
    }

    SqlSession OpenOrReplace()
    {
        try
        {
            return Open();
        }
        catch (Exception e) when (IsDamage(e))
        {
            Delete(_path);
            _life++;
            return Open();
        }
    }

    SqlSession Open()
    {
        var session = new SqlSession(_path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            session.Script("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;");
            long version = (long)session.Scalar("PRAGMA user_version")!;
            if (version != 0 && version != IndexSchema.Version)
            {
                throw new InvalidDataException($"{_path}: made by another version.");
            }

            if (version == 0)
            {
                if ((long)session.Scalar("SELECT count(*) FROM sqlite_master")! > 0)
                {
                    throw new InvalidDataException($"{_path}: not finished when it was made.");
                }

                session.Script($"BEGIN; {IndexSchema.Text} PRAGMA user_version = {IndexSchema.Version}; COMMIT;");
            }

            else if (new FileInfo(_path).Length <= CheckedWhole && session.Scalar("PRAGMA quick_check(1)") is not "ok")
            {
                throw new InvalidDataException($"{_path}: is damaged.");
            }

            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
