using Ashlar.Scalars;

namespace Ashlar.Functions;

/// <summary>Where a floating type keeps its sign, exponent and mantissa, and the integer type that holds its bits.</summary>
/// <param name="Type">float32 or float64.</param>
/// <param name="Bits">int32 or int64.</param>
/// <param name="MantissaBits">Stored bits of the mantissa.</param>
/// <param name="Bias">Of the exponent.</param>
/// <param name="IsCoarse">float64 lanes that are to be rounded to float32: 30 bits are enough.</param>
readonly record struct FloatLayout(DType Type, DType Bits, int MantissaBits, int Bias, bool IsCoarse = false)
{
    /// <summary>float64 lanes that are to be rounded to float32.</summary>
    public static readonly FloatLayout Coarse = new(DType.Float64, DType.Int64, 52, 1023, true);

    /// <exception cref="DTypeException">The argument is neither float32 nor float64.</exception>
    public static FloatLayout Of(Scalar x, string where) => x.Type switch
    {
        DType.Float32 => new FloatLayout(DType.Float32, DType.Int32, 23, 127),
        DType.Float64 => new FloatLayout(DType.Float64, DType.Int64, 52, 1023),
        _ => throw new DTypeException($"{where}: the argument is {x.Type.Name}. Convert it to float32 or float64 first."),
    };

    public bool IsSingle => Type == DType.Float32;

    public long SignMask => IsSingle ? 0x8000_0000L : long.MinValue;

    public long MantissaMask => (1L << MantissaBits) - 1;

    public long ExponentMask => ((2L * Bias) + 1) << MantissaBits;

    /// <summary>Added to a moderate number, leaves its nearest integer in the low bits of the mantissa.</summary>
    public double RoundingBias => IsSingle ? 12582912.0 : 6755399441055744.0;

    /// <summary>The nearest of the type to ln 2, and the rest.</summary>
    public (double High, double Low) Ln2 => IsSingle
        ? (0.693147182464599609375, -1.904654323148236017e-9)
        : (0.69314718055994530942, 2.3190468138462995584e-17);

    /// <summary>Bits of the magnitude of <paramref name="magnitude"/> under the sign of <paramref name="sign"/>.</summary>
    public Scalar CopySign(Scalar magnitude, Scalar sign) =>
        (magnitude.Abs().Bitcast(Bits) | (sign.Bitcast(Bits) & Word(sign, SignMask))).Bitcast(Type);

    /// <summary>An integer constant of the type's bits.</summary>
    public Scalar Word(Scalar like, long bits) => like.Builder.ConstantBits(Bits, IsSingle ? (uint)bits : bits);
}
