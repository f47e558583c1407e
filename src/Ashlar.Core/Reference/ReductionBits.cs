using System.Runtime.InteropServices;
using Ashlar.Ir;

namespace Ashlar.Reference;

/// <summary>The reductions of <see cref="ReductionLaw"/> on elements given by their bits.</summary>
public static class ReductionBits
{
    /// <summary>Combines the elements; the result's bits, zero-extended.</summary>
    public static long Reduce(DType type, long[] bits, ReduceKind kind) => type switch
    {
        DType.Float32 => BitConverter.SingleToUInt32Bits(ReductionLaw.Reduce<float>(Singles(bits), kind)),
        DType.Float64 => BitConverter.DoubleToInt64Bits(ReductionLaw.Reduce<double>(MemoryMarshal.Cast<long, double>(bits), kind)),
        DType.Int64 => ReductionLaw.Reduce<long>(bits, kind),
        DType.Int32 => (uint)ReductionLaw.Reduce<int>(Ints(bits), kind),
        DType.UInt8 => bits.Length == 0 ? (kind == ReduceKind.Max ? 0 : 255) : ReductionLaw.Reduce<long>(bits, kind),
        _ => bits.Length == 0 ? (kind == ReduceKind.Max ? 0 : 1) : ReductionLaw.Reduce<long>(bits, kind),
    };

    /// <summary>The index of the largest element, or else of the smallest.</summary>
    public static long ArgReduce(DType type, long[] bits, ReduceKind kind) => type switch
    {
        DType.Float32 => ArgReduce<float>(Singles(bits), kind),
        DType.Float64 => ArgReduce<double>(MemoryMarshal.Cast<long, double>(bits), kind),
        DType.Int32 => ArgReduce<int>(Ints(bits), kind),
        _ => ArgReduce<long>(bits, kind),
    };

    static long ArgReduce<T>(ReadOnlySpan<T> values, ReduceKind kind)
        where T : unmanaged, System.Numerics.INumber<T> => kind == ReduceKind.Max ? ReductionLaw.ArgMax(values) : ReductionLaw.ArgMin(values);

    static float[] Singles(long[] bits) => Array.ConvertAll(bits, b => BitConverter.UInt32BitsToSingle((uint)b));

    static int[] Ints(long[] bits) => Array.ConvertAll(bits, b => (int)b);
}
