using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Adam with the largest past gradient in place of the root of the mean square.</summary>
/// <remarks>
/// With g = gradient + decay · w: m ← β₁ m + (1 - β₁) g; u ← max(β₂ u, |g| + ε); w ← w - rate / (1 - β₁ᵗ) · m / u.
/// Kingma, Ba 2015, "Adam: a method for stochastic optimization", algorithm 2.
/// </remarks>
public sealed class Adamax : Optimizer
{
    readonly double _beta1;
    readonly double _beta2;
    readonly double _epsilon;
    readonly Variable[] _first;
    readonly Variable[] _largest;
    readonly RunningPower _power1;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <param name="beta1">β₁, share of the mean gradient that is kept, 0 ≤ β₁ &lt; 1.</param>
    /// <param name="beta2">β₂, share of the largest gradient that is kept, 0 ≤ β₂ &lt; 1.</param>
    /// <param name="epsilon">ε, what is added to |g|, > 0.</param>
    /// <param name="weightDecay">Factor of w added to the gradient, ≥ 0.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adamax(IReadOnlyList<Parameter> parameters, double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        (_beta1, _beta2, _epsilon) = (Share(beta1, nameof(beta1), 0.9), Share(beta2, nameof(beta2), 0.999), epsilon);
        _power1 = new RunningPower(beta1);
        _first = StateOf("first_moment");
        _largest = StateOf("largest_gradient");
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        Tensor g = Penalized(index, value, gradient);
        Tensor m = plan.Average(_first[index], _beta1, g);
        Tensor u = Tensor.Maximum(new Tensor(_largest[index].Leaf) * _beta2, g.Abs() + _epsilon);
        plan.Assign(_largest[index], u);
        plan.Assign(Parameters[index], value - (m / u * (RateOf(index) / (1 - _power1.At(plan.Step)))));
    }
}
