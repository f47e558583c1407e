namespace Ashlar.Nn;

/// <content>Regression: distances between numbers.</content>
public static partial class Loss
{
    /// <summary>(prediction - target)².</summary>
    /// <param name="prediction">Floating.</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="reduction">What becomes of the elements.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean)
    {
        CheckSame("MeanSquaredError", prediction, target);
        Tensor difference = prediction - target;
        return Reduce(difference * difference, reduction);
    }

    /// <summary>|prediction - target|; the gradient at 0 is 0.</summary>
    /// <param name="prediction">Floating.</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="reduction">What becomes of the elements.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor L1(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean)
    {
        CheckSame("L1", prediction, target);
        return Reduce((prediction - target).Abs(), reduction);
    }

    /// <summary>With d = |prediction - target|: d² / (2β) below β, d - β/2 above.</summary>
    /// <remarks>Girshick 2015, "Fast R-CNN", equation 3.</remarks>
    /// <param name="prediction">Floating.</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="beta">β ≥ 0, where the square ends; 0 gives <see cref="L1"/>.</param>
    /// <param name="reduction">What becomes of the elements.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">β is negative.</exception>
    public static Tensor SmoothL1(Tensor prediction, Tensor target, double beta = 1, Reduction reduction = Reduction.Mean)
    {
        CheckSame("SmoothL1", prediction, target);
        if (!(beta >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(beta), FormattableString.Invariant($"SmoothL1: β is {beta}. Give 0 or more."));
        }

        Tensor d = (prediction - target).Abs();
        return Reduce(beta == 0 ? d : Tensor.Where(d < beta, d * d * 0.5 / beta, d - (0.5 * beta)), reduction);
    }

    /// <summary>With d = |prediction - target|: d² / 2 up to δ, δ · (d - δ/2) above.</summary>
    /// <remarks>Huber 1964, "Robust estimation of a location parameter".</remarks>
    /// <param name="prediction">Floating.</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="delta">δ > 0, where the square ends.</param>
    /// <param name="reduction">What becomes of the elements.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">δ is not positive.</exception>
    public static Tensor Huber(Tensor prediction, Tensor target, double delta = 1, Reduction reduction = Reduction.Mean)
    {
        CheckSame("Huber", prediction, target);
        if (!(delta > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(delta), FormattableString.Invariant($"Huber: δ is {delta}. Give a positive number."));
        }

        Tensor d = (prediction - target).Abs();
        return Reduce(Tensor.Where(d <= delta, d * d * 0.5, (d - (0.5 * delta)) * delta), reduction);
    }

    /// <summary>The negative log-likelihood of counts under Poisson's law without the part that the prediction does not change: e^p - t · p, or p - t · ln(p + ε).</summary>
    /// <param name="prediction">Floating: the logarithm of the expected count, or the count.</param>
    /// <param name="target">Of the same shape: the counts, ≥ 0.</param>
    /// <param name="logInput">Whether the prediction is a logarithm.</param>
    /// <param name="full">Whether to add Stirling's approximation of ln t!, t ln t - t + ½ ln(2πt), where t > 1.</param>
    /// <param name="epsilon">ε, keeps ln away from 0.</param>
    /// <param name="reduction">What becomes of the elements.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor PoissonNegativeLogLikelihood(Tensor prediction, Tensor target, bool logInput = true, bool full = false, double epsilon = 1e-8, Reduction reduction = Reduction.Mean)
    {
        CheckSame("PoissonNegativeLogLikelihood", prediction, target);
        Tensor nats = logInput ? prediction.Exp() - (target * prediction) : prediction - (target * (prediction + epsilon).Log());
        if (full)
        {
            Tensor t = Tensor.Where(target > 1, target, Number(target, 1));
            Tensor stirling = (t * t.Log()) - t + ((t * (2 * Math.PI)).Log() * 0.5);
            nats += Tensor.Where(target > 1, stirling, Number(nats, 0));
        }

        return Reduce(nats, reduction);
    }

    /// <summary>The negative log-likelihood under a normal law: ½ · (ln v + (prediction - target)² / v) with v = max(variance, ε).</summary>
    /// <remarks>Nix, Weigend 1994, "Estimating the mean and variance of the target probability distribution".</remarks>
    /// <param name="prediction">The mean; floating.</param>
    /// <param name="target">Of the same shape.</param>
    /// <param name="variance">Of the same shape, or broadcast to it.</param>
    /// <param name="full">Whether to add ½ ln 2π.</param>
    /// <param name="epsilon">ε, the least variance; below it no gradient reaches the variance.</param>
    /// <param name="reduction">What becomes of the elements.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor GaussianNegativeLogLikelihood(Tensor prediction, Tensor target, Tensor variance, bool full = false, double epsilon = 1e-6, Reduction reduction = Reduction.Mean)
    {
        CheckSame("GaussianNegativeLogLikelihood", prediction, target);
        Tensor v = Tensor.Maximum(variance, Number(variance, epsilon)).BroadcastTo(prediction.Shape);
        Tensor difference = prediction - target;
        Tensor nats = (v.Log() + (difference * difference / v)) * 0.5;
        return Reduce(full ? nats + 0.91893853320467274 : nats, reduction);
    }
}
