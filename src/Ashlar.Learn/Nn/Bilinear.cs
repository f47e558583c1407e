namespace Ashlar.Nn;

/// <summary>y[…, o] = Σ over i, j of x1[…, i] · w[o, i, j] · x2[…, j] + b[o].</summary>
/// <remarks>First values: uniform in ±1/√inputs1, the bias too.</remarks>
public sealed class Bilinear : Module
{
    /// <param name="inputs1">Extent of the last axis of x1.</param>
    /// <param name="inputs2">Extent of the last axis of x2.</param>
    /// <param name="outputs">Extent of the last axis of y.</param>
    /// <param name="bias">Whether to add b.</param>
    public Bilinear(int inputs1, int inputs2, int outputs, bool bias = true)
    {
        double bound = 1 / Math.Sqrt(Math.Max(1, inputs1));
        var shape = new Shape(outputs, inputs1, inputs2);
        Weight = Register("weight", new Parameter(shape, key => Tensor.RandomUniform(key, shape, -bound, bound)));
        Bias = bias ? Register("bias", new Parameter(new Shape(outputs), key => Tensor.RandomUniform(key, new Shape(outputs), -bound, bound))) : null;
    }

    /// <summary>[outputs, inputs1, inputs2], float32.</summary>
    public Parameter Weight { get; }

    /// <summary>[outputs], float32, or null without bias.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string ToString() => $"new Bilinear({Weight.Shape[1]}, {Weight.Shape[2]}, {Weight.Shape[0]}{Spatial.Given("bias", Bias is not null, true)})";

    /// <param name="x1">[…, inputs1].</param>
    /// <param name="x2">[…, inputs2], with the same axes before the last.</param>
    /// <returns>[…, outputs].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor x1, Tensor x2)
    {
        (int outputs, int inputs1, int inputs2) = (Weight.Shape[0], Weight.Shape[1], Weight.Shape[2]);
        if (x1.Rank == 0 || x1.Rank != x2.Rank || x1.Shape[^1] != inputs1 || x2.Shape[^1] != inputs2 || !x1.Shape.Extents[..^1].SequenceEqual(x2.Shape.Extents[..^1]))
        {
            throw new ShapeException($"Bilinear: the inputs are {x1.Shape} and {x2.Shape}, wanted […, {inputs1}] and […, {inputs2}] with equal axes before the last. Check the features of the layers before it.");
        }

        int[] lead = [.. x1.Shape.Extents[..^1]];
        Tensor half = x1.MatMul(Weight.Tensor.Permute(1, 0, 2).Reshape(inputs1, outputs * inputs2)).Reshape([.. lead, outputs, inputs2]);
        Tensor y = (half * x2.Reshape([.. lead, 1, inputs2])).Sum([-1]);
        return Bias is null ? y : y + Bias.Tensor;
    }
}
