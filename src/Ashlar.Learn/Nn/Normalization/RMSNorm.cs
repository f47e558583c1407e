namespace Ashlar.Nn;

/// <summary>Scales by the root of the mean square over the last axes: x / √(mean of x² + ε) · weight.</summary>
/// <remarks>Zhang, Sennrich 2019, "Root mean square layer normalization". First value: weight 1.</remarks>
public sealed class RMSNorm : Module
{
    readonly Shape _shape;
    readonly double _epsilon;

    /// <param name="features">Extent of the last axis.</param>
    /// <param name="epsilon">ε, added to the mean square, > 0.</param>
    /// <param name="affine">Whether there is a weight.</param>
    public RMSNorm(int features, double epsilon = 1e-6, bool affine = true)
        : this(new Shape(features), epsilon, affine)
    {
    }

    /// <param name="shape">Extents of the last axes.</param>
    /// <param name="epsilon">ε, added to the mean square, > 0.</param>
    /// <param name="affine">Whether there is a weight.</param>
    public RMSNorm(Shape shape, double epsilon = 1e-6, bool affine = true)
    {
        (_shape, _epsilon) = (shape, epsilon);
        Weight = affine ? Register("weight", new Parameter(shape, _ => Tensor.Ones(shape))) : null;
    }

    /// <summary>[shape…], float32, or null.</summary>
    public Parameter? Weight { get; }

    /// <inheritdoc/>
    public override string ToString() => $"new RMSNorm({LayerNorm.Of(_shape)}{Spatial.Given("epsilon", _epsilon, 1e-6)}{Spatial.Given("affine", Weight is not null, true)})";

    /// <param name="x">[…, shape…]; floating.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">x does not end in the shape.</exception>
    protected override Tensor Apply(Tensor x) => Functional.RmsNorm(x, _shape, Weight?.Tensor, _epsilon);
}
