namespace Ashlar.Scalars;

/// <summary>Elements as 64-bit words, zero-extended: the form in which single values travel through keys and the reference.</summary>
public static class ScalarBits
{
    /// <summary>The bits of a number in the given type, rounded to nearest; integers truncate and saturate, NaN gives 0 there.</summary>
    public static long FromDouble(DType type, double value) => ScalarConversion.Convert(DType.Float64, type, BitConverter.DoubleToInt64Bits(value));

    /// <summary>The bits of an integer in the given type: wrapped, or rounded to nearest.</summary>
    public static long FromInt64(DType type, long value) => ScalarConversion.Convert(DType.Int64, type, value);

    /// <summary>The value of an element as a double; 64-bit integers beyond 2⁵³ round.</summary>
    public static double ToDouble(DType type, long bits) => BitConverter.Int64BitsToDouble(ScalarConversion.Convert(type, DType.Float64, bits));

    /// <summary>The word of an integer or bool with its sign, so that comparing words compares numbers, but for uint64.</summary>
    internal static long Extend(DType type, long bits) => type switch
    {
        DType.Int8 => (sbyte)bits,
        DType.Int16 => (short)bits,
        DType.Int32 => (int)bits,
        _ => bits,
    };

    /// <summary>The lowest bits of a word, as many as the type has.</summary>
    internal static long Cut(DType type, long word) => type == DType.Bool ? word & 1 : type.ItemSize switch
    {
        1 => word & 0xFF,
        2 => word & 0xFFFF,
        4 => (uint)word,
        _ => word,
    };
}
