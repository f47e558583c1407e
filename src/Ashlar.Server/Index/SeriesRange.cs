using System.Runtime.InteropServices;

namespace Ashlar.Server.Index;

/// <summary>A part of the horizontal axis of a chart.</summary>
/// <param name="IsByTime">Whether the axis is the time, in seconds since 1970; else it is the step.</param>
/// <param name="From">Its beginning, included.</param>
/// <param name="To">Its end, included.</param>
readonly record struct SeriesRange(bool IsByTime, double From = double.NegativeInfinity, double To = double.PositiveInfinity)
{
    public bool Holds(in Point point) => At(point) is double place && place >= From && place <= To;

    /// <summary>Into the order of the axis; what is equal stays in the order of logging.</summary>
    public void Sort(List<Point> points)
    {
        double previous = double.NegativeInfinity;
        foreach (ref readonly Point point in CollectionsMarshal.AsSpan(points))
        {
            double place = At(point);
            if (!(place >= previous))
            {
                SeriesRange range = this;
                Point[] sorted = [.. points.OrderBy(item => range.At(item))];
                points.Clear();
                points.AddRange(sorted);
                return;
            }

            previous = place;
        }
    }

    /// <summary>The least and the greatest of each column of pixels, in their order.</summary>
    /// <param name="points">In the order of the axis, at least one.</param>
    /// <param name="pixels">Columns.</param>
    public List<Point> Extremes(List<Point> points, int pixels)
    {
        ReadOnlySpan<Point> all = CollectionsMarshal.AsSpan(points);
        double begin = At(all[0]), width = At(all[^1]) - begin;
        var kept = new List<Point>(2 * pixels);
        for (int i = 0; i < all.Length;)
        {
            int column = Column(At(all[i]), begin, width, pixels), end = i + 1;
            while (end < all.Length && Column(At(all[end]), begin, width, pixels) == column)
            {
                end++;
            }

            (Point first, Point second) = SeriesLevels.Extremes(all[i..end]);
            kept.Add(first);
            if (end - i > 1)
            {
                kept.Add(second);
            }

            i = end;
        }

        return kept;
    }

    double At(in Point point) => IsByTime ? point.Time : point.Step;

    static int Column(double place, double begin, double width, int pixels) => width > 0 ? Math.Min(pixels - 1, (int)((place - begin) / width * pixels)) : 0;
}
