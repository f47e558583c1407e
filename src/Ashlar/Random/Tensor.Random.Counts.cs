namespace Ashlar;

/// <content>Distributions of counts. Results are int64; no gradient passes. Parameters are computed with in float64 and may have any real dtype.</content>
public sealed partial class Tensor
{
    /// <summary>Poisson: k with probability e^(-λ) λᵏ / k!; int64.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="rate">λ from 0 to 2⁵³; elsewhere the sample is -1.</param>
    /// <param name="shape">Extents of the result, to which λ broadcasts; those of λ if null.</param>
    /// <remarks>Inversion below 10, from there PTRS of Hörmann 1993.</remarks>
    /// <exception cref="ShapeException">λ does not broadcast to the shape.</exception>
    public static Tensor RandomPoisson(RandomKey key, Tensor rate, Shape? shape = null) =>
        CountSampler.Poisson(key, Wide(rate, shape ?? rate.Shape)).To(DType.Int64);

    /// <summary>Poisson with the rate λ; int64.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="rate">λ from 0 to 2⁵³.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is outside.</exception>
    public static Tensor RandomPoisson(RandomKey key, double rate, Shape shape) => rate is >= 0 and <= 1L << 53
        ? RandomPoisson(key, Scalar(rate, DType.Float64), shape)
        : throw new ArgumentOutOfRangeException(nameof(rate), $"RandomPoisson: the rate is {rate}. Give one from 0 to 2⁵³.");

    /// <summary>Binomial: how many of some trials succeed; int64.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="trials">Whole numbers from 0 to 2⁵³.</param>
    /// <param name="probability">Of success, in [0, 1]. The sample is -1 where one of the two is outside.</param>
    /// <param name="shape">Extents of the result, to which both broadcast; their common extents if null.</param>
    /// <remarks>Inversion where fewer than 10 successes or failures are expected, elsewhere BTRS of Hörmann 1993.</remarks>
    /// <exception cref="ShapeException">The parameters do not broadcast to the shape.</exception>
    public static Tensor RandomBinomial(RandomKey key, Tensor trials, Tensor probability, Shape? shape = null)
    {
        Shape extents = shape ?? Shape.Broadcast(trials.Shape, probability.Shape, "RandomBinomial");
        return CountSampler.Binomial(key, Wide(trials, extents), Wide(probability, extents), Scalar(0, DType.Int32)).To(DType.Int64);
    }

    /// <summary>Binomial: how many of some trials succeed; int64.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="trials">From 0 to 2⁵³.</param>
    /// <param name="probability">Of success, in [0, 1].</param>
    /// <param name="shape">Extents of the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside.</exception>
    public static Tensor RandomBinomial(RandomKey key, long trials, double probability, Shape shape) => trials is >= 0 and <= 1L << 53 && probability is >= 0 and <= 1
        ? RandomBinomial(key, Scalar(trials, DType.Float64), Scalar(probability, DType.Float64), shape)
        : throw new ArgumentOutOfRangeException(nameof(trials), $"RandomBinomial: {trials} trials with probability {probability}. Give 0 to 2⁵³ trials and a probability from 0 to 1.");

    /// <summary>Negative binomial: failures before a number of successes; int64.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="successes">> 0, not only whole numbers.</param>
    /// <param name="probability">Of success, in (0, 1]. The sample is -1 where a parameter is outside.</param>
    /// <param name="shape">Extents of the result, to which both broadcast; their common extents if null.</param>
    /// <remarks>Poisson with a gamma rate of concentration n and scale (1 - p) / p.</remarks>
    /// <exception cref="ShapeException">The parameters do not broadcast to the shape.</exception>
    public static Tensor RandomNegativeBinomial(RandomKey key, Tensor successes, Tensor probability, Shape? shape = null)
    {
        Shape extents = shape ?? Shape.Broadcast(successes.Shape, probability.Shape, "RandomNegativeBinomial");
        (RandomKey first, RandomKey second) = key.Split();
        Tensor p = Wide(probability, extents);
        Tensor rate = GammaSampler.Draw(first, Wide(successes, extents), "RandomNegativeBinomial") * ((1 - p) / p);
        return CountSampler.Poisson(second, rate).To(DType.Int64);
    }

    /// <summary>Negative binomial: failures before a number of successes; int64.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="successes">> 0.</param>
    /// <param name="probability">Of success, in (0, 1].</param>
    /// <param name="shape">Extents of the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside.</exception>
    public static Tensor RandomNegativeBinomial(RandomKey key, double successes, double probability, Shape shape) => successes > 0 && successes < double.PositiveInfinity && probability is > 0 and <= 1
        ? RandomNegativeBinomial(key, Scalar(successes, DType.Float64), Scalar(probability, DType.Float64), shape)
        : throw new ArgumentOutOfRangeException(nameof(successes), $"RandomNegativeBinomial: {successes} successes with probability {probability}. Give a positive number of successes and a probability above 0, up to 1.");

    /// <summary>Geometric: trials up to and with the first success, 1, 2, 3, …, as in NumPy; int64.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="probability">Of success, in (0, 1]; elsewhere the sample is -1. Counts beyond 2⁶² become 2⁶².</param>
    /// <param name="shape">Extents of the result, to which the probability broadcasts; its own if null.</param>
    /// <remarks>Inversion: ⌈ln u / ln(1 - p)⌉ with 52 bits of u.</remarks>
    /// <exception cref="ShapeException">The probability does not broadcast to the shape.</exception>
    public static Tensor RandomGeometric(RandomKey key, Tensor probability, Shape? shape = null)
    {
        Tensor p = Wide(probability, shape ?? probability.Shape);
        Tensor valid = (p > 0) & (p <= 1);
        Tensor trials = (OpenUniform(key, p.Shape, DType.Float64, "RandomGeometric").Log() / (-p).Log1p()).Ceil();
        return Where(valid, trials.Clip(1, 1L << 62), FullLike(p, -1)).To(DType.Int64);
    }

    /// <summary>Geometric: trials up to and with the first success, 1, 2, 3, …; int64.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="probability">Of success, in (0, 1].</param>
    /// <param name="shape">Extents of the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside.</exception>
    public static Tensor RandomGeometric(RandomKey key, double probability, Shape shape) => probability is > 0 and <= 1
        ? RandomGeometric(key, Scalar(probability, DType.Float64), shape)
        : throw new ArgumentOutOfRangeException(nameof(probability), $"RandomGeometric: the probability is {probability}. Give one above 0, up to 1.");

    /// <summary>-1 or 1, equally likely (Rademacher).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">Of the result.</param>
    public static Tensor RandomRademacher(RandomKey key, Shape shape, DType type = DType.Float32) => (((RandomBits(key, shape) >> 31) & Scalar(2, DType.Int32)) - 1).To(type);

    static Tensor Wide(Tensor parameter, Shape shape) => parameter.StopGradient().To(DType.Float64).BroadcastTo(shape);
}
