namespace Ashlar.Nn;

/// <summary>Neighbouring axes become one; by default all but the first.</summary>
public sealed class Flatten : Module
{
    readonly int _start;
    readonly int _end;

    /// <param name="start">The first of the axes, negative from the back.</param>
    /// <param name="end">The last of the axes, negative from the back.</param>
    public Flatten(int start = 1, int end = -1) => (_start, _end) = (start, end);

    /// <inheritdoc/>
    public override string ToString() => (_start, _end) == (1, -1) ? "new Flatten()" : $"new Flatten({_start}, {_end})";

    /// <param name="x">[N, …].</param>
    /// <returns>[N, product of the others].</returns>
    /// <exception cref="ShapeException">x has not the axes.</exception>
    protected override Tensor Apply(Tensor x)
    {
        if ((_start, _end) == (1, -1) && x.Rank < 2)
        {
            return x.Rank == 1 ? x.Reshape(x.Shape[0], 1) : throw new ShapeException($"Flatten: {x.Shape} has no batch axis. Give [N, …].");
        }

        (int start, int end) = (x.Shape.Axis(_start, "Flatten"), x.Shape.Axis(_end, "Flatten"));
        return start <= end
            ? x.Reshape([.. x.Shape.Extents[..start], new Shape(x.Shape.Extents[start..(end + 1)]).Size, .. x.Shape.Extents[(end + 1)..]])
            : throw new ShapeException($"Flatten: axis {_start} of {x.Shape} comes after axis {_end}. Exchange them.");
    }
}
