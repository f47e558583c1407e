using System.Numerics;
using Ashlar.Ir;

namespace Ashlar.Reference;

/// <summary>The meaning of every reduction, element by element: slow, obvious, the oracle of all other executors.</summary>
/// <remarks>Order of additions: 32 lanes, lane = i mod 32; each lane in order inside a block of 4,096 elements, from the identity; lanes folded 16-8-4-2-1;
/// block results folded by neighbours until one is left, an odd last one carried up unchanged.</remarks>
public static class ReductionLaw
{
    const int LaneCount = 32;
    const int BlockLength = 4096;

    /// <param name="values">[n] elements by logical index; n ≥ 0.</param>
    /// <param name="kind">How two elements combine.</param>
    public static T Reduce<T>(ReadOnlySpan<T> values, ReduceKind kind)
        where T : unmanaged, INumber<T>
    {
        var partials = new List<T>();
        for (int start = 0; start < values.Length; start += BlockLength)
        {
            partials.Add(ReduceBlock(values.Slice(start, Math.Min(BlockLength, values.Length - start)), kind));
        }

        while (partials.Count > 1)
        {
            var next = new List<T>();
            for (int j = 0; j < partials.Count; j += 2)
            {
                next.Add(j + 1 < partials.Count ? Combine(partials[j], partials[j + 1], kind) : partials[j]);
            }

            partials = next;
        }

        return partials.Count == 0 ? Identity<T>(kind) : partials[0];
    }

    /// <summary>Index of the largest element; equal ones (and -0 with +0) take the lowest index, the first NaN wins over all.</summary>
    /// <param name="values">[n]; n ≥ 1.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    public static long ArgMax<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T> => ArgBest(values, (a, b) => a > b);

    /// <summary>Index of the smallest element; equal ones (and -0 with +0) take the lowest index, the first NaN wins over all.</summary>
    /// <param name="values">[n]; n ≥ 1.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    public static long ArgMin<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T> => ArgBest(values, (a, b) => a < b);

    /// <summary>The result of a reduction over no elements.</summary>
    /// <param name="kind">How two elements would combine.</param>
    public static T Identity<T>(ReduceKind kind)
        where T : unmanaged, INumber<T> => kind switch
        {
            ReduceKind.Sum => T.Zero,
            ReduceKind.Prod => T.One,
            ReduceKind.Max => T.CreateSaturating(double.NegativeInfinity),
            _ => T.CreateSaturating(double.PositiveInfinity),
        };

    static T ReduceBlock<T>(ReadOnlySpan<T> block, ReduceKind kind)
        where T : unmanaged, INumber<T>
    {
        var lanes = new T[LaneCount];
        Array.Fill(lanes, Identity<T>(kind));
        for (int i = 0; i < block.Length; i++)
        {
            lanes[i % LaneCount] = Combine(lanes[i % LaneCount], block[i], kind);
        }

        for (int width = LaneCount / 2; width >= 1; width /= 2)
        {
            for (int j = 0; j < width; j++)
            {
                lanes[j] = Combine(lanes[j], lanes[j + width], kind);
            }
        }

        return lanes[0];
    }

    static T Combine<T>(T a, T b, ReduceKind kind)
        where T : unmanaged, INumber<T> => kind switch
        {
            ReduceKind.Sum => a + b,
            ReduceKind.Prod => a * b,
            ReduceKind.Max => T.Max(a, b),
            _ => T.Min(a, b),
        };

    static long ArgBest<T>(ReadOnlySpan<T> values, Func<T, T, bool> beats)
        where T : unmanaged, INumber<T>
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("ArgMax, ArgMin: there are no elements. Reduce over an axis whose extent is at least 1.", nameof(values));
        }

        int best = 0;
        for (int i = 1; i < values.Length && !T.IsNaN(values[best]); i++)
        {
            if (T.IsNaN(values[i]) || beats(values[i], values[best]))
            {
                best = i;
            }
        }

        return best;
    }
}
