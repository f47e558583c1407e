using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Index;

/// <summary>Adds points to the series of one run, within one transaction.</summary>
/// <param name="session">Writes.</param>
/// <param name="run">Number of the run in the index.</param>
/// <param name="folder">Where the event files are that the points come from.</param>
sealed class SeriesWriter(SqlSession session, long run, string folder)
{
    const string Insert = "INSERT OR REPLACE INTO chunks(place, low, high, early, late, data) VALUES ($1, $2, $3, $4, $5, $6)";

    readonly Dictionary<string, SeriesState> _states = [];

    /// <summary>Points added since the beginning.</summary>
    public long Added { get; private set; }

    public void Add(string metric, in Point point)
    {
        if (!_states.TryGetValue(metric, out SeriesState? state))
        {
            state = Open(metric);
            _states.Add(metric, state);
        }

        state.Add(point);
        Added++;
    }

    /// <summary>Takes out the points of a step and later, of every metric that began in the folder: a resumed training writes them again.</summary>
    /// <param name="step">The first that goes.</param>
    public void HideFrom(long step)
    {
        Flush();
        _states.Clear();
        var reached = new List<(long Number, string Name)>();
        using (SqliteDataReader rows = session.Read("SELECT s.number, n.name FROM series s JOIN names n ON n.number = s.name WHERE s.run = $1 AND s.origin = $2 AND s.points > 0", run, folder))
        {
            while (rows.Read())
            {
                reached.Add((rows.GetInt64(0), rows.GetString(1)));
            }
        }

        foreach ((long number, string name) in reached)
        {
            object? highest = session.Scalar("SELECT max(high) FROM chunks WHERE place >= $1 AND place < $2", ChunkPlace.Of(number, 0, 0), ChunkPlace.Of(number, 1, 0));
            if (highest is long high && high >= step)
            {
                Rewrite(number, name, step);
            }
        }
    }

    /// <summary>Writes everything that is not yet written.</summary>
    public void Flush()
    {
        foreach (SeriesState state in _states.Values)
        {
            state.Flush();
            session.Run(
                "UPDATE series SET count = $2, last = $3, min = $4, max = $5, step = $6, points = $2, time = $7 WHERE number = $1",
                state.Number, state.Points, state.Last, state.Min, state.Max, state.Step, state.Time);
        }
    }

    // The points stay in their order; those before the first that goes keep their chunks' bytes, but levels above depend on all of them.
    void Rewrite(long number, string name, long step)
    {
        var kept = new List<Point>();
        var whole = new SeriesReader(session);
        foreach (List<Point> chunk in whole.Chunks(number, 0))
        {
            kept.AddRange(chunk.Where(point => point.Step < step));
        }

        session.Run("DELETE FROM chunks WHERE place >= $1 AND place < $2", ChunkPlace.Of(number, 0, 0), ChunkPlace.Behind(number));
        var state = new SeriesState(number, Store);
        foreach (Point point in kept)
        {
            state.Add(point);
        }

        _states.Add(name, state);
    }

    SeriesState Open(string metric)
    {
        long name = session.NumberOfName(metric);
        (long Number, long Points, double Last, double Min, double Max, long Step, double Time)? known = null;
        using (SqliteDataReader rows = session.Read("SELECT number, points, last, min, max, step, time FROM series WHERE run = $1 AND name = $2", run, name))
        {
            if (rows.Read())
            {
                known = (rows.GetInt64(0), rows.GetInt64(1), rows.Real(2), rows.Real(3), rows.Real(4), rows.GetInt64(5), rows.Real(6));
            }
        }

        long number = known?.Number
            ?? (long)session.Scalar("INSERT INTO series(name, run, count, last, min, max, step, points) VALUES ($1, $2, 0, 'nan', 'nan', 'nan', 0, 0) RETURNING number", name, run)!;
        if (known is not { Points: > 0 })
        {
            session.Run("UPDATE series SET origin = $2 WHERE number = $1", number, folder);
        }

        var state = new SeriesState(number, Store);

        // Figures without points come from run.json; the event files know better.
        if (known is { Points: > 0 } found)
        {
            state.Continue(found.Points, found.Last, found.Min, found.Max, found.Step, found.Time, (level, ordinal) =>
            {
                var points = new List<Point>(PointChunk.Capacity);
                if (session.Scalar("SELECT data FROM chunks WHERE place = $1", ChunkPlace.Of(number, level, ordinal)) is byte[] data)
                {
                    PointChunk.Decode(data, points);
                }

                return points;
            });
        }

        return state;
    }

    void Store(long series, int level, long ordinal, List<Point> points)
    {
        ReadOnlySpan<Point> span = CollectionsMarshal.AsSpan(points);
        (long low, long high, double early, double late) = (long.MaxValue, long.MinValue, double.PositiveInfinity, double.NegativeInfinity);
        foreach (ref readonly Point point in span)
        {
            low = Math.Min(low, point.Step);
            high = Math.Max(high, point.Step);
            early = point.Time < early ? point.Time : early;
            late = point.Time > late ? point.Time : late;
        }

        session.Run(Insert, ChunkPlace.Of(series, level, ordinal), low, high, early, late, PointChunk.Encode(span));
    }
}
