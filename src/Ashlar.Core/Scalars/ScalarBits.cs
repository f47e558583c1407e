namespace Ashlar.Scalars;

/// <summary>Elements as 64-bit words, zero-extended: the form in which single values travel through keys and the reference.</summary>
public static class ScalarBits
{
    /// <summary>The bits of a number in the given type, rounded to nearest; integers truncate.</summary>
    public static long FromDouble(DType type, double value) => type switch
    {
        DType.Float32 => BitConverter.SingleToUInt32Bits((float)value),
        DType.Float64 => BitConverter.DoubleToInt64Bits(value),
        DType.Int64 => (long)value,
        DType.Int32 => (uint)(int)value,
        DType.UInt8 => (byte)(int)value,
        _ => value != 0 ? 1 : 0,
    };

    /// <summary>The value of an element as a double; int64 beyond 2⁵³ rounds.</summary>
    public static double ToDouble(DType type, long bits) => type switch
    {
        DType.Float32 => BitConverter.UInt32BitsToSingle((uint)bits),
        DType.Float64 => BitConverter.Int64BitsToDouble(bits),
        DType.Int64 => bits,
        DType.Int32 => (int)bits,
        _ => bits,
    };
}
