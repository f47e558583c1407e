using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Adam with decoupled weight decay.</summary>
/// <remarks>
/// w ← w · (1 - rate · decay); m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²; w ← w - rate / (1 - β₁ᵗ) · m / (√v / √(1 - β₂ᵗ) + ε).
/// Loshchilov, Hutter 2019, "Decoupled weight decay regularization", algorithm 2, with the bias correction arranged as PyTorch does.
/// The powers βᵗ are products of t factors in double, on every machine the same.
/// </remarks>
public sealed class AdamW : Optimizer
{
    readonly double _beta1;
    readonly double _beta2;
    readonly double _epsilon;
    readonly double _decay;
    readonly Variable[] _first;
    readonly Variable[] _second;
    double _power1 = 1;
    double _power2 = 1;
    long _powers;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <param name="beta1">β₁, share of the mean gradient that is kept, 0 ≤ β₁ &lt; 1.</param>
    /// <param name="beta2">β₂, share of the mean square that is kept, 0 ≤ β₂ &lt; 1.</param>
    /// <param name="epsilon">ε, what is added to the root, > 0.</param>
    /// <param name="weightDecay">Share of w that a step of rate 1 takes away, ≥ 0.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is negative or no number, or a β lies outside.</exception>
    public AdamW(IReadOnlyList<Parameter> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01)
        : base(parameters, learningRate)
    {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1))
        {
            throw new ArgumentOutOfRangeException(beta1 >= 0 && beta1 < 1 ? nameof(beta2) : nameof(beta1), FormattableString.Invariant($"AdamW: β₁ = {beta1} and β₂ = {beta2} must lie in 0 ≤ β < 1. The usual ones are 0.9 and 0.999."));
        }

        (_beta1, _beta2, _epsilon, _decay) = (beta1, beta2, epsilon, weightDecay);
        _first = StateOf("first_moment");
        _second = StateOf("second_moment");
    }

    /// <inheritdoc/>
    protected override void Prepare(long step)
    {
        if (step <= _powers)
        {
            (_power1, _power2, _powers) = (1, 1, 0);
        }

        for (; _powers < step; _powers++)
        {
            _power1 *= _beta1;
            _power2 *= _beta2;
        }
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        Tensor m = (new Tensor(_first[index].Leaf) * _beta1) + (gradient * (1 - _beta1));
        Tensor v = (new Tensor(_second[index].Leaf) * _beta2) + (gradient * gradient * (1 - _beta2));
        Tensor root = (v.Sqrt() / Math.Sqrt(1 - _power2)) + _epsilon;
        Tensor decayed = value * (1 - (LearningRate * _decay));
        plan.Assign(_first[index], m);
        plan.Assign(_second[index], v);
        plan.Assign(Parameters[index], decayed - (m / root * (LearningRate / (1 - _power1))));
    }
}
