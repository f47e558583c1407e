namespace Ashlar.Nn;

/// <summary>Normalises over the last axes, each example for itself: (x - mean) / √(variance + ε) · weight + bias.</summary>
/// <remarks>Ba, Kiros, Hinton 2016, "Layer normalization". First values: weight 1, bias 0.</remarks>
public sealed class LayerNorm : Module
{
    readonly Shape _shape;
    readonly double _epsilon;

    /// <param name="features">Extent of the last axis.</param>
    /// <param name="epsilon">ε, added to the variance, > 0.</param>
    /// <param name="affine">Whether there are a weight and a bias.</param>
    /// <param name="bias">Whether there is a bias beside the weight.</param>
    public LayerNorm(int features, double epsilon = 1e-5, bool affine = true, bool bias = true)
        : this(new Shape(features), epsilon, affine, bias)
    {
    }

    /// <param name="shape">Extents of the last axes.</param>
    /// <param name="epsilon">ε, added to the variance, > 0.</param>
    /// <param name="affine">Whether there are a weight and a bias.</param>
    /// <param name="bias">Whether there is a bias beside the weight.</param>
    public LayerNorm(Shape shape, double epsilon = 1e-5, bool affine = true, bool bias = true)
    {
        (_shape, _epsilon) = (shape, epsilon);
        Weight = affine ? Register("weight", new Parameter(shape, _ => Tensor.Ones(shape))) : null;
        Bias = affine && bias ? Register("bias", new Parameter(shape, _ => Tensor.Zeros(shape))) : null;
    }

    /// <summary>[shape…], float32, or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>[shape…], float32, or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string ToString() => $"new LayerNorm({Of(_shape)}{Spatial.Given("epsilon", _epsilon, 1e-5)}{Spatial.Given("affine", Weight is not null, true)}{Spatial.Given("bias", Bias is not null || Weight is null, true)})";

    internal static string Of(Shape shape) => shape.Rank == 1 ? $"{shape[0]}" : $"new Shape({string.Join(", ", shape)})";

    /// <param name="x">[…, shape…]; floating.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">x does not end in the shape.</exception>
    protected override Tensor Apply(Tensor x) => Functional.LayerNorm(x, _shape, Weight?.Tensor, Bias?.Tensor, _epsilon);
}
