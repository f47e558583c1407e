namespace Ashlar.Learn.Tests.Nn.Layers;

/// <summary>One input of an example: floats in [-2, 2), or whole numbers below a bound.</summary>
/// <param name="Shape">Extents.</param>
/// <param name="Below">The bound of whole numbers, or null for floats.</param>
public sealed record LayerInput(Shape Shape, int? Below = null)
{
    public static LayerInput Of(params ReadOnlySpan<int> shape) => new(new Shape(shape));

    public static LayerInput Whole(int below, params ReadOnlySpan<int> shape) => new(new Shape(shape), below);

    public Tensor Draw(RandomKey key) => Below is { } below
        ? Tensor.From(Tensor.RandomUniform(key, Shape, 0, below).ToArray<float>().Select(value => (long)value).ToArray(), Shape.Extents)
        : Tensor.From(Tensor.RandomUniform(key, Shape, -2, 2).ToArray<float>(), Shape.Extents);
}
