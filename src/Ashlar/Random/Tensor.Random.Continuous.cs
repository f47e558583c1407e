namespace Ashlar;

/// <content>Continuous distributions by inversion: one uniform number gives one sample, and gradients pass to the parameters.</content>
public sealed partial class Tensor
{
    /// <summary>Normal cut to [low, high]: √2 · erf⁻¹ of a uniform number between erf(low / √2) and erf(high / √2).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="low">Smallest value of the standard normal, in standard deviations.</param>
    /// <param name="high">Largest value, above low.</param>
    /// <param name="type">float32 or float64.</param>
    /// <remarks>Made for cuts within ±5 (float32) and ±8 (float64); beyond, the tail between the cuts has too few numbers.</remarks>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    /// <exception cref="ArgumentException">low is not below high.</exception>
    public static Tensor RandomTruncatedNormal(RandomKey key, Shape shape, double low = -2, double high = 2, DType type = DType.Float32)
    {
        if (!(low < high))
        {
            throw new ArgumentException($"RandomTruncatedNormal: nothing lies between {low} and {high}. Give low below high.");
        }

        Tensor from = Scalar(low / Math.Sqrt(2), type).Erf();
        Tensor to = Scalar(high / Math.Sqrt(2), type).Erf();
        Tensor between = from + (OpenUniform(key, shape, type, "RandomTruncatedNormal") * (to - from));
        Tensor sample = between.ErfInverse() * Math.Sqrt(2);
        return Minimum(Maximum(sample, Scalar(low, type)), Scalar(high, type));
    }

    /// <summary>Exponential with rate 1: -ln u. Divide by a rate for another.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomExponential(RandomKey key, Shape shape, DType type = DType.Float32) => -OpenUniform(key, shape, type, "RandomExponential").Log();

    /// <summary>Gumbel with location 0 and scale 1: -ln(-ln u).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomGumbel(RandomKey key, Shape shape, DType type = DType.Float32) => -(-OpenUniform(key, shape, type, "RandomGumbel").Log()).Log();

    /// <summary>Laplace with location 0 and scale 1: -sign(u) · ln(1 - |u|) with u uniform on (-1, 1).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomLaplace(RandomKey key, Shape shape, DType type = DType.Float32)
    {
        Tensor u = (OpenUniform(key, shape, type, "RandomLaplace") * 2) - 1;
        return -(u.Sign() * (-u.Abs()).Log1p());
    }

    /// <summary>Logistic with location 0 and scale 1: ln u - ln(1 - u).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomLogistic(RandomKey key, Shape shape, DType type = DType.Float32)
    {
        Tensor u = OpenUniform(key, shape, type, "RandomLogistic");
        return u.Log() - (-u).Log1p();
    }

    /// <summary>Cauchy with location 0 and scale 1: -cot(πu) = -cos(πu) / sin(πu).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomCauchy(RandomKey key, Shape shape, DType type = DType.Float32)
    {
        Tensor angle = OpenUniform(key, shape, type, "RandomCauchy") * Math.PI;
        return -(angle.Cos() / angle.Sin());
    }
}
