using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Steps divided by the root of the sum of squares of past gradients: what was seldom moved moves farther.</summary>
/// <remarks>
/// With g = gradient + decay · w: s ← s + g²; w ← w - rate / (1 + (t - 1) · fall) · g / (√s + ε).
/// Duchi, Hazan, Singer 2011, "Adaptive subgradient methods for online learning and stochastic optimization".
/// </remarks>
public sealed class Adagrad : Optimizer
{
    readonly double _fall;
    readonly double _epsilon;
    readonly Variable[] _sums;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <param name="learningRateDecay">How fast the rate falls with the steps, ≥ 0.</param>
    /// <param name="weightDecay">Factor of w added to the gradient, ≥ 0.</param>
    /// <param name="initialSum">s at first, ≥ 0.</param>
    /// <param name="epsilon">ε, what is added to the root, > 0.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adagrad(IReadOnlyList<Parameter> parameters, double learningRate = 1e-2, double learningRateDecay = 0, double weightDecay = 0, double initialSum = 0, double epsilon = 1e-10)
        : base(parameters, learningRate, weightDecay)
    {
        (_fall, _epsilon) = (learningRateDecay, epsilon);
        _sums = StateOf("sum_of_squares", initialSum);
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        Tensor g = Penalized(index, value, gradient);
        Tensor s = new Tensor(_sums[index].Leaf) + (g * g);
        plan.Assign(_sums[index], s);
        plan.Assign(Parameters[index], value - (g / (s.Sqrt() + _epsilon) * (RateOf(index) / (1 + ((plan.Step - 1) * _fall)))));
    }
}
