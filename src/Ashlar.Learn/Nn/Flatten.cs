namespace Ashlar.Nn;

/// <summary>All axes but the first become one.</summary>
public sealed class Flatten : Module
{
    /// <param name="x">[N, …].</param>
    /// <returns>[N, product of the others].</returns>
    /// <exception cref="ShapeException">x has no axes.</exception>
    protected override Tensor Apply(Tensor x) => x.Rank > 0
        ? x.Reshape(x.Shape[0], new Shape(x.Shape.Extents[1..]).Size)
        : throw new ShapeException($"Flatten: {x.Shape} has no batch axis. Give [N, …].");
}
