using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Steps divided by the root of the mean square of past gradients.</summary>
/// <remarks>
/// With g = gradient + decay · w: v ← α v + (1 - α) g²; d = g / (√v + ε), where a centred rule takes v - m² with m ← α m + (1 - α) g; b ← momentum · b + d; w ← w - rate · b.
/// Tieleman, Hinton 2012, "Lecture 6.5: rmsprop"; centred: Graves 2013, "Generating sequences with recurrent neural networks", equation 38.
/// </remarks>
public sealed class RMSprop : Optimizer
{
    readonly double _alpha;
    readonly double _epsilon;
    readonly double _momentum;
    readonly Variable[] _squares;
    readonly Variable[] _means;
    readonly Variable[] _velocities;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <param name="alpha">α, share of the mean square that is kept, 0 ≤ α &lt; 1.</param>
    /// <param name="epsilon">ε, what is added to the root, > 0.</param>
    /// <param name="weightDecay">Factor of w added to the gradient, ≥ 0.</param>
    /// <param name="momentum">Share of the last step that is kept, ≥ 0.</param>
    /// <param name="centered">Whether to divide by the standard deviation instead.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public RMSprop(IReadOnlyList<Parameter> parameters, double learningRate = 1e-2, double alpha = 0.99, double epsilon = 1e-8, double weightDecay = 0, double momentum = 0, bool centered = false)
        : base(parameters, learningRate, weightDecay)
    {
        (_alpha, _epsilon, _momentum) = (Share(alpha, nameof(alpha), 0.99), epsilon, momentum);
        _squares = StateOf("mean_square");
        _means = centered ? StateOf("mean") : [];
        _velocities = momentum == 0 ? [] : StateOf("velocity");
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        Tensor g = Penalized(index, value, gradient);
        Tensor v = plan.Average(_squares[index], _alpha, g * g);
        if (_means.Length > 0)
        {
            // Rounding may leave a negative difference where the gradient never changes.
            Tensor m = plan.Average(_means[index], _alpha, g);
            v = Tensor.Maximum(v - (m * m), Tensor.Scalar(0, v.DType));
        }

        Tensor d = g / (v.Sqrt() + _epsilon);
        if (_momentum != 0)
        {
            d = (new Tensor(_velocities[index].Leaf) * _momentum) + d;
            plan.Assign(_velocities[index], d);
        }

        plan.Assign(Parameters[index], value - (d * RateOf(index)));
    }
}
