using System.Runtime.InteropServices;

namespace Ashlar.Server.Index;

/// <summary>A series that is being written: its figures and, for each level, the chunk that is not full yet.</summary>
/// <param name="number">Of the series in the index.</param>
/// <param name="store">Writes a chunk: level, ordinal, points.</param>
sealed class SeriesState(long number, Action<long, int, long, List<Point>> store)
{
    readonly List<Tail> _tails = [];

    public long Number => number;

    /// <summary>Points at level 0.</summary>
    public long Points { get; private set; }

    public double Last { get; private set; } = double.NaN;

    public double Min { get; private set; } = double.NaN;

    public double Max { get; private set; } = double.NaN;

    public long Step { get; private set; }

    public double Time { get; private set; }

    /// <summary>Goes on where an earlier writer stopped.</summary>
    public void Continue(long points, double last, double min, double max, long step, double time, Func<int, long, List<Point>> load)
    {
        (Points, Last, Min, Max, Step, Time) = (points, last, min, max, step, time);
        for (int level = 0; SeriesLevels.Count(points, level) is > 0 and long count; level++)
        {
            long ordinal = count / PointChunk.Capacity;
            int begun = (int)(count % PointChunk.Capacity);
            List<Point> buffer = begun == 0 ? [] : load(level, ordinal);
            if (buffer.Count < begun)
            {
                throw new InvalidDataException($"index.db: series {number} has {buffer.Count} points where {begun} are counted.");
            }

            CollectionsMarshal.SetCount(buffer, begun);
            _tails.Add(new Tail { Ordinal = ordinal, Buffer = buffer });
        }
    }

    public void Add(in Point point)
    {
        Points++;
        (Last, Step, Time) = (point.Value, point.Step, point.Time);
        Min = point.Value < Min || double.IsNaN(Min) ? point.Value : Min;
        Max = point.Value > Max || double.IsNaN(Max) ? point.Value : Max;
        Add(0, point);
    }

    /// <summary>Writes what is not full.</summary>
    public void Flush()
    {
        for (int level = 0; level < _tails.Count; level++)
        {
            Tail tail = _tails[level];
            if (tail.IsChanged && tail.Buffer.Count > 0)
            {
                store(number, level, tail.Ordinal, tail.Buffer);
                tail.IsChanged = false;
            }
        }
    }

    void Add(int level, in Point point)
    {
        if (level == _tails.Count)
        {
            _tails.Add(new Tail { Buffer = [] });
        }

        Tail tail = _tails[level];
        tail.Buffer.Add(point);
        tail.IsChanged = true;
        if (tail.Buffer.Count % SeriesLevels.Group == 0)
        {
            (Point first, Point second) = SeriesLevels.Extremes(CollectionsMarshal.AsSpan(tail.Buffer)[^SeriesLevels.Group..]);
            Add(level + 1, first);
            Add(level + 1, second);
        }

        if (tail.Buffer.Count == PointChunk.Capacity)
        {
            store(number, level, tail.Ordinal++, tail.Buffer);
            tail.Buffer.Clear();
            tail.IsChanged = false;
        }
    }

    sealed class Tail
    {
        public long Ordinal { get; set; }

        public required List<Point> Buffer { get; init; }

        public bool IsChanged { get; set; }
    }
}
