using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Gradient descent with momentum whose steps are proportional to the parameter tensor they move: for large batches of pictures.</summary>
/// <remarks>
/// v ← momentum · v + rate · q · (g + decay · w) with q = trust · |w| / (|g| + decay · |w| + ε), 1 where either norm is 0; w ← w - v.
/// You, Gitman, Ginsburg 2017, "Large batch training of convolutional networks", algorithm 1.
/// </remarks>
public sealed class LARS : Optimizer
{
    readonly double _momentum;
    readonly double _trust;
    readonly double _epsilon;
    readonly Variable[] _velocities;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <param name="momentum">Share of the last velocity that is kept, 0 ≤ momentum &lt; 1.</param>
    /// <param name="weightDecay">Factor of w added to the gradient, ≥ 0.</param>
    /// <param name="trust">How far a step of rate 1 may move a tensor, as a share of its norm, > 0.</param>
    /// <param name="epsilon">ε, keeps q finite.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public LARS(IReadOnlyList<Parameter> parameters, double learningRate, double momentum = 0.9, double weightDecay = 0, double trust = 1e-3, double epsilon = 1e-8)
        : base(parameters, learningRate, weightDecay)
    {
        (_momentum, _trust, _epsilon) = (Share(momentum, nameof(momentum), 0.9), trust, epsilon);
        _velocities = StateOf("velocity");
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        Tensor q = TrustRatio.Of(value, gradient, (w, g) => w * _trust / (g + (w * DecayOf(index)) + _epsilon));
        Tensor velocity = (new Tensor(_velocities[index].Leaf) * _momentum) + (Penalized(index, value, gradient) * (q * RateOf(index)));
        plan.Assign(_velocities[index], velocity);
        plan.Assign(Parameters[index], value - velocity);
    }
}
