using Ashlar.Functions;
using Ashlar.Scalars;

namespace Ashlar.Primitives.Map;

/// <summary>Whole quotients and remainders. Floating remainders are exact; integers refuse a zero divisor.</summary>
public static class DivisionMaps
{
    /// <summary>⌊a / b⌋, as Python's <c>//</c> and NumPy's floor_divide: a is the quotient times b plus the <see cref="Remainder"/>.</summary>
    public static readonly MapPrimitive FloorDivide = new("FloorDivide", 2, DTypeSet.Number, (x, _) => Quotient(x[0], x[1]), (_, _) => [null, null]);

    /// <summary>a - b ⌊a / b⌋, with the divisor's sign, as Python's <c>%</c>.</summary>
    public static readonly MapPrimitive Remainder = new("Remainder", 2, DTypeSet.Number, (x, _) => OfDivisorSign(x[0], x[1]).Remainder,
        (n, dy) => [dy, Op.Negate(Op.Multiply(dy, Op.Binary(FloorDivide, n.Inputs[0], n.Inputs[1])))]);

    /// <summary>a - b trunc(a / b), with the dividend's sign, as C's fmod and C#'s <c>%</c>.</summary>
    public static readonly MapPrimitive Fmod = new("Fmod", 2, DTypeSet.Number, (x, _) => OfDividendSign(x[0], x[1]),
        (n, dy) => [dy, Op.Negate(Op.Multiply(dy, Op.Unary(RoundingMaps.Truncate, Op.Divide(n.Inputs[0], n.Inputs[1]))))]);

    static Scalar OfDividendSign(Scalar a, Scalar b) => a.Type.IsFloating ? Scalar.Remainder(a, b) : a - (a / b * b);

    static (Scalar Remainder, Scalar Crosses) OfDivisorSign(Scalar a, Scalar b)
    {
        Scalar m = OfDividendSign(a, b);
        Scalar zero = a.Like(0);
        Scalar crosses = m.NotEqualTo(zero) & ((m < 0) ^ (b < 0));
        Scalar whole = a.Type.IsFloating ? Scalar.Select(m.EqualTo(zero), FloatLayout.Of(a, "Remainder").CopySign(zero, b), m) : m;
        return (Scalar.Select(crosses, m + b, whole), crosses);
    }

    // NumPy's npy_divmod: the difference is divisible but for rounding, which the nearest whole number repairs.
    static Scalar Quotient(Scalar a, Scalar b)
    {
        Scalar crosses = OfDivisorSign(a, b).Crosses;
        if (!a.Type.IsFloating)
        {
            return a / b - Scalar.Select(crosses, a.Like(1), a.Like(0));
        }

        Scalar raw = a / b;
        Scalar quotient = (a - OfDividendSign(a, b)) / b;
        quotient = Scalar.Select(crosses, quotient - 1, quotient);
        Scalar whole = quotient.Floor();
        whole = Scalar.Select((quotient - whole) > 0.5, whole + 1, whole);
        whole = Scalar.Select(quotient.EqualTo(a.Like(0)), FloatLayout.Of(a, "FloorDivide").CopySign(a.Like(0), raw), whole);
        return Scalar.Select(b.EqualTo(a.Like(0)), raw, whole);
    }
}
