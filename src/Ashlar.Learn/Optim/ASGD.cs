using Ashlar.Functions;
using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Gradient descent with a falling rate, and the mean of the parameters over the steps.</summary>
/// <remarks>
/// With g = gradient + decay · w and η = rate / (1 + λ · rate · (t - 1))^α: w ← w · (1 - λ η) - η g; mean ← mean + (w - mean) / max(1, t - 1 - start).
/// Polyak, Juditsky 1992, "Acceleration of stochastic approximation by averaging". The model keeps w; read the mean by <see cref="Average"/>.
/// </remarks>
public sealed class ASGD : Optimizer
{
    readonly double _lambda;
    readonly double _alpha;
    readonly double _start;
    readonly Variable[] _means;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <param name="lambda">λ, decay that is part of the rule, ≥ 0.</param>
    /// <param name="alpha">α, how fast the rate falls.</param>
    /// <param name="start">Steps before the mean begins; until then it is w.</param>
    /// <param name="weightDecay">Factor of w added to the gradient, ≥ 0.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public ASGD(IReadOnlyList<Parameter> parameters, double learningRate = 1e-2, double lambda = 1e-4, double alpha = 0.75, double start = 1e6, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        (_lambda, _alpha, _start) = (lambda, alpha, start);
        _means = StateOf("mean");
    }

    /// <summary>The mean of a parameter over the steps, copied.</summary>
    /// <param name="parameter">One of <see cref="Optimizer.Parameters"/>.</param>
    /// <exception cref="ArgumentException">It is not trained here.</exception>
    public Tensor Average(Parameter parameter)
    {
        int index = Parameters.ToList().IndexOf(parameter);
        return index >= 0
            ? Module.Copy(new Tensor(_means[index].Leaf))
            : throw new ArgumentException($"ASGD.Average: parameter '{parameter.FullName}' is not trained here. Give one of the optimizer's Parameters.", nameof(parameter));
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        double rate = RateOf(index);
        rate /= ElementaryFunctions.Pow(1 + (_lambda * rate * (plan.Step - 1)), _alpha);
        double share = 1 / Math.Max(1, plan.Step - 1 - _start);
        Tensor next = (value * (1 - (_lambda * rate))) - (Penalized(index, value, gradient) * rate);
        var mean = new Tensor(_means[index].Leaf);
        plan.Assign(_means[index], share == 1 ? next : mean + ((next - mean) * share));
        plan.Assign(Parameters[index], next);
    }
}
