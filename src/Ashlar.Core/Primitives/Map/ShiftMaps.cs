using Ashlar.Scalars;

namespace Ashlar.Primitives.Map;

/// <summary>Shifts by counts that are elements themselves. A count below 0 or of the dtype's width or more moves every bit out, as NumPy's does.</summary>
public static class ShiftMaps
{
    /// <summary>a · 2ᵇ, wrapped.</summary>
    public static readonly MapPrimitive Left = new("ShiftLeftBy", 2, DTypeSet.Integer,
        (x, _) => Each(x[0], x[1], (a, count) => a << count, x[0].Like(0)), (_, _) => [null, null]);

    /// <summary>⌊a / 2ᵇ⌋: the sign comes in for signed dtypes, zeros for unsigned ones.</summary>
    public static readonly MapPrimitive Right = new("ShiftRightBy", 2, DTypeSet.Integer,
        (x, _) => Each(x[0], x[1], (a, count) => a >> count, x[0] >> ((8 * x[0].Type.ItemSize) - 1)), (_, _) => [null, null]);

    // The scalar language has constant counts only: one choice for each bit of the count.
    static Scalar Each(Scalar a, Scalar count, Func<Scalar, int, Scalar> shift, Scalar empty)
    {
        int width = 8 * a.Type.ItemSize;
        Scalar result = a;
        for (int bit = 1; bit < width; bit *= 2)
        {
            result = Scalar.Select((count & count.Like(bit)).NotEqualTo(count.Like(0)), shift(result, bit), result);
        }

        return Scalar.Select((count >= width) | (count < 0), empty, result);
    }
}
