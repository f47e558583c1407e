namespace Ashlar;

/// <summary>Elementary functions of complex tensors as composites of real ones.</summary>
/// <remarks>Each part is a product of functions that are accurate by themselves, so each part is accurate to a few units in the last place where no sum cancels.
/// Infinite arguments give the Array API's values where a remark says so, else NaN may stand in a part where the standard asks for a signed infinity.</remarks>
static class ComplexFunctions
{
    /// <summary>eˣ (cos y + i sin y). -∞ + iy gives 0 for any y, +∞ + 0i gives +∞ + 0i.</summary>
    public static Tensor Exp(Tensor z)
    {
        (Tensor x, Tensor y) = (z.Real, z.Imag);
        Tensor size = x.Exp();
        Tensor nothing = x.EqualTo(ComplexArithmetic.Number(z, double.NegativeInfinity));
        Tensor onAxis = x.EqualTo(ComplexArithmetic.Number(z, double.PositiveInfinity)) & y.EqualTo(ComplexArithmetic.Number(z, 0));
        return Tensor.Complex(Tensor.Where(nothing, size, size * y.Cos()), Tensor.Where(nothing, size, Tensor.Where(onAxis, y, size * y.Sin())));
    }

    /// <summary>eᶻ - 1: the real part as (eˣ - 1) cos y - 2 sin²(y / 2), which does not cancel near 0.</summary>
    public static Tensor Expm1(Tensor z)
    {
        (Tensor x, Tensor y) = (z.Real, z.Imag);
        Tensor half = (y * 0.5).Sin();
        return Tensor.Complex((x.Expm1() * y.Cos()) - (2 * half * half), x.Exp() * y.Sin());
    }

    /// <summary>sin x cosh y + i cos x sinh y.</summary>
    public static Tensor Sin(Tensor z) => Tensor.Complex(z.Real.Sin() * HyperbolicCosine(z.Imag), z.Real.Cos() * HyperbolicSine(z.Imag));

    /// <summary>cos x cosh y - i sin x sinh y.</summary>
    public static Tensor Cos(Tensor z) => Tensor.Complex(z.Real.Cos() * HyperbolicCosine(z.Imag), -(z.Real.Sin() * HyperbolicSine(z.Imag)));

    /// <summary>With T = tanh x and t = tan y: (T (1 + t²) + i t / cosh² x) / (1 + T² t²), in which nothing cancels or overflows.</summary>
    public static Tensor Tanh(Tensor z)
    {
        Tensor hyperbolic = z.Real.Tanh();
        Tensor tangent = z.Imag.Sin() / z.Imag.Cos();
        Tensor square = tangent * tangent;
        Tensor divisor = (hyperbolic * hyperbolic * square) + 1.0;
        Tensor falling = (-z.Real.Abs()).Exp();
        Tensor secant = 2 * falling / ((falling * falling) + 1.0);
        return Tensor.Complex(hyperbolic * (square + 1.0) / divisor, tangent * secant * secant / divisor);
    }

    static Tensor HyperbolicCosine(Tensor x)
    {
        Tensor half = x.Abs().Exp() * 0.5;
        return half + (0.25 / half);
    }

    // (eˣ - 1) - (e⁻ˣ - 1): accurate near 0 too.
    static Tensor HyperbolicSine(Tensor x) => (x.Expm1() - (-x).Expm1()) * 0.5;
}
