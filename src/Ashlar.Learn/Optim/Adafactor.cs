using Ashlar.Functions;
using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Adam's division by the mean square with a memory of rows and columns instead of elements, for models that fill the memory.</summary>
/// <remarks>
/// For tensors with two axes or more: r ← β r + (1 - β) · mean of g² + ε₁ over the last axis, c the same over the last but one, v = r · c / mean r; others keep v itself;
/// β = 1 - t^-0.8. u = g / √v, shortened to u / max(1, rms(u) / d). w ← w · (1 - rate · decay) - min(rate, 1/√t) · max(ε₂, rms(w)) · u.
/// Shazeer, Stern 2018, "Adafactor: adaptive learning rates with sublinear memory cost", algorithms 4 and 5, without first moment.
/// </remarks>
public sealed class Adafactor : Optimizer
{
    const double LeastSquare = 1e-30;

    readonly double _leastScale;
    readonly double _clip;
    readonly double _fall;
    readonly Variable[] _rows;
    readonly Variable[] _columns;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Largest relative step, ≥ 0.</param>
    /// <param name="leastScale">ε₂, the least size of a parameter that a step is relative to.</param>
    /// <param name="clip">d, the largest root of the mean square of a step before scaling.</param>
    /// <param name="fall">0.8 in β = 1 - t^-0.8.</param>
    /// <param name="weightDecay">Share of w that a step of rate 1 takes away, ≥ 0.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Adafactor(IReadOnlyList<Parameter> parameters, double learningRate = 1e-2, double leastScale = 1e-3, double clip = 1, double fall = 0.8, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        (_leastScale, _clip, _fall) = (leastScale, clip, fall);
        _rows = [.. parameters.Select((parameter, i) => parameter.Shape.Rank < 2
            ? StateOf(i, "mean_square", parameter.Shape)
            : StateOf(i, "row_mean_square", new Shape([.. parameter.Shape.Extents[..^1], 1])))];
        _columns = [.. parameters.Select((parameter, i) => parameter.Shape.Rank < 2
            ? _rows[i]
            : StateOf(i, "column_mean_square", new Shape([.. parameter.Shape.Extents[..^2], 1, parameter.Shape[^1]])))];
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        double keep = 1 - ElementaryFunctions.Pow(plan.Step, -_fall);
        Tensor square = (gradient * gradient) + LeastSquare;
        Tensor step;
        if (value.Rank < 2)
        {
            step = gradient / plan.Average(_rows[index], keep, square).Sqrt();
        }
        else
        {
            Tensor r = plan.Average(_rows[index], keep, square.Mean([-1], keepAxes: true));
            Tensor c = plan.Average(_columns[index], keep, square.Mean([-2], keepAxes: true));
            step = gradient / ((r / r.Mean([-2], keepAxes: true)).Sqrt() * c.Sqrt());
        }

        Tensor size = Tensor.Maximum(RootMeanSquare(value), Tensor.Scalar(_leastScale, value.DType));
        Tensor shortened = size / Tensor.Maximum(RootMeanSquare(step) / _clip, Tensor.Scalar(1, value.DType));
        double rate = Math.Min(RateOf(index), 1 / Math.Sqrt(plan.Step));
        plan.Assign(Parameters[index], Decayed(index, value) - (step * (shortened * rate)));
    }

    static Tensor RootMeanSquare(Tensor x) => (x * x).Mean().Sqrt();
}
