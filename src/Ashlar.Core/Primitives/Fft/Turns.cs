using System.Numerics;
using Ashlar.Functions;

namespace Ashlar.Primitives.Fft;

/// <summary>Cosines and sines of fractions of a full turn: the factors of a Fourier transform.</summary>
/// <remarks>Reduced to an eighth of a turn in whole numbers; the angle is carried in two doubles, so that each value is within 1 unit in the last place. Equal fractions have equal bits.</remarks>
static class Turns
{
    // π/4 in two parts.
    const double Eighth = 0.78539816339744830962;
    const double EighthRest = 3.0616169978683829e-17;

    /// <summary>cos and sin of 2π · index / count.</summary>
    /// <param name="index">≥ 0.</param>
    /// <param name="count">≥ 1, below 2⁵⁰.</param>
    public static (double Cos, double Sin) Of(long index, long count)
    {
        (long octant, long place) = Octant(index, count);
        return Rotate(octant, First(place, count));
    }

    /// <summary>cos and sin of 2π · i / count for every i below count.</summary>
    public static (double Cos, double Sin)[] Table(int count)
    {
        // Eight places share one angle of the first octant.
        var known = new Dictionary<long, (double, double)>();
        var table = new (double, double)[count];
        for (int i = 0; i < count; i++)
        {
            (long octant, long place) = Octant(i, count);
            if (!known.TryGetValue(place, out (double, double) first))
            {
                first = known[place] = First(place, count);
            }

            table[i] = Rotate(octant, first);
        }

        return table;
    }

    // The octant, and how far into it (backwards in odd ones) in parts of 1 / (8 count) of a turn.
    static (long Octant, long Place) Octant(long index, long count)
    {
        long parts = 8 * (index % count);
        long octant = parts / count;
        long rest = parts - (octant * count);
        return (octant, octant % 2 == 0 ? rest : count - rest);
    }

    // cos and sin of π/4 · place / count, place ≤ count.
    static (double Cos, double Sin) First(long place, long count)
    {
        if (place == count)
        {
            return (Math.Sqrt(0.5), Math.Sqrt(0.5));
        }

        long common = (long)BigInteger.GreatestCommonDivisor(place, count);
        double a = place / common;
        double b = count / common;
        double product = a * Eighth;
        double lost = Math.FusedMultiplyAdd(a, Eighth, -product);
        double angle = product / b;
        double low = (Math.FusedMultiplyAdd(-angle, b, product) + lost + (a * EighthRest)) / b;
        double cos = ElementaryFunctions.Cos(angle);
        double sin = ElementaryFunctions.Sin(angle);
        return (Math.FusedMultiplyAdd(-low, sin, cos), Math.FusedMultiplyAdd(low, cos, sin));
    }

    static (double Cos, double Sin) Rotate(long octant, (double Cos, double Sin) first)
    {
        (double c, double s) = first;
        return octant switch
        {
            0 => (c, s),
            1 => (s, c),
            2 => (-s, c),
            3 => (-c, s),
            4 => (-c, -s),
            5 => (-s, -c),
            6 => (s, -c),
            _ => (c, -s),
        };
    }
}
