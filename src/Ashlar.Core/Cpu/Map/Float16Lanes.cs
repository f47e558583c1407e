using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>Elements of float16 to float32 lanes and back; the lanes hold exactly representable values.</summary>
static unsafe class Float16Lanes
{
    /// <summary>One element.</summary>
    public static float ToSingle(ushort bits) => HalfBits.ToSingle(DType.Float16, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load4(byte* source) => UnpackFloat16Lanes.Apply(ShortLanes.Load4(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load8(byte* source) => UnpackFloat16Lanes.Apply(ShortLanes.Load8(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store4(Vector128<float> lanes, byte* destination) => ShortLanes.Store4(PackFloat16Lanes.Apply(lanes), destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store8(Vector256<float> lanes, byte* destination) => ShortLanes.Store8(PackFloat16Lanes.Apply(lanes), destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load16(byte* source) => Vector512.Create(Load8(source), Load8(source + 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store16(Vector512<float> lanes, byte* destination)
    {
        Store8(lanes.GetLower(), destination);
        Store8(lanes.GetUpper(), destination + 16);
    }
}

/// <summary>The lower 16 bits of an int32 as a float16: the fraction moves to its place, and a factor of 2¹¹² corrects the exponent, subnormals included, without rounding.</summary>
readonly struct UnpackFloat16Lanes : IUnaryLanes<int, float>
{
    const float Rebias = 5.192296858534828e33f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(Vector128<int> a)
    {
        Vector128<int> magnitude = a & Vector128.Create(0x7FFF);
        Vector128<int> placed = magnitude << 13;
        Vector128<int> finite = (placed.AsSingle() * Vector128.Create(Rebias)).AsInt32();
        Vector128<int> special = Vector128.GreaterThan(magnitude, Vector128.Create(0x7BFF));
        Vector128<int> sign = (a & Vector128.Create(0x8000)) << 16;
        return (Vector128.ConditionalSelect(special, placed | Vector128.Create(0x7F800000), finite) | sign).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<int> a)
    {
        Vector256<int> magnitude = a & Vector256.Create(0x7FFF);
        Vector256<int> placed = magnitude << 13;
        Vector256<int> finite = (placed.AsSingle() * Vector256.Create(Rebias)).AsInt32();
        Vector256<int> special = Vector256.GreaterThan(magnitude, Vector256.Create(0x7BFF));
        Vector256<int> sign = (a & Vector256.Create(0x8000)) << 16;
        return (Vector256.ConditionalSelect(special, placed | Vector256.Create(0x7F800000), finite) | sign).AsSingle();
    }
}

/// <summary>A float32 that is a float16 to its bits; the factor 2⁻¹¹² is exact because the fraction has room. A NaN becomes the one NaN.</summary>
readonly struct PackFloat16Lanes : IUnaryLanes<float, int>
{
    const float Rebias = 1.925929944387236e-34f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Apply(Vector128<float> a)
    {
        Vector128<int> magnitude = a.AsInt32() & Vector128.Create(0x7FFFFFFF);
        Vector128<int> finite = (magnitude.AsSingle() * Vector128.Create(Rebias)).AsInt32() >>> 13;
        Vector128<int> sign = (a.AsInt32() >>> 16) & Vector128.Create(0x8000);
        Vector128<int> infinite = Vector128.Equals(magnitude, Vector128.Create(0x7F800000));
        Vector128<int> bits = Vector128.ConditionalSelect(infinite, Vector128.Create(0x7C00), finite) | sign;
        return Vector128.ConditionalSelect(Vector128.Equals(a, a).AsInt32(), bits, Vector128.Create(0x7E00));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Apply(Vector256<float> a)
    {
        Vector256<int> magnitude = a.AsInt32() & Vector256.Create(0x7FFFFFFF);
        Vector256<int> finite = (magnitude.AsSingle() * Vector256.Create(Rebias)).AsInt32() >>> 13;
        Vector256<int> sign = (a.AsInt32() >>> 16) & Vector256.Create(0x8000);
        Vector256<int> infinite = Vector256.Equals(magnitude, Vector256.Create(0x7F800000));
        Vector256<int> bits = Vector256.ConditionalSelect(infinite, Vector256.Create(0x7C00), finite) | sign;
        return Vector256.ConditionalSelect(Vector256.Equals(a, a).AsInt32(), bits, Vector256.Create(0x7E00));
    }
}

/// <summary>To the nearest float16, ties to even. Normal results drop 13 fraction bits; below 2⁻¹⁴ adding and taking away ½ leaves multiples of 2⁻²⁴; 65520 and more are ∞.</summary>
readonly struct RoundToFloat16Lanes : IUnaryLanes<float, float>
{
    const int SmallestNormal = 0x38800000;
    const int LargestFinite = 0x477FE000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(Vector128<float> a)
    {
        Vector128<int> magnitude = a.AsInt32() & Vector128.Create(0x7FFFFFFF);
        Vector128<int> normal = (magnitude + Vector128.Create(0xFFF) + ((magnitude >>> 13) & Vector128.Create(1))) & Vector128.Create(~0x1FFF);
        Vector128<int> bounded = Vector128.ConditionalSelect(Vector128.GreaterThan(normal, Vector128.Create(LargestFinite)), Vector128.Create(0x7F800000), normal);
        Vector128<int> small = ((magnitude.AsSingle() + Vector128.Create(0.5f)) - Vector128.Create(0.5f)).AsInt32();
        Vector128<int> rounded = Vector128.ConditionalSelect(Vector128.LessThan(magnitude, Vector128.Create(SmallestNormal)), small, bounded);
        Vector128<int> number = rounded | (a.AsInt32() & Vector128.Create(int.MinValue));
        return Vector128.ConditionalSelect(Vector128.Equals(a, a).AsInt32(), number, Vector128.Create(0x7FC00000)).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> a)
    {
        Vector256<int> magnitude = a.AsInt32() & Vector256.Create(0x7FFFFFFF);
        Vector256<int> normal = (magnitude + Vector256.Create(0xFFF) + ((magnitude >>> 13) & Vector256.Create(1))) & Vector256.Create(~0x1FFF);
        Vector256<int> bounded = Vector256.ConditionalSelect(Vector256.GreaterThan(normal, Vector256.Create(LargestFinite)), Vector256.Create(0x7F800000), normal);
        Vector256<int> small = ((magnitude.AsSingle() + Vector256.Create(0.5f)) - Vector256.Create(0.5f)).AsInt32();
        Vector256<int> rounded = Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(SmallestNormal)), small, bounded);
        Vector256<int> number = rounded | (a.AsInt32() & Vector256.Create(int.MinValue));
        return Vector256.ConditionalSelect(Vector256.Equals(a, a).AsInt32(), number, Vector256.Create(0x7FC00000)).AsSingle();
    }
}
