using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>Elements of bfloat16 to float32 lanes and back: the upper half of the lane; the lanes hold exactly representable values.</summary>
static unsafe class BFloat16Lanes
{
    /// <summary>One element.</summary>
    public static float ToSingle(ushort bits) => HalfBits.ToSingle(DType.BFloat16, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load4(byte* source) => (ShortLanes.Load4(source) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load8(byte* source) => (ShortLanes.Load8(source) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store4(Vector128<float> lanes, byte* destination) => ShortLanes.Store4(lanes.AsInt32() >>> 16, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store8(Vector256<float> lanes, byte* destination) => ShortLanes.Store8(lanes.AsInt32() >>> 16, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load16(byte* source) => Vector512.Create(Load8(source), Load8(source + 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store16(Vector512<float> lanes, byte* destination)
    {
        Store8(lanes.GetLower(), destination);
        Store8(lanes.GetUpper(), destination + 16);
    }
}

/// <summary>To the nearest bfloat16, ties to even; a carry out of the fraction moves the exponent on, up to ∞. A NaN becomes the one NaN.</summary>
readonly struct RoundToBFloat16Lanes : IUnaryLanes<float, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(Vector128<float> a)
    {
        Vector128<int> bits = a.AsInt32();
        Vector128<int> number = (bits + Vector128.Create(0x7FFF) + ((bits >>> 16) & Vector128.Create(1))) & Vector128.Create(~0xFFFF);
        return Vector128.ConditionalSelect(Vector128.Equals(a, a).AsInt32(), number, Vector128.Create(0x7FC00000)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> a)
    {
        Vector256<int> bits = a.AsInt32();
        Vector256<int> number = (bits + Vector256.Create(0x7FFF) + ((bits >>> 16) & Vector256.Create(1))) & Vector256.Create(~0xFFFF);
        return Vector256.ConditionalSelect(Vector256.Equals(a, a).AsInt32(), number, Vector256.Create(0x7FC00000)).AsSingle();
    }
}

/// <summary>float64 to float32, rounded to odd: toward zero, and where that is not exact with the last bit set (Boldo and Melquiond 2008, "Emulation of FMA and correctly rounded sums").</summary>
readonly struct RoundToOddLanes : INarrowLanes<double, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(Vector256<double> a)
    {
        Vector128<float> nearest = NarrowLanes.ToSingle(a);
        Vector256<double> back = WidenLanes.ToDouble(nearest);
        Vector128<int> beyond = NarrowLanes.ToInt32(Vector256.GreaterThan(Vector256.Abs(back), Vector256.Abs(a)).AsInt64());
        Vector128<int> isExact = NarrowLanes.ToInt32(Vector256.Equals(back, a).AsInt64());
        return ((nearest.AsInt32() + beyond) | Vector128.AndNot(Vector128.Create(1), isExact)).AsSingle();
    }
}
