namespace Ashlar;

/// <content>Functions of elements written with others; each fuses into one pass. Operands broadcast and promote.</content>
public sealed partial class Tensor
{
    /// <summary>x itself.</summary>
    public Tensor Positive() => this;

    /// <summary>-x; integers wrap.</summary>
    public Tensor Negative() => -this;

    /// <summary>x².</summary>
    public Tensor Square() => this * this;

    /// <summary>1 / x, correctly rounded.</summary>
    /// <exception cref="DTypeException">x is not a float.</exception>
    public Tensor Reciprocal() => DType.RealType.IsFloating
        ? 1.0 / this
        : throw new DTypeException($"Reciprocal: {DType.Name} has no fractions. Convert to a floating dtype first, as with To(DType.Float32).");

    /// <summary>The larger of an element and a number; NaN propagates.</summary>
    public static Tensor Maximum(Tensor a, double b) => Maximum(a, new Tensor(Weak(a, b)));

    /// <summary>The smaller of an element and a number; NaN propagates.</summary>
    public static Tensor Minimum(Tensor a, double b) => Minimum(a, new Tensor(Weak(a, b)));

    /// <summary>Elements below <paramref name="min"/> become it, those above <paramref name="max"/> that; where min &gt; max it is max. NaN stays. The gradient passes inside, half of it at the bounds.</summary>
    /// <param name="min">Lower bound, or null for none.</param>
    /// <param name="max">Upper bound, or null for none.</param>
    public Tensor Clip(double? min = null, double? max = null)
    {
        Tensor raised = min is { } low ? Maximum(this, low) : this;
        return max is { } high ? Minimum(raised, high) : raised;
    }

    /// <summary>Elements below <paramref name="min"/> become it, those above <paramref name="max"/> that; where min &gt; max it is max. NaN propagates.</summary>
    public Tensor Clip(Tensor min, Tensor max) => Minimum(Maximum(this, min), max);

    /// <summary>a + weight (b - a).</summary>
    public static Tensor Lerp(Tensor a, Tensor b, Tensor weight) => a + (weight * (b - a));

    /// <summary>a + weight (b - a).</summary>
    public static Tensor Lerp(Tensor a, Tensor b, double weight) => a + ((b - a) * weight);

    /// <summary>ln(eᵃ + eᵇ) without overflow: max(a, b) + ln(1 + e^-|a - b|); for -∞ twice -∞.</summary>
    public static Tensor LogAddExp(Tensor a, Tensor b)
    {
        Tensor distance = Where(a.EqualTo(b), (a - b).ZeroLike(), a - b);
        return Maximum(a, b) + (-distance.Abs()).Exp().Log1p();
    }

    /// <summary>ln(1 + eˣ) without overflow: max(x, 0) + ln(1 + e^-|x|).</summary>
    public Tensor Softplus() => Maximum(this, 0) + (-Abs()).Exp().Log1p();

    /// <summary>ln of the sigmoid without overflow: -Softplus(-x).</summary>
    public Tensor LogSigmoid() => -(-this).Softplus();

    /// <summary>x ln y, 0 where x = 0 unless y is NaN.</summary>
    public static Tensor Xlogy(Tensor x, Tensor y) => TimesLog(x, y, y > 0, y.OneLike(), safe => safe.Log());

    /// <summary>x ln(1 + y), 0 where x = 0 unless y is NaN.</summary>
    public static Tensor Xlog1py(Tensor x, Tensor y) => TimesLog(x, y, y > -1, y.ZeroLike(), safe => safe.Log1p());

    // Only where the logarithm is no finite number is 0 put in its place: elsewhere the gradient with respect to x is the logarithm even at x = 0.
    static Tensor TimesLog(Tensor x, Tensor y, Tensor inside, Tensor harmless, Func<Tensor, Tensor> log)
    {
        Tensor zero = LogicalAnd(x.EqualTo(x.ZeroLike()), y.EqualTo(y) & ~(inside & (y < double.PositiveInfinity)));
        return Where(zero, x.ZeroLike(), x * log(Where(zero, harmless, y)));
    }

    /// <summary>-x ln x, 0 at 0, -∞ below.</summary>
    public Tensor Entr()
    {
        Tensor positive = this > 0;
        Tensor inside = -(this * Where(positive, this, OneLike()).Log());
        Tensor outside = Where(this < 0, Number(this, double.NegativeInfinity), this);
        return Where(positive, inside, outside);
    }

    /// <summary>sin(πx) / (πx), 1 at 0, exactly 0 at other whole numbers; 4 ulp elsewhere.</summary>
    public Tensor Sinc()
    {
        Tensor zero = EqualTo(ZeroLike());
        Tensor safe = Where(zero, OneLike(), this);
        Tensor sine = ((DType.IsComplex ? safe : safe.FoldedTurns()) * Math.PI).Sin();
        return Where(zero, OneLike(), sine / (safe * Math.PI));
    }

    // y in [-1/2, 1/2] with sin πy = sin πx: πy is an angle without the rounding of πx.
    Tensor FoldedTurns()
    {
        Tensor rest = this - ((this * 0.5).Round() * 2);
        return Where(rest.Abs() > 0.5, rest.Sign() - rest, rest);
    }

    Tensor ZeroLike() => Number(this, 0);

    Tensor OneLike() => Number(this, 1);
}
