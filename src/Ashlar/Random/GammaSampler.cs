namespace Ashlar;

/// <summary>Standard gamma numbers and their logarithms, with gradients to the concentration.</summary>
/// <remarks>Marsaglia and Tsang 2000, "A simple method for generating gamma variables". A concentration α below 1 draws with α + 1 and multiplies by u to the power of 1/α; as a logarithm
/// it stays exact where the product itself would be zero. Gradients: Figurnov, Mohamed, Mnih 2018, "Implicit reparameterization gradients".</remarks>
static class GammaSampler
{
    /// <summary>Gamma numbers in the shape and dtype of the concentrations.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="concentration">α; NaN comes of one that is not positive and finite.</param>
    /// <param name="operation">Who asks, for the message.</param>
    public static Tensor Draw(RandomKey key, Tensor concentration, string operation) => Transform.CustomGradient(
        alpha =>
        {
            (Tensor raised, Tensor boost) = Parts(key, alpha.StopGradient(), operation);
            return raised * boost.Exp();
        },
        // The floor keeps the logarithm finite where the sample is zero; its slope is zero there, too.
        (alpha, sample, dy) => dy * sample * GammaSlope.OfLog(alpha, Tensor.Maximum(sample.To(DType.Float64), 1e-300).Log()))(concentration);

    /// <summary>Logarithms of gamma numbers: finite for any positive concentration.</summary>
    /// <inheritdoc cref="Draw" path="/param"/>
    public static Tensor DrawLog(RandomKey key, Tensor concentration, string operation) => Transform.CustomGradient(
        alpha =>
        {
            (Tensor raised, Tensor boost) = Parts(key, alpha.StopGradient(), operation);
            return raised.Log() + boost;
        },
        (alpha, sample, dy) => dy * GammaSlope.OfLog(alpha, sample.To(DType.Float64)))(concentration);

    // A gamma number with α or α + 1, and the logarithm of what it is multiplied by.
    static (Tensor Raised, Tensor Boost) Parts(RandomKey key, Tensor alpha, string operation)
    {
        Shape shape = alpha.Shape;
        DType type = alpha.DType;
        Tensor low = alpha < 1;
        Tensor power = Tensor.OpenUniform(key, shape, type, operation, Number(0).Node).Log() / alpha;
        Tensor boost = Tensor.Where(low, power, Tensor.ZerosLike(alpha));
        Tensor d = Tensor.Where(low, alpha + 1, alpha) - (1.0 / 3);
        Tensor c = (d * 9).Rsqrt();
        Tensor valid = (alpha > 0) & (alpha < double.PositiveInfinity);
        Tensor raised = Rejection.Draw(Tensor.FullLike(alpha, double.NaN), ~valid, round =>
        {
            Tensor x = Tensor.StandardNormal(key, shape, type, operation, ((round * 2) + 1).Node);
            Tensor u = Tensor.OpenUniform(key, shape, type, operation, ((round * 2) + 2).Node);
            Tensor t = c * x;

            // With v = (1 + t)³: x²/2 + d (1 - v + ln v), written so that a large d does not amplify a rounded difference.
            // Where v is not positive the logarithm is NaN or -∞, and the comparison rejects.
            Tensor bound = (x * x * 0.5) + (d * (((t.Log1p() - t) * 3) - (t * t * (t + 3))));
            Tensor root = t + 1;
            return (d * (root * root * root), u.Log() < bound);
        });
        return (raised, boost);
    }

    static Tensor Number(int value) => Tensor.Scalar(value, DType.Int32);
}
