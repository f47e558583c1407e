namespace Ashlar.Scalars;

/// <summary>The meaning of every conversion between dtypes, on bits zero-extended to words.</summary>
static class ScalarConversion
{
    /// <summary>The element as another dtype: one rounding to a float, toward zero and saturating from a float to an integer (NaN gives 0), wrapping between integers, "not zero" to bool.</summary>
    public static long Convert(DType from, DType to, long bits) => (from.IsFloating, to.IsFloating) switch
    {
        _ when from == to => bits,
        (true, true) => FromFloat(to, Value(from, bits)),
        (true, false) => to == DType.Bool ? (Value(from, bits) != 0 ? 1 : 0) : Saturate(to, Value(from, bits)),
        (false, true) => FromInteger(to, from, ScalarBits.Extend(from, bits)),
        (false, false) => to == DType.Bool ? (bits != 0 ? 1 : 0) : ScalarBits.Cut(to, ScalarBits.Extend(from, bits)),
    };

    // Every float is a double exactly.
    static double Value(DType type, long bits) => type switch
    {
        DType.Float32 => BitConverter.UInt32BitsToSingle((uint)bits),
        DType.Float64 => BitConverter.Int64BitsToDouble(bits),
        _ => HalfBits.ToSingle(type, (ushort)bits),
    };

    static long FromFloat(DType type, double value) => type switch
    {
        DType.Float32 => BitConverter.SingleToUInt32Bits((float)value),
        DType.Float64 => BitConverter.DoubleToInt64Bits(value),
        _ => HalfBits.Round(type, value),
    };

    static long Saturate(DType type, double value)
    {
        if (double.IsNaN(value))
        {
            return 0;
        }

        // The limits are powers of two, or one less, which compares the same after truncation.
        IntegerInfo limits = IntegerInfo.Of(type);
        double whole = Math.Truncate(value);
        Int128 number = whole >= (double)(limits.Max + 1) ? limits.Max : whole <= (double)limits.Min ? limits.Min : (Int128)whole;
        return ScalarBits.Cut(type, (long)number);
    }

    static long FromInteger(DType type, DType from, long word) => type switch
    {
        DType.Float32 => BitConverter.SingleToUInt32Bits(from == DType.UInt64 ? Unsigned((ulong)word) : word),
        DType.Float64 => BitConverter.DoubleToInt64Bits(from == DType.UInt64 ? UnsignedDouble((ulong)word) : word),
        _ => HalfBits.Round(type, from == DType.UInt64 ? (Int128)(ulong)word : word),
    };

    // Beyond 2⁶³ half of the number with its lost bit kept rounds to half of the result.
    static float Unsigned(ulong value) => (long)value >= 0 ? (float)(long)value : 2 * (float)(long)((value >> 1) | (value & 1));

    static double UnsignedDouble(ulong value) => (long)value >= 0 ? (double)(long)value : 2 * (double)(long)((value >> 1) | (value & 1));
}
