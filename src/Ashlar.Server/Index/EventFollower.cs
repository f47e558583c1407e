using System.Collections.Concurrent;
using Ashlar.Lab.Events;

namespace Ashlar.Server.Index;

/// <summary>Takes the events of a run over into the index, from where it stopped to the end of what is whole.</summary>
/// <param name="database">Takes them.</param>
sealed class EventFollower(IndexDatabase database)
{
    // So many that a transaction is worth its cost, so few that others who write wait a fraction of a second.
    const int EventsAtOnce = 200_000;

    // Where whole records end in files that go on with something else, and their sizes: until one changes there is nothing to read.
    readonly ConcurrentDictionary<string, (long Position, long Size)> _torn = [];

    /// <summary>Reads on.</summary>
    /// <param name="run">Number of the run.</param>
    /// <param name="place">Where it is.</param>
    /// <returns>Whether anything was new.</returns>
    public bool Follow(long run, RunPlace place)
    {
        bool any = false;
        foreach (string folder in RunFolders.EventFolders(place))
        {
            foreach (string path in EventFolder.Files(folder))
            {
                // Names in the index begin at the run's folder, so that a lab may be moved.
                string name = Path.GetRelativePath(place.Folder, path);
                long size = new FileInfo(path).Length;
                long position = database.Read(session => session.Scalar("SELECT position FROM files WHERE run = $1 AND path = $2", run, name) as long? ?? 0);
                if (size < position)
                {
                    // The file was cut or replaced: what the index has of it is no longer true.
                    database.Write(session =>
                    {
                        new RunRows(session).RemovePoints(run);
                        return 0;
                    });
                    return Follow(run, place);
                }

                any |= size > position && _torn.GetValueOrDefault(path) != (position, size) && Read(run, place, name, position, size);
            }
        }

        return any;
    }

    bool Read(long run, RunPlace place, string name, long position, long size)
    {
        string path = Path.Combine(place.Folder, name);
        bool any = false, more = true;
        try
        {
            using var reader = new EventFileReader(path, position);
            while (more)
            {
                more = database.Write(session => Part(session, run, place, name, reader));
                any |= reader.Position > position;
            }

            if (reader.IsTorn)
            {
                _torn[path] = (reader.Position, size);
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            // It went away between the look and the reading, or is not ours to read.
            _torn[path] = (position, size);
        }

        return any;
    }

    static bool Part(SqlSession session, long run, RunPlace place, string name, EventFileReader reader)
    {
        string folder = Path.GetDirectoryName(name)!;
        var series = new SeriesWriter(session, run, folder);
        bool more = true;
        long start = -1;

        // A part ends where a record does, for a position cannot say which of a record's values were taken.
        for (int count = 0; count < EventsAtOnce || reader.Position == start; count++)
        {
            start = reader.Position;
            more = reader.ReadNext();
            if (!more)
            {
                break;
            }

            switch (reader.Current)
            {
                case ScalarEvent scalar:
                    series.Add(scalar.Tag, new Point(scalar.Step, scalar.WallTime, scalar.Value));
                    break;
                case SessionStartEvent begin:
                    series.HideFrom(begin.Step);
                    session.Run("DELETE FROM items WHERE run = $1 AND step >= $2 AND path >= $3 AND path < $4", run, begin.Step, Inside(folder, Path.DirectorySeparatorChar), Inside(folder, (char)(Path.DirectorySeparatorChar + 1)));
                    break;
                case HyperparametersEvent settings when place.IsForeign:
                    new RunRows(session).Put(place, RunFactsReader.Read(place) with { Params = RunFactsReader.Params(settings) }, "");
                    break;
                default:
                    Keep(session, run, name, reader, start);
                    break;
            }
        }

        series.Flush();
        session.Run("INSERT OR REPLACE INTO files(run, path, position) VALUES ($1, $2, $3)", run, name, reader.Position);
        new RunRows(session).PutMetrics(run);
        return more;
    }

    // The bounds of the names inside a folder; the run's own folder has the empty name.
    static string Inside(string folder, char end) => folder.Length == 0 ? (end == Path.DirectorySeparatorChar ? "" : "\uFFFF") : folder + end;

    static void Keep(SqlSession session, long run, string name, EventFileReader reader, long start)
    {
        ItemKind? kind = reader.Current switch
        {
            ImageEvent => ItemKind.Image,
            HistogramEvent => ItemKind.Histogram,
            TextEvent => ItemKind.Text,
            GraphEvent => ItemKind.Graph,
            _ => null,
        };
        if (kind is { } known)
        {
            LoggedEvent e = reader.Current;
            session.Run("INSERT INTO items(run, kind, tag, step, time, path, position) VALUES ($1, $2, $3, $4, $5, $6, $7)", run, (int)known, e.Tag, e.Step, e.WallTime, name, start);
        }
    }
}
