using System.Globalization;
using Ashlar.Ir;
using Ashlar.Nn;
using Ashlar.Schedule;

namespace Ashlar.Optim;

/// <content>What happens to gradients before the rule sees them: accumulation and clipping.</content>
public abstract partial class Optimizer
{
    // Keeps the factor finite where the norm is 0, as PyTorch's does.
    const double NormEpsilon = 1e-6;

    Variable[]? _accumulated;

    /// <summary>Each element of the gradient is brought into ±this; null for none. Acts before <see cref="ClipNorm"/>. Changing the number builds no plan.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public double? ClipValue
    {
        get;
        set => field = Limit(value, nameof(ClipValue));
    }

    /// <summary>The gradients of all parameters together are shortened to this Euclidean norm if they are longer; null for none. Changing the number builds no plan.</summary>
    /// <remarks>Pascanu, Mikolov, Bengio 2013, "On the difficulty of training recurrent neural networks", algorithm 1: factor min(1, limit / (norm + 10⁻⁶)).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public double? ClipNorm
    {
        get;
        set => field = Limit(value, nameof(ClipNorm));
    }

    /// <summary>The norm [] of the last step's gradients before <see cref="ClipNorm"/> shortened them; null before a step that clipped. Reading it costs nothing.</summary>
    public Tensor? GradientNorm { get; private set; }

    /// <summary>Losses accumulated since the last step.</summary>
    public int AccumulatedBatches { get; private set; }

    /// <summary>Adds the gradient of a loss to what the next step takes, so that a batch may be cut into parts that fit the memory: Step(a + b) and Accumulate(a), Step(b) differ by rounding only. For a mean over n parts divide each loss by n.</summary>
    /// <param name="loss">[]; its value is kept.</param>
    /// <exception cref="ShapeException">The loss is not a single number.</exception>
    /// <exception cref="InvalidOperationException">No gradient leads to a parameter.</exception>
    public void Accumulate(Tensor loss)
    {
        if (!loss.Node.IsTraced)
        {
            throw new InvalidOperationException($"{GetType().Name}.Accumulate: no gradient leads from the loss to a parameter. Compute it from the model's parameters, outside Transform.NoGradient() and without StopGradient().");
        }

        Node[] gradients = Autodiff.Gradients.Of(Scaled(loss).Node, [.. _parameters.Select(parameter => parameter.Variable.Leaf)]);
        _accumulated ??= [.. _parameters.Select(parameter => Zeros(parameter.Shape, parameter.DType, $"{parameter.FullName}.gradient"))];
        var plan = new StepPlan(Steps);
        for (int i = 0; i < gradients.Length; i++)
        {
            plan.Assign(_accumulated[i], new Tensor(_accumulated[i].Leaf) + new Tensor(gradients[i]));
        }

        StateBuffer[] buffers = Pending(plan);
        Evaluator.Assign([loss.Node], [.. plan.Assignments]);
        foreach (StateBuffer buffer in buffers)
        {
            buffer.Forget();
        }

        AccumulatedBatches++;
    }

    /// <summary>Forgets what <see cref="Accumulate"/> has gathered since the last step.</summary>
    public void Discard()
    {
        if (AccumulatedBatches > 0)
        {
            Evaluator.Assign([], [.. _accumulated!.Select(sum => new Assignment(sum, Tensor.Zeros(sum.Shape, sum.Type).Node))]);
            AccumulatedBatches = 0;
        }
    }

    Tensor[] AddAccumulated(Tensor[] gradients, StepPlan plan)
    {
        if (AccumulatedBatches == 0)
        {
            return gradients;
        }

        var sums = new Tensor[_parameters.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            var sum = new Tensor(_accumulated![i].Leaf);
            plan.Assign(_accumulated[i], Tensor.Zeros(sum.Shape, sum.DType));
            sums[i] = gradients.Length == 0 ? sum : sum + gradients[i];
        }

        return sums;
    }

    Tensor[] Clip(Tensor[] gradients, StepPlan plan)
    {
        if (ClipValue is { } value)
        {
            gradients = Array.ConvertAll(gradients, gradient => Tensor.Minimum(Tensor.Maximum(gradient, Tensor.Scalar(-value, gradient.DType)), Tensor.Scalar(value, gradient.DType)));
        }

        if (ClipNorm is not { } limit)
        {
            return gradients;
        }

        Tensor squares = (gradients[0] * gradients[0]).Sum();
        foreach (Tensor gradient in gradients.AsSpan(1))
        {
            squares += (gradient * gradient).Sum();
        }

        Tensor norm = squares.Sqrt();
        Tensor factor = Tensor.Minimum(limit / (norm + NormEpsilon), Tensor.Scalar(1, norm.DType));
        plan.GradientNorm = norm;
        return Array.ConvertAll(gradients, gradient => gradient * factor.To(gradient.DType));
    }

    double? Limit(double? value, string name) => value is null or > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, string.Create(CultureInfo.InvariantCulture, $"{GetType().Name}: {name} is {value}. Give a positive number, or null for no clipping."));
}
