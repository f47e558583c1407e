using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Map;

/// <summary>Integers to floats of the same size, rounded to nearest.</summary>
readonly struct IntegerToFloatLanes : IUnaryLanes<int, float>, IUnaryLanes<long, double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Apply(Vector128<int> a) => Vector128.ConvertToSingle(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<int> a) => Vector256.ConvertToSingle(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Apply(Vector128<long> a) => Vector128.ConvertToDouble(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Apply(Vector256<long> a) => Vector256.ConvertToDouble(a);
}

/// <summary>Floats to integers of the same size: truncated, saturated, NaN to 0.</summary>
readonly struct FloatToIntegerLanes : IUnaryLanes<float, int>, IUnaryLanes<double, long>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Apply(Vector128<float> a) => Vector128.ConvertToInt32(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Apply(Vector256<float> a) => Vector256.ConvertToInt32(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> Apply(Vector128<double> a) => Vector128.ConvertToInt64(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> Apply(Vector256<double> a) => Vector256.ConvertToInt64(a);
}

/// <summary>int32 to int64 with the sign, to float64 exactly; float32 to float64 exactly.</summary>
readonly struct WidenLanes : IWidenLanes<int, long>, IWidenLanes<int, double>, IWidenLanes<float, double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<long> IWidenLanes<int, long>.Apply(Vector128<int> a) => ToInt64(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> IWidenLanes<int, double>.Apply(Vector128<int> a) => ToDouble(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<double> IWidenLanes<float, double>.Apply(Vector128<float> a) => ToDouble(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<long> ToInt64(Vector128<int> a) => Vector256.WidenLower(a.ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDouble(Vector128<int> a) => Vector256.ConvertToDouble(ToInt64(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ToDouble(Vector128<float> a) => Vector256.WidenLower(a.ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> ToInt64(Vector256<int> a) => Vector512.WidenLower(a.ToVector512Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDouble(Vector256<int> a) => Vector512.ConvertToDouble(ToInt64(a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ToDouble(Vector256<float> a) => Vector512.WidenLower(a.ToVector512Unsafe());
}

/// <summary>int64 to int32 keeps the low half, to float32 rounds once; float64 to int32 truncates and saturates with NaN to 0, to float32 rounds.</summary>
readonly struct NarrowLanes : INarrowLanes<long, int>, INarrowLanes<long, float>, INarrowLanes<double, int>, INarrowLanes<double, float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<int> INarrowLanes<long, int>.Apply(Vector256<long> a) => ToInt32(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> INarrowLanes<long, float>.Apply(Vector256<long> a) => ToSingle(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<int> INarrowLanes<double, int>.Apply(Vector256<double> a) => ToInt32(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector128<float> INarrowLanes<double, float>.Apply(Vector256<double> a) => ToSingle(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToInt32(Vector256<long> a) => Vector128.Narrow(a.GetLower(), a.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector256<long> a) => Vector128.Create((float)a[0], a[1], a[2], a[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ToInt32(Vector256<double> a)
    {
        Vector256<long> whole = Vector256.ConvertToInt64(a);
        return ToInt32(Vector256.Min(Vector256.Max(whole, Vector256.Create((long)int.MinValue)), Vector256.Create((long)int.MaxValue)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector256<double> a) => Vector128.Narrow(a.GetLower(), a.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ToInt32(Vector512<long> a) => Vector256.Narrow(a.GetLower(), a.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ToInt32(Vector512<double> a)
    {
        Vector512<long> whole = Vector512.ConvertToInt64(a);
        return ToInt32(Vector512.Min(Vector512.Max(whole, Vector512.Create((long)int.MinValue)), Vector512.Create((long)int.MaxValue)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToSingle(Vector512<double> a) => Vector256.Narrow(a.GetLower(), a.GetUpper());
}
