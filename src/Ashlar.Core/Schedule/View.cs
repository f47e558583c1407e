using Ashlar.Ir;
using Ashlar.Kernels;
using Ashlar.Primitives.Movement;

namespace Ashlar.Schedule;

/// <summary>Where the elements of a node lie inside another node's contiguous value.</summary>
/// <param name="Base">The node whose value is in memory.</param>
/// <param name="Offset">Place of the first element.</param>
/// <param name="Strides">Distance along each axis of the viewing node.</param>
sealed record View(Node Base, int Offset, int[] Strides)
{
    public static View Whole(Node node) => new(node, 0, node.Primitive.Lowering == Lowering.Iota ? Ramp(node) : node.Shape.Strides());

    /// <summary>Whether the view is all of its base in row-major order.</summary>
    public bool IsWhole(Shape shape) => Offset == 0 && Base.Shape.Size == shape.Size
        && Base.Primitive.Lowering != Lowering.Iota && IsContiguous(shape);

    /// <summary>Whether the elements stand side by side in row-major order.</summary>
    public bool IsContiguous(Shape shape) => Space.Strides(shape, Strides).AsSpan().SequenceEqual(Space.Contiguous(Space.Of(shape)));

    /// <summary>The view that a movement of this view's node gives, or null if no strides express it.</summary>
    public View? Move(Node movement)
    {
        Shape from = movement.Inputs[0].Shape;
        switch (movement.Primitive)
        {
            case PermutePrimitive:
                return this with { Strides = [.. ((Primitives.Axes)movement.Attributes!).Values.ToArray().Select(axis => Strides[axis])] };
            case ExpandPrimitive:
                return this with { Strides = [.. Strides.Select((stride, axis) => from[axis] == movement.Shape[axis] ? stride : 0)] };
            case SlicePrimitive:
                var slice = (SliceAttributes)movement.Attributes!;
                int offset = Offset;
                var strides = new int[Strides.Length];
                for (int axis = 0; axis < strides.Length; axis++)
                {
                    offset += slice.Extents[axis] == 0 ? 0 : slice.Starts[axis] * Strides[axis];
                    strides[axis] = slice.Steps[axis] * Strides[axis];
                }

                return new View(Base, offset, strides);
            case ReshapePrimitive:
                return Reshape(from, movement.Shape) is { } reshaped ? this with { Strides = reshaped } : null;
            default:
                return this;
        }
    }

    // Groups of old axes that walk as one are cut into the new axes; where old axes do not walk as one, no strides express the reshape.
    int[]? Reshape(Shape from, Shape to)
    {
        var strides = new int[to.Rank];
        if (to.Size == 0)
        {
            return strides;
        }

        int[] old = Space.Of(from);
        int[] oldStrides = Space.Strides(from, Strides);
        int read = 0;
        int write = 0;
        while (read < old.Length || write < to.Rank)
        {
            long oldSize = read < old.Length ? old[read] : 1;
            long newSize = write < to.Rank ? to[write] : 1;
            int lastOld = Math.Min(read + 1, old.Length);
            int lastNew = Math.Min(write + 1, to.Rank);
            while (oldSize != newSize)
            {
                if (oldSize < newSize)
                {
                    oldSize *= old[lastOld++];
                }
                else
                {
                    newSize *= to[lastNew++];
                }
            }

            for (int axis = read; axis + 1 < lastOld; axis++)
            {
                if (oldStrides[axis] != oldStrides[axis + 1] * old[axis + 1])
                {
                    return null;
                }
            }

            int stride = lastOld > read ? oldStrides[lastOld - 1] : 1;
            for (int axis = lastNew - 1; axis >= write; axis--)
            {
                strides[axis] = stride;
                stride *= to[axis];
            }

            read = lastOld;
            write = lastNew;
        }

        return strides;
    }

    static int[] Ramp(Node iota)
    {
        var strides = new int[iota.Shape.Rank];
        strides[IotaPrimitive.AxisOf(iota)] = 1;
        return strides;
    }
}
