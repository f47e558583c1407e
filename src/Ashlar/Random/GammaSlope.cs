namespace Ashlar;

/// <summary>How the logarithm of a gamma number moves with its concentration while its quantile stays: ∂ ln z / ∂α = -(∂F/∂α) / (z p).</summary>
/// <remarks>
/// <para>With λ = ln z - ψ(α) it is the integral over u of e^(αu - z(eᵘ - 1)) · (λ + u), from 0 to ∞ or, with the other sign, from -∞ to 0; the integral over the whole line is zero.
/// The half is taken on which λ + u keeps its sign, so nothing cancels. The substitution u = w · e^(s - e^(-s)) of Takahasi and Mori 1974 makes the trapezoid rule converge
/// exponentially: 65 points. Up to z = 4, where α is small or z below it, the power series of F and its derivative take its place.</para>
/// <para>Computed in float64; relative error at most 1.7·10⁻¹⁰ over 1,900 samples, α from 10⁻³ to 10⁵ within 6 deviations; it is largest near α = 1 and z = 1.6.</para>
/// </remarks>
static class GammaSlope
{
    const int Terms = 40;
    const int Points = 65;
    const double Step = 0.125;
    const double First = -3.75;

    /// <summary>∂ ln z / ∂α in the dtype of α.</summary>
    /// <param name="concentration">α > 0.</param>
    /// <param name="logSample">ln z; float64.</param>
    public static Tensor OfLog(Tensor concentration, Tensor logSample)
    {
        Tensor alpha = concentration.To(DType.Float64);
        Tensor z = logSample.Exp();
        Tensor small = (z <= 1.5) | ((z <= 4) & (logSample < (alpha + 1).Digamma()));

        // Each form is given harmless arguments where the other is taken: what is not chosen must be finite for derivatives of higher order.
        Tensor one = Tensor.OnesLike(alpha);
        Tensor series = Series(Tensor.Where(small, alpha, one), Tensor.Where(small, logSample, Tensor.ZerosLike(alpha)));
        Tensor integral = Integral(Tensor.Where(small, one, alpha), Tensor.Where(small, one + 1, logSample));
        return Tensor.Where(small, series, integral).To(concentration.DType);
    }

    // F = z^α e^(-z) / Γ(α + 1) · S with S = Σ zⁿ / ((α + 1) … (α + n)).
    static Tensor Series(Tensor alpha, Tensor logSample)
    {
        Tensor z = logSample.Exp();
        Tensor zero = Tensor.ZerosLike(alpha);
        Tensor one = Tensor.OnesLike(alpha);
        Tensor[] sums = Control.Loop([one, zero, one, zero], [Tensor.Arange(1, Terms, type: DType.Float64)], (state, slices) =>
        {
            Tensor reciprocal = 1.0 / (alpha + slices[0]);
            Tensor term = state[0] * z * reciprocal;
            Tensor harmonic = state[1] + reciprocal;
            return ([term, harmonic, state[2] + term, state[3] + (term * harmonic)], []);
        }).Carries;
        return (sums[3] - (sums[2] * (logSample - (alpha + 1).Digamma()))) / alpha;
    }

    static Tensor Integral(Tensor alpha, Tensor logSample)
    {
        Tensor z = logSample.Exp();
        Tensor lambda = logSample - alpha.Digamma();
        Tensor side = lambda.StopGradient().Sign();
        Tensor width = (0.5 / ((z - alpha).Abs() + z.Sqrt())).StopGradient();

        Tensor s = (Tensor.Arange(Points).To(DType.Float64) * Step) + First;
        Tensor v = (s - (-s).Exp()).Exp();
        Tensor weight = ((-s).Exp() + 1) * v * Step;

        Tensor distance = width.Unsqueeze(-1) * v;
        Tensor u = side.Unsqueeze(-1) * distance;
        Tensor a = alpha.Unsqueeze(-1);
        Tensor x = z.Unsqueeze(-1);
        Tensor exponent = ((a - x) * u) - (x * (u.Expm1() - u));
        Tensor linear = (side * lambda).Unsqueeze(-1) + distance;
        return width * (weight * exponent.Exp() * linear).Sum([-1]);
    }
}
