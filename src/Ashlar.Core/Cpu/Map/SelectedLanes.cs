using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Map;

/// <summary>a &lt; b ? a : b, so b where one is NaN: what clamps are written as, and one instruction where the machine's own minimum is just that.</summary>
readonly struct LesserLanes : IBinaryLanes<float>, IBinaryLanes<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(Vector128<float> a, Vector128<float> b) => Sse.IsSupported ? Sse.Min(a, b) : Vector128.ConditionalSelect(Vector128.LessThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> a, Vector256<float> b) => Avx.IsSupported ? Avx.Min(a, b) : Vector256.ConditionalSelect(Vector256.LessThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Apply(Vector128<double> a, Vector128<double> b) => Sse2.IsSupported ? Sse2.Min(a, b) : Vector128.ConditionalSelect(Vector128.LessThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Apply(Vector256<double> a, Vector256<double> b) => Avx.IsSupported ? Avx.Min(a, b) : Vector256.ConditionalSelect(Vector256.LessThan(a, b), a, b);

    /// <summary>The operation on lanes of float32.</summary>
    public static LaneOperation OfSingle() => new BinaryLaneOperation<float, LesserLanes>(
        Sse.IsSupported ? Sse.Min : Apply, Avx.IsSupported ? Avx.Min : Apply, Avx512F.IsSupported ? Avx512F.Min : null);

    /// <summary>The operation on lanes of float64.</summary>
    public static LaneOperation OfDouble() => new BinaryLaneOperation<double, LesserLanes>(
        Sse2.IsSupported ? Sse2.Min : Apply, Avx.IsSupported ? Avx.Min : Apply, Avx512F.IsSupported ? Avx512F.Min : null);
}

/// <summary>a &gt; b ? a : b, so b where one is NaN.</summary>
readonly struct GreaterLanes : IBinaryLanes<float>, IBinaryLanes<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(Vector128<float> a, Vector128<float> b) => Sse.IsSupported ? Sse.Max(a, b) : Vector128.ConditionalSelect(Vector128.LessThan(b, a), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> a, Vector256<float> b) => Avx.IsSupported ? Avx.Max(a, b) : Vector256.ConditionalSelect(Vector256.LessThan(b, a), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Apply(Vector128<double> a, Vector128<double> b) => Sse2.IsSupported ? Sse2.Max(a, b) : Vector128.ConditionalSelect(Vector128.LessThan(b, a), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Apply(Vector256<double> a, Vector256<double> b) => Avx.IsSupported ? Avx.Max(a, b) : Vector256.ConditionalSelect(Vector256.LessThan(b, a), a, b);

    /// <summary>The operation on lanes of float32.</summary>
    public static LaneOperation OfSingle() => new BinaryLaneOperation<float, GreaterLanes>(
        Sse.IsSupported ? Sse.Max : Apply, Avx.IsSupported ? Avx.Max : Apply, Avx512F.IsSupported ? Avx512F.Max : null);

    /// <summary>The operation on lanes of float64.</summary>
    public static LaneOperation OfDouble() => new BinaryLaneOperation<double, GreaterLanes>(
        Sse2.IsSupported ? Sse2.Max : Apply, Avx.IsSupported ? Avx.Max : Apply, Avx512F.IsSupported ? Avx512F.Max : null);
}
