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

    /// <summary>ln |z| + i angle. Near |z| = 1 the real part is ½ ln(1 + (m - 1)(m + 1) + s²) of the larger part m and the smaller s: its error is then about ε itself, not relative to the part.</summary>
    public static Tensor Log(Tensor z)
    {
        (Tensor x, Tensor y) = (z.Real.Abs(), z.Imag.Abs());
        (Tensor large, Tensor small) = (Tensor.Maximum(x, y), Tensor.Minimum(x, y));
        Tensor near = (large > 0.5) & (large < 2.0);
        Tensor one = ComplexArithmetic.Number(z, 1);
        (Tensor largeHere, Tensor smallHere) = (Tensor.Where(near, large, one), Tensor.Where(near, small, one));
        Tensor close = (((largeHere - 1.0) * (largeHere + 1.0)) + (smallHere * smallHere)).Log1p() * 0.5;
        return Tensor.Complex(Tensor.Where(near, close, z.Abs().Log()), z.Angle());
    }

    /// <summary>ln(1 + z), the real part as ½ ln(1 + x (x + 2) + y²) where |z| &lt; ½.</summary>
    public static Tensor Log1p(Tensor z)
    {
        (Tensor x, Tensor y) = (z.Real, z.Imag);
        Tensor near = z.Abs() < 0.5;
        Tensor zero = ComplexArithmetic.Number(z, 0);
        (Tensor xHere, Tensor yHere) = (Tensor.Where(near, x, zero), Tensor.Where(near, y, zero));
        Tensor close = ((xHere * (xHere + 2.0)) + (yHere * yHere)).Log1p() * 0.5;
        Tensor far = Log(z + 1.0);
        return Tensor.Complex(Tensor.Where(near, close, far.Real), Tensor.Atan2(y, x + 1.0));
    }

    /// <summary>e^(w ln z), the principal value; 0 to a power with real part above 0 is 0, anything to the power 0 is 1. The relative error grows with |w ln z|.</summary>
    public static Tensor Pow(Tensor z, Tensor w)
    {
        Tensor power = Exp(w * Log(z.To(DTypeFacts.Promote(z.DType, w.DType))));
        Tensor zero = z.EqualTo(Tensor.Scalar(0, z.DType.RealType)) & (w.Real > 0.0);
        Tensor one = w.EqualTo(Tensor.Scalar(0, w.DType.RealType));
        return Tensor.Where(one, Tensor.Scalar(1, power.DType), Tensor.Where(zero, Tensor.Scalar(0, power.DType), power));
    }

    /// <summary>sin x cosh y + i cos x sinh y.</summary>
    public static Tensor Sin(Tensor z) => Tensor.Complex(z.Real.Sin() * z.Imag.Cosh(), z.Real.Cos() * z.Imag.Sinh());

    /// <summary>cos x cosh y - i sin x sinh y.</summary>
    public static Tensor Cos(Tensor z) => Tensor.Complex(z.Real.Cos() * z.Imag.Cosh(), -(z.Real.Sin() * z.Imag.Sinh()));

    /// <summary>sinh x cos y + i cosh x sin y.</summary>
    public static Tensor Sinh(Tensor z) => Tensor.Complex(z.Real.Sinh() * z.Imag.Cos(), z.Real.Cosh() * z.Imag.Sin());

    /// <summary>cosh x cos y + i sinh x sin y.</summary>
    public static Tensor Cosh(Tensor z) => Tensor.Complex(z.Real.Cosh() * z.Imag.Cos(), z.Real.Sinh() * z.Imag.Sin());

    /// <summary>With T = tanh x and t = tan y: (T (1 + t²) + i t / cosh² x) / (1 + T² t²), in which nothing cancels or overflows.</summary>
    public static Tensor Tanh(Tensor z)
    {
        Tensor hyperbolic = z.Real.Tanh();
        Tensor tangent = z.Imag.Tan();
        Tensor square = tangent * tangent;
        Tensor divisor = (hyperbolic * hyperbolic * square) + 1.0;

        // 1 / cosh x, of which the square cannot overflow.
        Tensor falling = (-z.Real.Abs()).Exp();
        Tensor secant = 2 * falling / ((falling * falling) + 1.0);
        return Tensor.Complex(hyperbolic * (square + 1.0) / divisor, tangent * secant * secant / divisor);
    }
}
