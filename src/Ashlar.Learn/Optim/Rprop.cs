using Ashlar.Ir;
using Ashlar.Nn;

namespace Ashlar.Optim;

/// <summary>Steps by the gradient's sign, their length grown while the sign stays and shortened when it turns. For whole data sets, not for batches.</summary>
/// <remarks>
/// Where g · g₋₁ > 0 the length is multiplied by η⁺; where it is negative by η⁻, and no step is taken and g forgotten; w ← w - sign(g) · length.
/// The learning rate is the length at first; changing it later changes nothing. Igel, Hüsken 2000, "Improving the Rprop learning algorithm", iRprop⁻.
/// </remarks>
public sealed class Rprop : Optimizer
{
    readonly double _shorter;
    readonly double _longer;
    readonly double _least;
    readonly double _most;
    readonly Variable[] _gradients;
    readonly Variable[] _lengths;

    /// <param name="parameters">What to train.</param>
    /// <param name="learningRate">Length of the first steps, ≥ 0.</param>
    /// <param name="shorter">η⁻, 0 &lt; η⁻ &lt; 1.</param>
    /// <param name="longer">η⁺, > 1.</param>
    /// <param name="least">Shortest length, ≥ 0.</param>
    /// <param name="most">Longest length.</param>
    /// <exception cref="ArgumentException">No parameters, or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number lies outside its range.</exception>
    public Rprop(IReadOnlyList<Parameter> parameters, double learningRate = 1e-2, double shorter = 0.5, double longer = 1.2, double least = 1e-6, double most = 50)
        : base(parameters, learningRate)
    {
        if (!(shorter > 0 && shorter < 1 && longer > 1))
        {
            throw new ArgumentOutOfRangeException(shorter is > 0 and < 1 ? nameof(longer) : nameof(shorter), FormattableString.Invariant($"Rprop: factors {shorter} and {longer} do not lie on both sides of 1. The usual ones are 0.5 and 1.2."));
        }

        (_shorter, _longer, _least, _most) = (shorter, longer, least, most);
        _gradients = StateOf("gradient");
        _lengths = StateOf("length", learningRate);
    }

    /// <inheritdoc/>
    protected override void Update(StepPlan plan, int index, Tensor value, Tensor gradient)
    {
        Tensor product = gradient * new Tensor(_gradients[index].Leaf);
        Tensor turned = product < 0;
        Tensor factor = Tensor.Where(product > 0, Number(value, _longer), Tensor.Where(turned, Number(value, _shorter), Number(value, 1)));
        Tensor length = new Tensor(_lengths[index].Leaf) * factor;
        length = Tensor.Minimum(Tensor.Maximum(length, Number(value, _least)), Number(value, _most));
        Tensor g = Tensor.Where(turned, Number(value, 0), gradient);
        plan.Assign(_lengths[index], length);
        plan.Assign(_gradients[index], g);
        plan.Assign(Parameters[index], value - (g.Sign() * length));
    }

    static Tensor Number(Tensor like, double value) => Tensor.Scalar(value, like.DType);
}
