using Ashlar.Primitives;

namespace Ashlar;

/// <content>Axes of extent 1 added and taken away, axes moved.</content>
public sealed partial class Tensor
{
    /// <summary>Without axes of extent 1.</summary>
    /// <param name="axes">Which, negative from the back; none means all that have extent 1.</param>
    /// <exception cref="ShapeException">A named axis does not exist or has another extent.</exception>
    public Tensor Squeeze(params ReadOnlySpan<int> axes)
    {
        int[] gone = axes.IsEmpty ? [.. Enumerable.Range(0, Rank).Where(axis => Shape[axis] == 1)] : AllAxes(axes, "Squeeze");
        foreach (int axis in gone)
        {
            if (Shape[axis] != 1)
            {
                throw new ShapeException($"Squeeze: axis {axis} of {Shape} has extent {Shape[axis]}, not 1. Reduce or index it away first.");
            }
        }

        return Reshape([.. Enumerable.Range(0, Rank).Where(axis => !gone.Contains(axis)).Select(axis => Shape[axis])]);
    }

    /// <summary>With a new axis of extent 1 (the Array API calls it expand_dims).</summary>
    /// <param name="axis">Its place in the result, from -rank - 1 to rank.</param>
    /// <exception cref="ShapeException">The place does not exist.</exception>
    public Tensor Unsqueeze(int axis)
    {
        int place = axis < 0 ? axis + Rank + 1 : axis;
        if (place < 0 || place > Rank)
        {
            throw new ShapeException($"Unsqueeze: {Shape} has no place {axis} for a new axis. Places run from {-Rank - 1} to {Rank}.");
        }

        return Reshape([.. Shape.Extents[..place], 1, .. Shape.Extents[place..]]);
    }

    /// <summary>With one axis moved to another place, the others in their order.</summary>
    /// <param name="source">The axis, negative from the back.</param>
    /// <param name="destination">Its place in the result, negative from the back.</param>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public Tensor MoveAxis(int source, int destination) => MoveAxis([source], [destination]);

    /// <summary>With several axes moved to other places, the others in their order.</summary>
    /// <param name="source">The axes, negative from the back.</param>
    /// <param name="destination">Their places in the result, negative from the back.</param>
    /// <exception cref="ShapeException">An axis does not exist or is named twice, or the numbers of axes differ.</exception>
    public Tensor MoveAxis(ReadOnlySpan<int> source, ReadOnlySpan<int> destination)
    {
        if (source.Length != destination.Length)
        {
            throw new ShapeException($"MoveAxis: {source.Length} axes and {destination.Length} destinations. Give one for each.");
        }

        if (source.IsEmpty)
        {
            return this;
        }

        int[] from = AllAxes(source, "MoveAxis");
        int[] to = AllAxes(destination, "MoveAxis");
        var order = new List<int>(Enumerable.Range(0, Rank).Except(from));
        foreach ((int place, int axis) in to.Zip(from).OrderBy(pair => pair.First))
        {
            order.Insert(place, axis);
        }

        int[] axes = [.. order];
        return Move(this, x => Op.Permute(x, axes));
    }

    /// <summary>With two axes exchanged.</summary>
    /// <param name="a">An axis, negative from the back.</param>
    /// <param name="b">An axis, negative from the back.</param>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public Tensor SwapAxes(int a, int b)
    {
        int[] order = [.. Enumerable.Range(0, Rank)];
        (int first, int second) = (Shape.Axis(a, "SwapAxes"), Shape.Axis(b, "SwapAxes"));
        (order[first], order[second]) = (second, first);
        return Move(this, x => Op.Permute(x, order));
    }

    /// <summary>With the axes start … end made one; a number becomes [1].</summary>
    /// <param name="start">The first axis, negative from the back.</param>
    /// <param name="end">The last axis, negative from the back.</param>
    /// <exception cref="ShapeException">An axis does not exist, or the last lies before the first.</exception>
    public Tensor Flatten(int start = 0, int end = -1)
    {
        if (Rank == 0)
        {
            return Reshape(1);
        }

        (int first, int last) = (Shape.Axis(start, "Flatten"), Shape.Axis(end, "Flatten"));
        if (last < first)
        {
            throw new ShapeException($"Flatten: the last axis {end} of {Shape} lies before the first, {start}. Exchange them.");
        }

        int extent = 1;
        foreach (int inside in Shape.Extents[first..(last + 1)])
        {
            extent *= inside;
        }

        return Reshape([.. Shape.Extents[..first], extent, .. Shape.Extents[(last + 1)..]]);
    }
}
