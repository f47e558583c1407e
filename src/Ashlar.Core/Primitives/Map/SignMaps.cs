using Ashlar.Functions;
using Ashlar.Scalars;

namespace Ashlar.Primitives.Map;

/// <summary>What looks at the bits of a number. The sign of a NaN is not kept by every machine and counts as plus.</summary>
public static class SignMaps
{
    /// <summary>Whether the sign bit is set, also that of -0 → bool.</summary>
    public static readonly MapPrimitive SignBit = new("SignBit", 1, DTypeSet.Number, (x, _) => IsNegative(x[0]), (_, _) => [null]);

    /// <summary>|a| with the sign bit of b.</summary>
    public static readonly MapPrimitive CopySign = new("CopySign", 2, DTypeSet.Floating, (x, _) => Scalar.Select(IsNegative(x[1]), -x[0].Abs(), x[0].Abs()), (n, dy) =>
        [Op.Where(Op.Equal(Op.Unary(SignBit, n.Inputs[0]), Op.Unary(SignBit, n.Inputs[1])), dy, Op.Negate(dy)), null]);

    /// <summary>The float after a in the direction of b; b where they are equal.</summary>
    public static readonly MapPrimitive NextAfter = new("NextAfter", 2, DTypeSet.Of(DType.Float32, DType.Float64), (x, _) => Next(x[0], x[1]), (_, _) => [null, null]);

    static Scalar IsNegative(Scalar x) => x.Type.IsFloating ? x.EqualTo(x) & (x.Bitcast(FloatLayout.Of(x, nameof(SignBit)).Bits) < 0) : x < 0;

    // Bits of one sign are ordered as the numbers are.
    static Scalar Next(Scalar a, Scalar b)
    {
        var layout = FloatLayout.Of(a, nameof(NextAfter));
        Scalar bits = a.Bitcast(layout.Bits);
        Scalar away = (b > a).EqualTo(a > 0);
        Scalar moved = (bits + Scalar.Select(away, bits.Like(1), bits.Like(-1))).Bitcast(layout.Type);
        Scalar least = layout.CopySign(bits.Like(1).Bitcast(layout.Type), b);
        Scalar next = Scalar.Select(a.EqualTo(a.Like(0)), least, moved);
        next = Scalar.Select(a.EqualTo(b), b, next);
        return Scalar.Select(a.EqualTo(a) & b.EqualTo(b), next, a.Like(double.NaN));
    }
}
