namespace Ashlar.Nn;

/// <summary>The largest of each group of neighbouring features.</summary>
/// <param name="pieces">Features of a group, ≥ 1.</param>
/// <param name="axis">The axis of the features.</param>
public sealed class Maxout(int pieces, int axis = -1) : Module
{
    /// <inheritdoc/>
    public override string ToString() => $"new Maxout({pieces}, {axis})";

    /// <param name="x">[…, features, …].</param>
    /// <returns>As x with features / pieces along the axis.</returns>
    /// <exception cref="ShapeException">The groups do not fill the axis.</exception>
    protected override Tensor Apply(Tensor x) => Functional.Maxout(x, pieces, axis);
}
