namespace Ashlar;

/// <summary>Magnitude, division and root of complex tensors, without overflow or underflow in between.</summary>
static class ComplexArithmetic
{
    /// <summary>|z| as a real tensor, within 1 unit in the last place; infinite if a part is. The gradient at 0 is 0.</summary>
    public static Tensor Abs(Tensor z)
    {
        Tensor vanishes = z.EqualTo(Number(z, 0));
        Tensor length = Tensor.Hypot(Tensor.Where(vanishes, Number(z, 1), z.Real), z.Imag);
        return Tensor.Where(vanishes, Number(z, 0), length);
    }

    /// <summary>z / |z|, 0 of 0.</summary>
    public static Tensor Sign(Tensor z)
    {
        Tensor abs = Abs(z);
        return z / Tensor.Where(abs.EqualTo(Number(z, 0)), Number(z, 1), abs);
    }

    /// <summary>1 / z.</summary>
    public static Tensor Reciprocal(Tensor z) => Divide(Number(z, 1), z);

    /// <summary>a / b by Smith 1962 (Communications of the ACM 5, algorithm 116), as NumPy: the smaller part of b is divided by the larger first. Within about 4 units in the last place of |a / b|. A zero divisor gives infinities or NaN by parts.</summary>
    public static Tensor Divide(Tensor a, Tensor b)
    {
        if (!b.DType.IsComplex)
        {
            return Tensor.Complex(a.Real / b, a.Imag / b);
        }

        (Tensor c, Tensor d) = (b.Real, b.Imag);
        Tensor byReal = c.Abs() >= d.Abs();
        Tensor large = Tensor.Where(byReal, c, d);
        Tensor small = Tensor.Where(byReal, d, c);
        Tensor vanishes = large.EqualTo(Number(b, 0));
        Tensor ratio = small / Tensor.Where(vanishes, Number(b, 1), large);
        Tensor divisor = Tensor.Where(vanishes, Number(b, 0), large + (small * ratio));
        Tensor first = Tensor.Where(byReal, a.Real, a.Imag);
        Tensor second = Tensor.Where(byReal, a.Imag, a.Real);
        Tensor across = second - (first * ratio);
        return Tensor.Complex((first + (second * ratio)) / divisor, Tensor.Where(byReal, across, -across) / divisor);
    }

    /// <summary>The root with real part ≥ 0, the sign of the imaginary part kept, -0 too; i∞ gives ∞ + i∞. About 4 units in the last place; numbers near the smallest lose digits.</summary>
    public static Tensor Sqrt(Tensor z)
    {
        (Tensor x, Tensor y) = (z.Real, z.Imag);
        Tensor half = ((x.Abs() * 0.5) + (Abs(z) * 0.5)).Sqrt();
        Tensor vanishes = half.EqualTo(Number(z, 0));
        Tensor other = y / (Tensor.Where(vanishes, Number(z, 1), half) * 2);
        Tensor right = x >= 0;
        Tensor endless = IsInfinite(y);
        Tensor real = Tensor.Where(endless, Number(z, double.PositiveInfinity), Tensor.Where(right, half, Tensor.Where(IsNegative(y), -other, other)));
        Tensor imag = Tensor.Where(endless, y, Tensor.Where(right, other, Tensor.Where(IsNegative(y), -half, half)));
        return Tensor.Complex(real, imag);
    }

    /// <summary>zⁿ by repeated squaring.</summary>
    public static Tensor Power(Tensor z, int n)
    {
        Tensor result = Tensor.Ones(z.Shape, z.DType);
        Tensor square = z;
        for (int left = Math.Abs(n); left > 0; left >>= 1)
        {
            result = (left & 1) == 0 ? result : left == Math.Abs(n) ? square : result * square;
            square = left > 1 ? square * square : square;
        }

        return n < 0 ? Reciprocal(result) : result;
    }

    /// <summary>A number in the precision of z's parts.</summary>
    public static Tensor Number(Tensor z, double value) => Tensor.Scalar(value, z.DType.RealType);

    /// <summary>Whether a real tensor is ∞ or -∞.</summary>
    public static Tensor IsInfinite(Tensor x) => x.Abs().EqualTo(Tensor.Scalar(double.PositiveInfinity, x.DType));

    /// <summary>Whether the sign of a real tensor is minus, of -0 too.</summary>
    // 1 / -0 is -∞, 1 / -∞ is -0: one of the two comparisons sees every sign.
    public static Tensor IsNegative(Tensor x) => (x < 0) | (1 / x < 0);
}
