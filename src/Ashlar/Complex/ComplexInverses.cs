namespace Ashlar;

/// <summary>Inverse trigonometric and hyperbolic functions of complex tensors by Kahan 1987 (Branch cuts for complex elementary functions), which keeps the signs of zeros on the cuts.</summary>
/// <remarks>Squares overflow beyond the square root of the largest number. Infinite arguments are not treated: a part may be NaN.</remarks>
static class ComplexInverses
{
    /// <summary>Real part in ±π/2.</summary>
    public static Tensor Asin(Tensor z)
    {
        (Tensor minus, Tensor plus) = Roots(z);
        Tensor real = Tensor.Atan2(z.Real, (minus.Real * plus.Real) - (minus.Imag * plus.Imag));
        return Tensor.Complex(real, ImagOfProduct(minus, plus).Asinh());
    }

    /// <summary>Real part from 0 to π.</summary>
    public static Tensor Acos(Tensor z)
    {
        (Tensor minus, Tensor plus) = Roots(z);
        return Tensor.Complex(2 * Tensor.Atan2(minus.Real, plus.Real), ImagOfProduct(plus, minus).Asinh());
    }

    /// <summary>Real part ≥ 0, imaginary part in ±π.</summary>
    public static Tensor Acosh(Tensor z)
    {
        Tensor minus = ComplexArithmetic.Sqrt(z - 1.0);
        Tensor plus = ComplexArithmetic.Sqrt(z + 1.0);
        Tensor real = ((minus.Real * plus.Real) + (minus.Imag * plus.Imag)).Asinh();
        return Tensor.Complex(real, 2 * Tensor.Atan2(minus.Imag, plus.Real));
    }

    /// <summary>¼ ln(1 + 4x / ((1 - x)² + y²)) + ½ i angle of ((1 - x)(1 + x) - y², 2y).</summary>
    public static Tensor Atanh(Tensor z)
    {
        // Of |x|, with its sign given back: the logarithm never comes near -∞.
        Tensor negative = ComplexArithmetic.IsNegative(z.Real);
        (Tensor x, Tensor y) = (Tensor.Where(negative, -z.Real, z.Real), z.Imag);
        Tensor rest = 1.0 - x;
        Tensor size = (4 * x / ((rest * rest) + (y * y))).Log1p() * 0.25;
        Tensor angle = Tensor.Atan2(2 * y, (rest * (x + 1.0)) - (y * y)) * 0.5;
        return Tensor.Complex(Tensor.Where(negative, -size, size), angle);
    }

    // √(1 - z) and √(1 + z).
    static (Tensor Minus, Tensor Plus) Roots(Tensor z) => (ComplexArithmetic.Sqrt(1.0 - z), ComplexArithmetic.Sqrt(z + 1.0));

    // Imaginary part of conj(a) · b.
    static Tensor ImagOfProduct(Tensor a, Tensor b) => (a.Real * b.Imag) - (a.Imag * b.Real);
}
