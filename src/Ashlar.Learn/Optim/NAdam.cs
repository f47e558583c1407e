using Ashlar.Functions;
using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Adam with Nesterov's look ahead.</summary>
/// <remarks>
/// With g = gradient + decay · w, m and v as in <see cref="Adam"/>, μₜ = β₁ · (1 - ½ · 0.96^(t · ψ)) and Mₜ = μ₁ · … · μₜ:
/// w ← w - rate · (g · (1 - μₜ) / (1 - Mₜ) + m · μₜ₊₁ / (1 - Mₜ₊₁)) / (√(v / (1 - β₂ᵗ)) + ε).
/// Dozat 2016, "Incorporating Nesterov momentum into Adam", algorithm 2. PyTorch before 2.0 takes μₜ twice into Mₜ₊₁.
/// </remarks>
public sealed class NAdam : Optimizer
{
    readonly double _beta1;
    readonly double _beta2;
    readonly double _epsilon;
    readonly double _momentumDecay;
    readonly Variable[] _first;
    readonly Variable[] _second;
    readonly RunningPower _power2;
    double _product = 1;
    long _factors;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <param name="beta1">β₁, share of the mean gradient that is kept, 0 ≤ β₁ &lt; 1.</param>
    /// <param name="beta2">β₂, share of the mean square that is kept, 0 ≤ β₂ &lt; 1.</param>
    /// <param name="epsilon">ε, what is added to the root, > 0.</param>
    /// <param name="weightDecay">Factor of w added to the gradient, ≥ 0.</param>
    /// <param name="momentumDecay">ψ, how fast μ rises to β₁, ≥ 0.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public NAdam(IReadOnlyList<Parameter> parameters, double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, double momentumDecay = 4e-3)
        : base(parameters, learningRate, weightDecay)
    {
        (_beta1, _beta2, _epsilon, _momentumDecay) = (Share(beta1, nameof(beta1), 0.9), Share(beta2, nameof(beta2), 0.999), epsilon, momentumDecay);
        _power2 = new RunningPower(beta2);
        _first = StateOf("first_moment");
        _second = StateOf("second_moment");
    }

    /// <inheritdoc/>
    protected override void Prepare(long step)
    {
        if (step < _factors)
        {
            (_product, _factors) = (1, 0);
        }

        while (_factors < step)
        {
            _product *= Momentum(++_factors);
        }
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        Tensor g = Penalized(index, value, gradient);
        Tensor m = plan.Average(_first[index], _beta1, g);
        Tensor v = plan.Average(_second[index], _beta2, g * g);
        Tensor root = (v / (1 - _power2.At(plan.Step))).Sqrt() + _epsilon;
        double next = Momentum(plan.Step + 1);
        double rate = RateOf(index);
        plan.Assign(Parameters[index], value
            - (g / root * (rate * (1 - Momentum(plan.Step)) / (1 - _product)))
            - (m / root * (rate * next / (1 - (_product * next)))));
    }

    double Momentum(long step) => _beta1 * (1 - (0.5 * ElementaryFunctions.Pow(0.96, step * _momentumDecay)));
}
