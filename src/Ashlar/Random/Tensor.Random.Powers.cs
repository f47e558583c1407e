namespace Ashlar;

/// <content>Continuous distributions made of a normal or an exponential number by composition; gradients pass to tensor parameters.</content>
public sealed partial class Tensor
{
    /// <summary>Log-normal: e to a normal number.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="mean">Of the logarithm.</param>
    /// <param name="deviation">Of the logarithm, ≥ 0.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomLogNormal(RandomKey key, Shape shape, double mean = 0, double deviation = 1, DType type = DType.Float32) =>
        RandomNormal(key, shape, mean, deviation, type).Exp();

    /// <summary>Half-normal: the absolute value of a normal number of mean 0.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="deviation">Of the normal number, ≥ 0.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomHalfNormal(RandomKey key, Shape shape, double deviation = 1, DType type = DType.Float32) =>
        RandomNormal(key, shape, 0, deviation, type).Abs();

    /// <summary>Rayleigh with scale 1, the length of two independent normal numbers: √(-2 ln u).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomRayleigh(RandomKey key, Shape shape, DType type = DType.Float32) => (RandomExponential(key, shape, type) * 2).Sqrt();

    /// <summary>Pareto on [1, ∞) with tail exponent α: P(X > x) = x^(-α). Multiply by the smallest value; subtract 1 for NumPy's (Lomax).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="exponent">α > 0, float32 or float64. Gradients pass.</param>
    /// <param name="shape">Extents of the result, to which α broadcasts; those of α if null.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    /// <exception cref="ShapeException">α does not broadcast to the shape.</exception>
    public static Tensor RandomPareto(RandomKey key, Tensor exponent, Shape? shape = null) =>
        (RandomExponential(key, shape ?? exponent.Shape, exponent.DType) / exponent.BroadcastTo(shape ?? exponent.Shape)).Exp();

    /// <summary>Pareto on [1, ∞) with tail exponent α.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="exponent">α > 0.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not positive and finite.</exception>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomPareto(RandomKey key, double exponent, Shape shape, DType type = DType.Float32) =>
        RandomPareto(key, Parameter(exponent, type, "RandomPareto", "exponent"), shape);

    /// <summary>Weibull with scale 1: P(X > x) = e^(-xᵏ).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="concentration">k > 0, float32 or float64. Gradients pass.</param>
    /// <param name="shape">Extents of the result, to which k broadcasts; those of k if null.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    /// <exception cref="ShapeException">k does not broadcast to the shape.</exception>
    public static Tensor RandomWeibull(RandomKey key, Tensor concentration, Shape? shape = null) =>
        (RandomExponential(key, shape ?? concentration.Shape, concentration.DType).Log() / concentration.BroadcastTo(shape ?? concentration.Shape)).Exp();

    /// <summary>Weibull with scale 1 and concentration k.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="concentration">k > 0.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is not positive and finite.</exception>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomWeibull(RandomKey key, double concentration, Shape shape, DType type = DType.Float32) =>
        RandomWeibull(key, Parameter(concentration, type, "RandomWeibull", "concentration"), shape);
}
