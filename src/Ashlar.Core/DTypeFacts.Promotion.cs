namespace Ashlar;

/// <content>Which dtype results when two meet.</content>
public static partial class DTypeFacts
{
    // Integers by width, without and with sign; an unsigned one meets a signed one in the signed one of twice its width.
    static readonly DType[] Unsigned = [DType.UInt8, DType.UInt16, DType.UInt32, DType.UInt64];
    static readonly DType[] Signed = [DType.Int8, DType.Int16, DType.Int32, DType.Int64];

    /// <summary>The smallest dtype that both operands convert to, as the Array API has it: bool, then integers, then floats, then complex numbers.</summary>
    /// <remarks>An integer with a float gives the float's own dtype; float16 with bfloat16 gives float32, as in JAX and PyTorch. A complex dtype keeps the precision of the floats it meets: complex64 with float64 gives complex128.</remarks>
    /// <exception cref="DTypeException">One is uint64 and the other a signed integer: no integer dtype holds both.</exception>
    public static DType Promote(DType a, DType b)
    {
        if (a.IsComplex || b.IsComplex)
        {
            return a.ComplexType == DType.Complex128 || b.ComplexType == DType.Complex128 ? DType.Complex128 : DType.Complex64;
        }

        if (a == b || b == DType.Bool)
        {
            return a;
        }

        if (a == DType.Bool || (b.IsFloating && !a.IsFloating))
        {
            return b;
        }

        if (a.IsFloating)
        {
            return !b.IsFloating || a.ItemSize > b.ItemSize ? a : a.ItemSize < b.ItemSize ? b : DType.Float32;
        }

        if (a.IsSigned == b.IsSigned)
        {
            return a.ItemSize > b.ItemSize ? a : b;
        }

        (DType unsigned, DType signed) = a.IsSigned ? (b, a) : (a, b);
        if (unsigned == DType.UInt64)
        {
            throw new DTypeException($"Promote: no integer dtype holds both {a.Name} and {b.Name}. Cast one of them with To, to int64 if the numbers are below 2^63.");
        }

        return signed.ItemSize > unsigned.ItemSize ? signed : Signed[Array.IndexOf(Unsigned, unsigned) + 1];
    }

    /// <summary>The dtype that all operands promote to.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="DTypeException">Two of them have no common dtype.</exception>
    public static DType ResultType(params ReadOnlySpan<DType> types)
    {
        if (types.IsEmpty)
        {
            throw new ArgumentException("ResultType: no dtypes are given. Give at least one.", nameof(types));
        }

        // A float decides before two integers are asked for a common one.
        DType floating = DType.Bool;
        foreach (DType type in types)
        {
            floating = type.IsFloating || type.IsComplex ? Promote(floating, type) : floating;
        }

        if (floating != DType.Bool)
        {
            return floating;
        }

        DType result = types[0];
        foreach (DType type in types[1..])
        {
            result = Promote(result, type);
        }

        return result;
    }

    /// <summary>Whether promotion alone leads from one dtype to the other: a + b has the dtype <paramref name="to"/>.</summary>
    public static bool CanCast(DType from, DType to) =>
        !(from == DType.UInt64 && to.IsInteger && to.IsSigned) && !(to == DType.UInt64 && from.IsInteger && from.IsSigned) && Promote(from, to) == to;
}
