using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Momentum whose step is made nearly orthogonal, so that all directions of a weight matrix move alike. Parameters with fewer than two axes take AdamW's steps.</summary>
/// <remarks>
/// b ← μ b + (1 - μ) g; u = orthogonal((1 - μ) g + μ b) with Nesterov's look ahead, else of b; w ← w · (1 - rate · decay) - rate · √max(1, rows / columns) · u.
/// A tensor with more axes is the matrix of its first axis against the others. Orthogonal: five steps X ← a X + (b A + c A²) X, A = X Xᵀ, from X = u / (|u| + 10⁻⁷)
/// with (a, b, c) = (3.4445, -4.775, 2.0315), which bring singular values near 1. Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks".
/// Embeddings and the last layer are usually trained by AdamW instead: give them to one, and step both.
/// </remarks>
public sealed class Muon : Optimizer
{
    const int NewtonSchulzSteps = 5;
    const double AdamBeta1 = 0.9;
    const double AdamBeta2 = 0.95;
    const double AdamEpsilon = 1e-10;

    readonly double _momentum;
    readonly bool _nesterov;
    readonly double _adamFactor;
    readonly Variable[] _first;
    readonly Dictionary<int, Variable> _second = [];
    readonly RunningPower _power1 = new(AdamBeta1);
    readonly RunningPower _power2 = new(AdamBeta2);

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Factor of a step, ≥ 0.</param>
    /// <param name="momentum">μ, share of the mean gradient that is kept, 0 ≤ μ &lt; 1.</param>
    /// <param name="weightDecay">Share of w that a step of rate 1 takes away, ≥ 0.</param>
    /// <param name="nesterov">Whether to look ahead.</param>
    /// <param name="adamFactor">The learning rate of AdamW's steps (β 0.9 and 0.95) as a share of this one's.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Muon(IReadOnlyList<Parameter> parameters, double learningRate = 0.02, double momentum = 0.95, double weightDecay = 0, bool nesterov = true, double adamFactor = 0.015)
        : base(parameters, learningRate, weightDecay)
    {
        (_momentum, _nesterov, _adamFactor) = (Share(momentum, nameof(momentum), 0.95), nesterov, adamFactor);
        _first = StateOf("first_moment");
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Shape.Rank < 2)
            {
                _second.Add(i, StateOf(i, "second_moment", parameters[i].Shape));
            }
        }
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        if (_second.TryGetValue(index, out Variable? second))
        {
            Tensor m = plan.Average(_first[index], AdamBeta1, gradient);
            Tensor v = plan.Average(second, AdamBeta2, gradient * gradient);
            Tensor root = (v.Sqrt() / Math.Sqrt(1 - _power2.At(plan.Step))) + AdamEpsilon;
            double rate = RateOf(index) * _adamFactor;
            plan.Assign(Parameters[index], (value * (1 - (rate * DecayOf(index)))) - (m / root * (rate / (1 - _power1.At(plan.Step)))));
            return;
        }

        Tensor b = plan.Average(_first[index], _momentum, gradient);
        Tensor matrix = (_nesterov ? (gradient * (1 - _momentum)) + (b * _momentum) : b).Reshape(value.Shape[0], new Shape(value.Shape.Extents[1..]).Size);
        double scale = Math.Sqrt(Math.Max(1, (double)matrix.Shape[0] / matrix.Shape[1]));
        plan.Assign(Parameters[index], Decayed(index, value) - (Orthogonal(matrix).Reshape(value.Shape.Extents) * (RateOf(index) * scale)));
    }

    static Tensor Orthogonal(Tensor matrix)
    {
        bool tall = matrix.Shape[0] > matrix.Shape[1];
        Tensor x = tall ? matrix.T : matrix;
        x /= (x * x).Sum().Sqrt() + 1e-7;
        for (int i = 0; i < NewtonSchulzSteps; i++)
        {
            Tensor a = x.MatMul(x.T);
            x = (x * 3.4445) + ((a * -4.775) + (a.MatMul(a) * 2.0315)).MatMul(x);
        }

        return tall ? x.T : x;
    }
}
