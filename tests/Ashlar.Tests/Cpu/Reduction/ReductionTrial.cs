using System.Numerics;
using System.Runtime.InteropServices;
using Ashlar.Ir;
using Ashlar.Tests.Cpu.Map;

namespace Ashlar.Tests.Cpu.Reduction;

/// <summary>Data and comparisons for reductions.</summary>
static class ReductionTrial
{
    public static readonly int[] Lengths = [0, 1, 2, 31, 32, 33, 63, 64, 65, 4095, 4096, 4097, 8192, 12289, 100000];

    public static readonly ReduceKind[] Kinds = [ReduceKind.Sum, ReduceKind.Prod, ReduceKind.Max, ReduceKind.Min];

    /// <summary>Finite values whose sums and products depend on the order.</summary>
    public static T[] Values<T>(int n, ulong seed)
        where T : unmanaged, INumber<T>
    {
        var values = new T[n];
        ulong state = seed;
        for (int i = 0; i < n; i++)
        {
            double unit = (MapTrial.Next(ref state) >> 11) * (1.0 / (1UL << 53));
            bool floating = typeof(T) == typeof(float) || typeof(T) == typeof(double);
            values[i] = floating ? T.CreateChecked(((i & 1) == 0 ? 1 : -1) * (0.5 + unit)) : T.CreateTruncating(MapTrial.Next(ref state));
        }

        return values;
    }

    /// <summary>Values full of ties, zeros of both signs and infinities, with a NaN only if asked.</summary>
    public static T[] Ties<T>(int n, ulong seed, bool nan)
        where T : unmanaged, INumber<T>
    {
        bool floating = typeof(T) == typeof(float) || typeof(T) == typeof(double);
        double[] choices = floating ? [0.0, -0.0, 1, -1, double.NegativeInfinity, 3, double.PositiveInfinity] : [0, 1, 2, 3];
        ulong state = seed;
        int kinds = 2 + (int)(seed % (ulong)(choices.Length - 1));
        var values = new T[n];
        for (int i = 0; i < n; i++)
        {
            values[i] = T.CreateChecked(choices[MapTrial.Next(ref state) % (ulong)kinds]);
        }

        if (nan && floating && n > 0)
        {
            values[MapTrial.Next(ref state) % (ulong)n] = T.CreateChecked(double.NaN);
            values[n - 1] = T.CreateChecked(double.NaN);
        }

        return values;
    }

    public static bool SameBits<T>(T a, T b)
        where T : unmanaged, INumber<T> =>
        (T.IsNaN(a) && T.IsNaN(b)) || MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in a)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in b)));
}
