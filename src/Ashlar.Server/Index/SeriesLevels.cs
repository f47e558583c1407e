namespace Ashlar.Server.Index;

/// <summary>How the points of a series are thinned so that no extreme is lost.</summary>
/// <remarks>
/// Level 0 holds every point in the order in which they were logged. Each full group of <see cref="Group"/> points of a level gives two points,
/// its least and its greatest in their order, to the level above. What a level holds follows from the number of points alone, so nothing
/// about levels is stored, and a level is whole with the few points below it that have no full group yet.
/// </remarks>
static class SeriesLevels
{
    /// <summary>Points of a level that become two of the next.</summary>
    public const int Group = 64;

    /// <summary>No series has so many points that a higher level would hold any.</summary>
    public const int Highest = 12;

    /// <summary>How many points a level holds.</summary>
    public static long Count(long points, int level)
    {
        for (; level > 0; level--)
        {
            points = points / Group * 2;
        }

        return points;
    }

    /// <summary>The least and the greatest of a full group, in their order. What is not a number counts only where nothing else is there.</summary>
    public static (Point First, Point Second) Extremes(ReadOnlySpan<Point> group)
    {
        int least = -1, greatest = -1;
        for (int i = 0; i < group.Length; i++)
        {
            double value = group[i].Value;
            if (double.IsNaN(value))
            {
                continue;
            }

            // The first of equal minima and the last of equal maxima: a constant group keeps its ends.
            least = least < 0 || value < group[least].Value ? i : least;
            greatest = greatest < 0 || value >= group[greatest].Value ? i : greatest;
        }

        return least < 0 ? (group[0], group[^1])
            : least <= greatest ? (group[least], group[greatest])
            : (group[greatest], group[least]);
    }
}
