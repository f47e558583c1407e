using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Adam whose steps are as long as the parameter tensor they move: for large batches.</summary>
/// <remarks>
/// m and v as in <see cref="Adam"/>; u = m / (1 - β₁ᵗ) / (√(v / (1 - β₂ᵗ)) + ε) + decay · w; w ← w - rate · |w| / |u| · u with Euclidean norms of the tensor, factor 1 where either is 0.
/// You et al. 2020, "Large batch optimization for deep learning: training BERT in 76 minutes", algorithm 2 with φ(z) = z.
/// </remarks>
public sealed class LAMB : Optimizer
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
    /// <param name="weightDecay">Factor of w in the direction, ≥ 0.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public LAMB(IReadOnlyList<Parameter> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-6, double weightDecay = 0.01)
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
        Tensor m = plan.Average(_first[index], _beta1, gradient) / (1 - _power1.At(plan.Step));
        Tensor v = plan.Average(_second[index], _beta2, gradient * gradient) / (1 - _power2.At(plan.Step));
        Tensor direction = Penalized(index, value, m / (v.Sqrt() + _epsilon));
        Tensor trust = TrustRatio.Of(value, direction, (w, u) => w / u);
        plan.Assign(Parameters[index], value - (direction * (trust * RateOf(index))));
    }
}
