using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Gradient descent with momentum, Nesterov's look ahead and weight decay.</summary>
/// <remarks>
/// With g = gradient + decay · w: v ← momentum · v + (1 - dampening) · g, at the first step v ← g; w ← w - rate · (v, or g + momentum · v with Nesterov's look ahead).
/// Sutskever, Martens, Dahl, Hinton 2013, "On the importance of initialization and momentum in deep learning", in the form that PyTorch uses.
/// </remarks>
public sealed class SGD : Optimizer
{
    readonly double _momentum;
    readonly double _dampening;
    readonly bool _nesterov;
    readonly Variable[] _velocities;
    double _take;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <param name="momentum">Share of the last velocity that is kept, ≥ 0.</param>
    /// <param name="dampening">Share of the gradient that does not enter the velocity.</param>
    /// <param name="weightDecay">Factor of w added to the gradient, ≥ 0.</param>
    /// <param name="nesterov">Whether to look ahead; asks for momentum and no dampening.</param>
    /// <exception cref="ArgumentException">No parameters, one twice, or Nesterov's look ahead without momentum or with dampening.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate or decay is negative or no number.</exception>
    public SGD(IReadOnlyList<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false)
        : base(parameters, learningRate, weightDecay)
    {
        if (nesterov && (momentum <= 0 || dampening != 0))
        {
            throw new ArgumentException("SGD: Nesterov's look ahead asks for momentum and no dampening. Set momentum above 0 and dampening to 0.", nameof(nesterov));
        }

        (_momentum, _dampening, _nesterov) = (momentum, dampening, nesterov);
        _velocities = momentum == 0 ? [] : StateOf("velocity");
    }

    // The first step takes the whole gradient; the velocity is 0 then, so that one plan serves all steps.
    /// <inheritdoc/>
    protected override void Prepare(long step) => _take = step == 1 ? 1 : 1 - _dampening;

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        Tensor g = Penalized(index, value, gradient);
        if (_momentum != 0)
        {
            Tensor velocity = (new Tensor(_velocities[index].Leaf) * _momentum) + (_dampening == 0 ? g : g * _take);
            plan.Assign(_velocities[index], velocity);
            g = _nesterov ? g + (velocity * _momentum) : velocity;
        }

        plan.Assign(Parameters[index], value - (g * RateOf(index)));
    }
}
