using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Adam with decoupled weight decay.</summary>
/// <remarks>
/// w ← w · (1 - rate · decay); m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²; w ← w - rate / (1 - β₁ᵗ) · m / (√v / √(1 - β₂ᵗ) + ε).
/// Loshchilov, Hutter 2019, "Decoupled weight decay regularization", algorithm 2, with the bias correction arranged as PyTorch does.
/// With AMSGrad the largest v so far stands in its place: Reddi, Kale, Kumar 2018, "On the convergence of Adam and beyond".
/// </remarks>
public sealed class AdamW : Optimizer
{
    readonly double _beta1;
    readonly double _beta2;
    readonly double _epsilon;
    readonly Variable[] _first;
    readonly Variable[] _second;
    readonly Variable[] _largest;
    readonly RunningPower _power1;
    readonly RunningPower _power2;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <param name="beta1">β₁, share of the mean gradient that is kept, 0 ≤ β₁ &lt; 1.</param>
    /// <param name="beta2">β₂, share of the mean square that is kept, 0 ≤ β₂ &lt; 1.</param>
    /// <param name="epsilon">ε, what is added to the root, > 0.</param>
    /// <param name="weightDecay">Share of w that a step of rate 1 takes away, ≥ 0.</param>
    /// <param name="amsgrad">Whether v never falls.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public AdamW(IReadOnlyList<Parameter> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01, bool amsgrad = false)
        : base(parameters, learningRate, weightDecay)
    {
        (_beta1, _beta2, _epsilon) = (Share(beta1, nameof(beta1), 0.9), Share(beta2, nameof(beta2), 0.999), epsilon);
        (_power1, _power2) = (new RunningPower(beta1), new RunningPower(beta2));
        _first = StateOf("first_moment");
        _second = StateOf("second_moment");
        _largest = amsgrad ? StateOf("largest_second_moment") : [];
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        Tensor m = plan.Average(_first[index], _beta1, gradient);
        Tensor v = plan.Average(_second[index], _beta2, gradient * gradient);
        if (_largest.Length > 0)
        {
            v = Tensor.Maximum(new Tensor(_largest[index].Leaf), v);
            plan.Assign(_largest[index], v);
        }

        Tensor root = (v.Sqrt() / Math.Sqrt(1 - _power2.At(plan.Step))) + _epsilon;
        plan.Assign(Parameters[index], Decayed(index, value) - (m / root * (RateOf(index) / (1 - _power1.At(plan.Step)))));
    }
}
