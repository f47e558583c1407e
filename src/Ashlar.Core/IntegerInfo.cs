namespace Ashlar;

/// <summary>The limits of an integer dtype; the Array API's <c>iinfo</c>.</summary>
/// <param name="DType">The dtype.</param>
/// <param name="Bits">Bits of an element.</param>
/// <param name="Max">The largest number.</param>
/// <param name="Min">The smallest number.</param>
public readonly record struct IntegerInfo(DType DType, int Bits, Int128 Max, Int128 Min)
{
    /// <summary>The limits of <paramref name="type"/>.</summary>
    /// <exception cref="DTypeException">The dtype is no integer dtype.</exception>
    public static IntegerInfo Of(DType type)
    {
        if (!type.IsInteger)
        {
            throw new DTypeException($"IntegerInfo: {type.Name} is no integer dtype. Use FloatInfo for floating ones.");
        }

        int bits = 8 * type.ItemSize;
        return type.IsSigned
            ? new IntegerInfo(type, bits, (Int128.One << (bits - 1)) - 1, -(Int128.One << (bits - 1)))
            : new IntegerInfo(type, bits, (Int128.One << bits) - 1, 0);
    }
}
