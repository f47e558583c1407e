namespace Ashlar.Nn;

/// <summary>One axis becomes several.</summary>
public sealed class Unflatten : Module
{
    readonly int _axis;
    readonly int[] _extents;

    /// <param name="axis">The axis, negative from the back.</param>
    /// <param name="extents">What it becomes; their product is its extent.</param>
    public Unflatten(int axis, params int[] extents) => (_axis, _extents) = (axis, [.. extents]);

    /// <inheritdoc/>
    public override string ToString() => $"new Unflatten({string.Join(", ", _extents.Prepend(_axis))})";

    /// <param name="x">Any.</param>
    /// <returns>x with the axis cut.</returns>
    /// <exception cref="ShapeException">The axis does not exist, or has another extent.</exception>
    protected override Tensor Apply(Tensor x)
    {
        int axis = x.Shape.Axis(_axis, "Unflatten");
        return new Shape(_extents).Size == x.Shape[axis]
            ? x.Reshape([.. x.Shape.Extents[..axis], .. _extents, .. x.Shape.Extents[(axis + 1)..]])
            : throw new ShapeException($"Unflatten: axis {_axis} of {x.Shape} has {x.Shape[axis]} elements, which [{string.Join(", ", _extents)}] cannot hold. Give extents whose product is {x.Shape[axis]}.");
    }
}
