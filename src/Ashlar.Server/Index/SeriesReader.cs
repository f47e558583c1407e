using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Index;

/// <summary>Reads the points of a series: all of a range, or so many that a picture of some width shows every extreme.</summary>
/// <param name="session">Reads.</param>
sealed class SeriesReader(SqlSession session)
{
    // A level is fine enough when a column of pixels has some four groups of it; each level has a 32nd of the points of the one below.
    const int PointsPerPixel = 256;
    const int Thinning = SeriesLevels.Group / 2;

    /// <summary>The points of a level in their order, chunk by chunk.</summary>
    public IEnumerable<List<Point>> Chunks(long series, int level)
    {
        using SqliteDataReader rows = session.Read("SELECT data FROM chunks WHERE place >= $1 AND place < $2 ORDER BY place", ChunkPlace.Of(series, level, 0), ChunkPlace.Of(series, level + 1, 0));
        while (rows.Read())
        {
            var points = new List<Point>(PointChunk.Capacity);
            PointChunk.Decode(rows.GetFieldValue<byte[]>(0), points);
            yield return points;
        }
    }

    /// <summary>What a chart of a range needs, by rising step or time.</summary>
    /// <param name="series">Number in the index.</param>
    /// <param name="points">How many points it has in all.</param>
    /// <param name="range">Which part.</param>
    /// <param name="pixels">Width of the chart.</param>
    /// <returns>At most two points a pixel, and whether they are all points of the range.</returns>
    public (List<Point> Points, bool IsExact) Read(long series, long points, SeriesRange range, int pixels)
    {
        int level = 0;
        while (level < SeriesLevels.Highest && SeriesLevels.Count(points, level) > (long)PointsPerPixel * pixels)
        {
            level++;
        }

        // The range may hold a small part of the points: then a finer level shows more, and in the end all of them.
        List<Point> found = Level(series, points, level, range);
        while (level > 0 && (long)found.Count * Thinning <= (long)PointsPerPixel * pixels)
        {
            found = Level(series, points, --level, range);
        }

        range.Sort(found);
        bool fits = found.Count <= 2L * pixels;
        return (fits ? found : range.Extremes(found, pixels), fits && level == 0);
    }

    /// <summary>Points in the order in which they were logged.</summary>
    /// <param name="series">Number in the index.</param>
    /// <param name="offset">How many are passed over.</param>
    /// <param name="limit">The most that come.</param>
    public List<Point> Page(long series, int offset, int limit)
    {
        using SqliteDataReader rows = session.Read("SELECT data FROM chunks WHERE place >= $1 AND place < $2 ORDER BY place", ChunkPlace.Of(series, 0, offset / PointChunk.Capacity), ChunkPlace.Of(series, 1, 0));
        var points = new List<Point>();
        int begin = offset % PointChunk.Capacity;
        while (points.Count - begin < limit && rows.Read())
        {
            PointChunk.Decode(rows.GetFieldValue<byte[]>(0), points);
        }

        return points.GetRange(Math.Min(begin, points.Count), Math.Clamp(points.Count - begin, 0, limit));
    }

    // A level and the points of those below that it does not cover yet.
    List<Point> Level(long series, long points, int level, SeriesRange range)
    {
        var found = new List<Point>();
        for (int part = level; part >= 0; part--)
        {
            long count = SeriesLevels.Count(points, part);
            long begin = part == level ? 0 : count / SeriesLevels.Group * SeriesLevels.Group;
            if (begin < count)
            {
                Collect(series, part, begin, count, range, found);
            }
        }

        return found;
    }

    void Collect(long series, int level, long begin, long end, SeriesRange range, List<Point> found)
    {
        // The bounds of ten thousand chunks stand close together in an index; their points do not.
        string bounds = range.IsByTime ? "late >= $3 AND early <= $4" : "high >= $3 AND low <= $4";
        using SqliteDataReader rows = session.Read(
            $"SELECT place, data FROM chunks WHERE place IN (SELECT place FROM chunks INDEXED BY chunks_by_range WHERE place >= $1 AND place < $2 AND {bounds}) ORDER BY place",
            ChunkPlace.Of(series, level, begin / PointChunk.Capacity), ChunkPlace.Of(series, level + 1, 0), range.From, range.To);
        var chunk = new List<Point>(PointChunk.Capacity);
        while (rows.Read())
        {
            chunk.Clear();
            PointChunk.Decode(rows.GetFieldValue<byte[]>(1), chunk);
            long first = ChunkPlace.Ordinal(rows.GetInt64(0)) * PointChunk.Capacity;
            for (int i = (int)Math.Max(0, begin - first); i < chunk.Count && first + i < end; i++)
            {
                if (range.Holds(chunk[i]))
                {
                    found.Add(chunk[i]);
                }
            }
        }
    }
}
