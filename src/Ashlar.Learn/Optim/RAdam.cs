using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Adam that waits: as long as too few gradients were seen to know their variance, it takes steps along their mean alone.</summary>
/// <remarks>
/// With g = gradient + decay · w, m and v as in <see cref="Adam"/>, ρ∞ = 2 / (1 - β₂) - 1 and ρₜ = ρ∞ - 2 t β₂ᵗ / (1 - β₂ᵗ): where ρₜ > 5,
/// w ← w - rate · r · m / (1 - β₁ᵗ) · √(1 - β₂ᵗ) / (√v + ε) with r² = (ρₜ - 4) (ρₜ - 2) ρ∞ / ((ρ∞ - 4) (ρ∞ - 2) ρₜ), else w ← w - rate · m / (1 - β₁ᵗ).
/// Liu et al. 2020, "On the variance of the adaptive learning rate and beyond", algorithm 2.
/// </remarks>
public sealed class RAdam : Optimizer
{
    readonly double _beta1;
    readonly double _beta2;
    readonly double _epsilon;
    readonly Variable[] _first;
    readonly Variable[] _second;
    readonly RunningPower _power1;
    readonly RunningPower _power2;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <param name="beta1">β₁, share of the mean gradient that is kept, 0 ≤ β₁ &lt; 1.</param>
    /// <param name="beta2">β₂, share of the mean square that is kept, 0 ≤ β₂ &lt; 1.</param>
    /// <param name="epsilon">ε, what is added to the root, > 0.</param>
    /// <param name="weightDecay">Factor of w added to the gradient, ≥ 0.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public RAdam(IReadOnlyList<Parameter> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        (_beta1, _beta2, _epsilon) = (Share(beta1, nameof(beta1), 0.9), Share(beta2, nameof(beta2), 0.999), epsilon);
        (_power1, _power2) = (new RunningPower(beta1), new RunningPower(beta2));
        _first = StateOf("first_moment");
        _second = StateOf("second_moment");
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        Tensor g = Penalized(index, value, gradient);
        Tensor m = plan.Average(_first[index], _beta1, g);
        Tensor v = plan.Average(_second[index], _beta2, g * g);
        double power2 = _power2.At(plan.Step);
        double longest = (2 / (1 - _beta2)) - 1;
        double length = longest - (2 * plan.Step * power2 / (1 - power2));
        double rate = RateOf(index) / (1 - _power1.At(plan.Step));
        if (length > 5)
        {
            double known = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
            m /= v.Sqrt() + _epsilon;
            rate *= known * Math.Sqrt(1 - power2);
        }

        plan.Assign(Parameters[index], value - (m * rate));
    }
}
