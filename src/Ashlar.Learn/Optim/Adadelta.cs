using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Steps in the unit of the parameter: the root of the mean square of past steps over that of past gradients.</summary>
/// <remarks>
/// With g = gradient + decay · w: v ← ρ v + (1 - ρ) g²; d = √(u + ε) / √(v + ε) · g; u ← ρ u + (1 - ρ) d²; w ← w - rate · d.
/// Zeiler 2012, "ADADELTA: an adaptive learning rate method", algorithm 1.
/// </remarks>
public sealed class Adadelta : Optimizer
{
    readonly double _rho;
    readonly double _epsilon;
    readonly Variable[] _squares;
    readonly Variable[] _steps;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <param name="rho">ρ, share of the mean squares that is kept, 0 ≤ ρ &lt; 1.</param>
    /// <param name="epsilon">ε, what is added under the roots, > 0; it decides the first steps.</param>
    /// <param name="weightDecay">Factor of w added to the gradient, ≥ 0.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adadelta(IReadOnlyList<Parameter> parameters, double learningRate = 1, double rho = 0.9, double epsilon = 1e-6, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        (_rho, _epsilon) = (Share(rho, nameof(rho), 0.9), epsilon);
        _squares = StateOf("mean_square");
        _steps = StateOf("mean_square_step");
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        Tensor g = Penalized(index, value, gradient);
        Tensor v = plan.Average(_squares[index], _rho, g * g);
        Tensor d = (new Tensor(_steps[index].Leaf) + _epsilon).Sqrt() / (v + _epsilon).Sqrt() * g;
        plan.Average(_steps[index], _rho, d * d);
        plan.Assign(Parameters[index], value - (d * RateOf(index)));
    }
}
