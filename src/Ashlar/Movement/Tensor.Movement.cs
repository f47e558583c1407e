using Ashlar.Primitives;

namespace Ashlar;

/// <content>Movement: the same elements arranged otherwise, without copying where a kernel can read them in place.</content>
public sealed partial class Tensor
{
    /// <summary>The last two axes exchanged; a vector stays.</summary>
    public Tensor T
    {
        get
        {
            if (Rank < 2)
            {
                return this;
            }

            Span<int> axes = stackalloc int[Rank];
            for (int i = 0; i < Rank; i++)
            {
                axes[i] = i;
            }

            (axes[^2], axes[^1]) = (axes[^1], axes[^2]);
            return Permute(axes);
        }
    }

    /// <summary>The same elements in row-major order under other extents; one may be -1 and follows from the others.</summary>
    /// <exception cref="ShapeException">The numbers of elements differ.</exception>
    public Tensor Reshape(params ReadOnlySpan<int> extents)
    {
        int[] wanted = extents.ToArray();
        int open = Array.IndexOf(wanted, -1);
        if (open >= 0)
        {
            int known = 1;
            for (int axis = 0; axis < wanted.Length; axis++)
            {
                known *= axis == open ? 1 : wanted[axis];
            }

            if (known <= 0 || Size % known != 0)
            {
                throw new ShapeException($"Reshape: {Shape} has {Size} elements, which [{string.Join(", ", wanted)}] cannot hold. The product of the known extents must divide it.");
            }

            wanted[open] = Size / known;
        }

        return Move(this, x => Op.Reshape(x, wanted));
    }

    /// <summary>The axes in another order: axis i of the result is axis axes[i].</summary>
    /// <exception cref="ShapeException">The axes are no permutation.</exception>
    public Tensor Permute(params ReadOnlySpan<int> axes)
    {
        var places = new int[axes.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = Shape.Axis(axes[i], "Permute");
        }

        return Move(this, x => Op.Permute(x, places));
    }

    /// <summary>NumPy's broadcast to a shape: leading axes are added, axes of extent 1 repeat.</summary>
    /// <exception cref="ShapeException">It does not broadcast.</exception>
    public Tensor BroadcastTo(Shape shape)
    {
        Shape both = Shape.Broadcast(Shape, shape, "BroadcastTo");
        return both.Equals(shape)
            ? Move(this, x => Op.Broadcast(x, shape))
            : throw new ShapeException($"BroadcastTo: {Shape} does not fit into {shape}. Each extent must be equal or 1.");
    }

    /// <summary>The elements start … start + count - 1 of an axis, which stays.</summary>
    /// <exception cref="ShapeException">They leave the axis.</exception>
    public Tensor Slice(int axis, int start, int count)
    {
        int place = Shape.Axis(axis, "Slice");
        var starts = new int[Rank];
        int[] extents = [.. Shape];
        var steps = new int[Rank];
        steps.AsSpan().Fill(1);
        starts[place] = start;
        extents[place] = count;
        return Move(this, x => Op.Slice(x, starts, extents, steps));
    }

    /// <summary>The axes walked backwards.</summary>
    /// <param name="axes">Which, negative from the back; none means all.</param>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public Tensor Flip(params ReadOnlySpan<int> axes)
    {
        int[] places = AllAxes(axes, "Flip");

        return Move(this, x => Op.Flip(x, places));
    }

    /// <summary>Surrounds the elements with one value.</summary>
    /// <param name="low">Elements before the first of each axis, ≥ 0.</param>
    /// <param name="high">Elements after the last of each axis, ≥ 0.</param>
    /// <param name="value">Their value.</param>
    /// <exception cref="ShapeException">There is not one number ≥ 0 for each axis.</exception>
    public Tensor Pad(ReadOnlySpan<int> low, ReadOnlySpan<int> high, double value = 0)
    {
        (int[] before, int[] after, int[] between) = (low.ToArray(), high.ToArray(), new int[Rank]);
        return DType.IsComplex
            ? Complex(Real.Pad(before, after, value), Imag.Pad(before, after))
            : new Tensor(Op.Pad(Node, before, after, between, value));
    }

    /// <summary>Elements picked along the last axis: y[…, j] = x[…, index[…, j]]; all other axes are equal.</summary>
    /// <exception cref="ShapeException">Axes before the last differ.</exception>
    public Tensor Gather(Tensor index) => Move(this, x => Op.Gather(x, index.Node));

    // A movement of numbers; of a complex tensor it moves each part.
    internal static Tensor Move(Tensor x, Func<Ir.Node, Ir.Node> movement) => x.DType.IsComplex
        ? Complex(new Tensor(movement(x.Real.Node)), new Tensor(movement(x.Imag.Node)))
        : new Tensor(movement(x.Node));
}
