namespace Ashlar;

/// <summary>Poisson and binomial counts in float64: by inversion where few are expected, by Hörmann's transformed rejection with squeeze elsewhere.</summary>
/// <remarks>Hörmann 1993, "The transformed rejection method for generating Poisson random variables" (PTRS), and "The generation of binomial random variates" (BTRS).
/// Logarithms of probabilities are differences from the expected count, which do not cancel, plus the rest of Stirling's series: counts up to 2⁵³ keep their distribution.
/// Number 0 of an element is for inversion, 2r + 1 and 2r + 2 are for round r, counted from a base.</remarks>
static class CountSampler
{
    // From here on the rejection is shorter than the search; its constants are made for at least 10.
    const double Few = 10;
    const double HalfLogTwoPi = 0.91893853320467274;

    /// <summary>Poisson counts as whole float64; -1 for an impossible rate.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="rate">float64.</param>
    public static Tensor Poisson(RandomKey key, Tensor rate)
    {
        Tensor valid = (rate >= 0) & (rate <= 1L << 53);
        Tensor few = valid & (rate < Few);
        Tensor many = valid & ~few;
        Tensor zero = Tensor.Scalar(0, DType.Int32);

        Tensor little = Tensor.Where(few, rate, Tensor.OnesLike(rate));
        Tensor searched = Rejection.Search(Uniform(key, rate.Shape, zero), (-little).Exp(), few, k => little / k);

        Tensor mean = Tensor.Where(many, rate, Tensor.FullLike(rate, Few));
        Tensor b = (mean.Sqrt() * 2.53) + 0.931;
        Tensor a = (b * 0.02483) - 0.059;
        Tensor inverseAlpha = (1.1328 / (b - 3.4)) + 1.1239;
        Tensor squeeze = 0.9277 - (3.6224 / (b - 2));
        Tensor constant = mean.Log() + HalfLogTwoPi;
        Tensor proposed = Rejection.Draw(Tensor.FullLike(rate, -1), ~many, round =>
        {
            Tensor u = Uniform(key, rate.Shape, (round * 2) + 1) - 0.5;
            Tensor v = Uniform(key, rate.Shape, (round * 2) + 2);
            Tensor us = 0.5 - u.Abs();
            Tensor k = ((((a * 2 / us) + b) * u) + mean + 0.43).Floor();
            Tensor m = Tensor.Maximum(k, 0) + 1;
            Tensor bound = (m.Log() * 0.5) - constant - Deviance(m, mean) - Stirling(m);
            Tensor height = (v * inverseAlpha / ((a / (us * us)) + b)).Log();
            return (k, ((us >= 0.07) & (v <= squeeze)) | ((k >= 0) & ((us >= 0.013) | (v <= us)) & (height <= bound)));
        });
        return Tensor.Where(few, searched, proposed);
    }

    /// <summary>Binomial counts as whole float64; -1 for impossible parameters.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="trials">float64.</param>
    /// <param name="probability">float64, of the same shape.</param>
    /// <param name="start">int32 []: the first number of an element that may be used.</param>
    public static Tensor Binomial(RandomKey key, Tensor trials, Tensor probability, Tensor start)
    {
        Tensor valid = (trials >= 0) & (trials <= 1L << 53) & trials.EqualTo(trials.Floor()) & (probability >= 0) & (probability <= 1);
        Tensor mirrored = probability > 0.5;
        Tensor less = Tensor.Where(mirrored, 1 - probability, probability);
        Tensor few = valid & (trials * less < Few);
        Tensor many = valid & ~few;
        Shape shape = trials.Shape;

        Tensor p = Tensor.Where(few, less, Tensor.ZerosLike(less));
        Tensor n = Tensor.Where(few, trials, Tensor.ZerosLike(trials));
        Tensor odds = p / (1 - p);
        Tensor searched = Rejection.Search(Uniform(key, shape, start), (n * (-p).Log1p()).Exp(), few, k => (n - k + 1) / k * odds);

        // Where it is not taken: any parameters for which all is finite.
        p = Tensor.Where(many, less, Tensor.FullLike(less, 0.5));
        n = Tensor.Where(many, trials, Tensor.FullLike(trials, 100));
        Tensor q = 1 - p;
        Tensor deviation = (n * p * q).Sqrt();
        Tensor b = (deviation * 2.53) + 1.15;
        Tensor a = (b * 0.0248) + (p * 0.01) - 0.0873;
        Tensor alpha = ((5.1 / b) + 2.83) * deviation;
        Tensor squeeze = 0.92 - (4.2 / b);
        Tensor centre = (n * p) + 0.5;
        Tensor hits = (n + 2) * p;
        Tensor misses = (n + 2) * q;
        Tensor mode = LogProbability(((n + 1) * p).Floor());
        Tensor proposed = Rejection.Draw(Tensor.FullLike(trials, -1), ~many, round =>
        {
            Tensor u = Uniform(key, shape, start + (round * 2) + 1) - 0.5;
            Tensor v = Uniform(key, shape, start + (round * 2) + 2);
            Tensor us = 0.5 - u.Abs();
            Tensor k = ((((a * 2 / us) + b) * u) + centre).Floor();
            Tensor inside = (k >= 0) & (k <= n);
            Tensor bound = LogProbability(Tensor.Maximum(Tensor.Minimum(k, n), 0)) - mode;
            Tensor height = (v * alpha / ((a / (us * us)) + b)).Log();
            return (k, inside & (((us >= 0.07) & (v <= squeeze)) | (height <= bound)));
        });
        Tensor count = Tensor.Where(few, searched, proposed);
        return Tensor.Where(mirrored & valid, trials - count, count);

        // Up to a constant.
        Tensor LogProbability(Tensor k)
        {
            Tensor m = k + 1;
            Tensor rest = n - k + 1;
            return ((m.Log() + rest.Log()) * 0.5) - Deviance(m, hits) - Deviance(rest, misses) - Stirling(m) - Stirling(rest);
        }
    }

    static Tensor Uniform(RandomKey key, Shape shape, Tensor number) => Tensor.OpenUniform(key, shape, DType.Float64, "Random", number.Node);

    // m ln(m / μ) - (m - μ) without its cancellation for m near μ.
    static Tensor Deviance(Tensor m, Tensor mean)
    {
        Tensor x = (m - mean) / mean;
        return mean * (((x + 1) * x.Log1p()) - x);
    }

    // ln Γ(m) - (m - ½) ln m + m - ½ ln 2π for m ≥ 1: Stieltjes' continued fraction; error below 10⁻⁶ at 1 and 10⁻¹⁵ from 8 on.
    static Tensor Stirling(Tensor m)
    {
        Tensor deep = (195.0 / 371) / (m + ((22999.0 / 22737) / (m + (29944523.0 / 19733142 / m))));
        return (1.0 / 12) / (m + ((1.0 / 30) / (m + ((53.0 / 210) / (m + deep)))));
    }
}
