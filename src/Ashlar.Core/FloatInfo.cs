namespace Ashlar;

/// <summary>The limits of a floating dtype; the Array API's <c>finfo</c>.</summary>
/// <param name="DType">The dtype.</param>
/// <param name="Bits">Bits of an element.</param>
/// <param name="Epsilon">The distance from 1 to the next larger number.</param>
/// <param name="Max">The largest finite number.</param>
/// <param name="Min">The smallest finite number, -<paramref name="Max"/>.</param>
/// <param name="SmallestNormal">The smallest number above 0 with full precision.</param>
public readonly record struct FloatInfo(DType DType, int Bits, double Epsilon, double Max, double Min, double SmallestNormal)
{
    /// <summary>The limits of <paramref name="type"/>.</summary>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static FloatInfo Of(DType type) => type switch
    {
        DType.Float16 => Of(type, 9.765625e-4, 65504, 6.103515625e-5),
        DType.BFloat16 => Of(type, 7.8125e-3, 3.3895313892515355e38, 1.1754943508222875e-38),
        DType.Float32 => Of(type, 1.1920928955078125e-7, float.MaxValue, 1.1754943508222875e-38),
        DType.Float64 => Of(type, 2.220446049250313e-16, double.MaxValue, 2.2250738585072014e-308),
        _ => throw new DTypeException($"FloatInfo: {type.Name} is not floating. Use IntegerInfo for integers."),
    };

    static FloatInfo Of(DType type, double epsilon, double max, double normal) => new(type, 8 * type.ItemSize, epsilon, max, -max, normal);
}
