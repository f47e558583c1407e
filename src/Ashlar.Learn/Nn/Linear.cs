using Ashlar.Nn.Init;

namespace Ashlar.Nn;

/// <summary>Affine map y = x · Wᵀ + b.</summary>
/// <remarks>Initialisation: He et al. 2015, section 2.2, with slope a = √5, which is uniform in ±1/√inputs; so is the bias.</remarks>
public sealed class Linear : Module
{
    readonly int _inputs;
    readonly int _outputs;

    /// <param name="inputs">Extent of the last axis of x.</param>
    /// <param name="outputs">Extent of the last axis of y.</param>
    /// <param name="bias">Whether to add b.</param>
    public Linear(int inputs, int outputs, bool bias = true)
        : this(inputs, outputs, bias, zeroBias: false)
    {
    }

    internal Linear(int inputs, int outputs, bool bias, bool zeroBias)
    {
        (_inputs, _outputs) = (inputs, outputs);
        Weight = Register("weight", new Parameter(new Shape(outputs, inputs), key => Kaiming.Uniform(key, new Shape(outputs, inputs), Math.Sqrt(5))));
        if (bias)
        {
            double bound = zeroBias ? 0 : 1 / Math.Sqrt(Math.Max(1, inputs));
            Bias = Register("bias", new Parameter(new Shape(outputs), key => Tensor.RandomUniform(key, new Shape(outputs), -bound, bound)));
        }
    }

    /// <summary>[outputs, inputs], float32.</summary>
    public Parameter Weight { get; }

    /// <summary>[outputs], float32, or null without bias.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string ToString() => $"new Linear({_inputs}, {_outputs}{(Bias is null ? ", bias: false" : "")})";

    /// <param name="x">[…, inputs].</param>
    /// <returns>[…, outputs].</returns>
    /// <exception cref="ShapeException">The last axis of x is not <c>inputs</c>.</exception>
    protected override Tensor Apply(Tensor x)
    {
        if (x.Rank == 0 || x.Shape[^1] != _inputs)
        {
            throw new ShapeException($"Linear: the input is {x.Shape}, its last axis must have {_inputs} features. Build Linear({(x.Rank == 0 ? 1 : x.Shape[^1])}, {_outputs}), or put a Flatten before it.");
        }

        Tensor y = x.MatMul(Weight.Tensor.T);
        return Bias is { } b ? y + b : y;
    }
}
