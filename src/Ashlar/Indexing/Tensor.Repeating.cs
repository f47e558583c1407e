using Ashlar.Primitives;

namespace Ashlar;

/// <content>The same elements again, or moved around.</content>
public sealed partial class Tensor
{
    /// <summary>The elements moved along all axes taken as one; those that leave at the end come back in front.</summary>
    /// <param name="shift">How far; negative moves toward the front.</param>
    public Tensor Roll(int shift) => Reshape(Size).Roll(shift, 0).Reshape(Shape.Extents);

    /// <summary>The elements moved along an axis; those that leave at the end come back in front.</summary>
    /// <param name="shift">How far; negative moves toward the front.</param>
    /// <param name="axis">The axis, negative from the back.</param>
    public Tensor Roll(int shift, int axis)
    {
        int place = Shape.Axis(axis, "Roll");
        int extent = Shape[place];
        int start = extent == 0 ? 0 : (int)(((extent - ((long)shift % extent)) % extent));
        return start == 0 ? this : Concat([Slice(place, start, extent - start), Slice(place, 0, start)], place);
    }

    /// <summary>Moves along several axes, one after the other.</summary>
    /// <exception cref="ShapeException">There is not one shift for each axis.</exception>
    public Tensor Roll(ReadOnlySpan<int> shifts, ReadOnlySpan<int> axes)
    {
        if (shifts.Length != axes.Length)
        {
            throw new ShapeException($"Roll: {shifts.Length} shifts for {axes.Length} axes. Give one for each.");
        }

        Tensor rolled = this;
        for (int i = 0; i < shifts.Length; i++)
        {
            rolled = rolled.Roll(shifts[i], axes[i]);
        }

        return rolled;
    }

    /// <summary>The whole tensor set side by side along its last axes, as often as each count says; missing axes are added in front.</summary>
    /// <exception cref="ShapeException">A count is negative.</exception>
    public Tensor Tile(params ReadOnlySpan<int> counts)
    {
        int rank = Math.Max(Rank, counts.Length);
        var single = new int[2 * rank];
        var repeated = new int[2 * rank];
        var result = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int extent = axis < rank - Rank ? 1 : Shape[axis - (rank - Rank)];
            int count = axis < rank - counts.Length ? 1 : counts[axis - (rank - counts.Length)];
            if (count < 0)
            {
                throw new ShapeException($"Tile: {count} copies are wanted. Ask for 0 or more.");
            }

            (single[2 * axis], single[(2 * axis) + 1]) = (1, extent);
            (repeated[2 * axis], repeated[(2 * axis) + 1]) = (count, extent);
            result[axis] = count * extent;
        }

        return Move(this, x => Op.Reshape(Op.Expand(Op.Reshape(x, single), repeated), result));
    }

    /// <summary>Each element of an axis several times, side by side, as NumPy's <c>repeat</c> and PyTorch's <c>repeat_interleave</c>.</summary>
    /// <param name="count">How often, ≥ 0.</param>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <exception cref="ShapeException">The count is negative.</exception>
    public Tensor Repeat(int count, int axis)
    {
        int place = Shape.Axis(axis, "Repeat");
        if (count < 0)
        {
            throw new ShapeException($"Repeat: {count} copies are wanted. Ask for 0 or more.");
        }

        int[] before = Shape.Extents[..(place + 1)].ToArray();
        int[] after = Shape.Extents[(place + 1)..].ToArray();
        return Move(this, x => Op.Expand(Op.Reshape(x, [.. before, 1, .. after]), [.. before, count, .. after])).Reshape([.. before[..^1], before[^1] * count, .. after]);
    }

    /// <summary>Each element of an axis as often as its count says. Evaluates the counts, because their sum is an extent.</summary>
    /// <param name="counts">Integers ≥ 0; [extent of the axis].</param>
    /// <param name="axis">The axis, negative from the back.</param>
    /// <exception cref="ShapeException">There is not one count ≥ 0 for each element.</exception>
    public Tensor Repeat(Tensor counts, int axis)
    {
        int place = Shape.Axis(axis, "Repeat");
        if (counts.Rank != 1 || counts.Size != Shape[place] || !counts.DType.IsInteger)
        {
            throw new ShapeException($"Repeat: counts {counts.DType.Name}{counts.Shape} for axis {place} of {Shape}. Give one integer for each of its {Shape[place]} elements.");
        }

        Tensor ends = counts.To(DType.Int64).CumSum(0);
        long[] all = ends.ToArray<long>();
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i] < (i == 0 ? 0 : all[i - 1]))
            {
                throw new ShapeException($"Repeat: the count of element {i} is negative. Give counts of 0 or more.");
            }
        }

        return Take(ends.SearchSorted(Arange(all.Length == 0 ? 0 : (int)all[^1]).To(DType.Int64), right: true), place);
    }

    /// <summary>Coordinates of a grid: each vector spread over the axes of all.</summary>
    /// <param name="coordinates">Vectors.</param>
    /// <param name="indexing">"xy" exchanges the first two axes, as for pictures and in the Array API; "ij" keeps the order.</param>
    /// <returns>A tensor for each vector, all of one shape.</returns>
    /// <exception cref="ShapeException">One is no vector.</exception>
    /// <exception cref="ArgumentException">The indexing is another word.</exception>
    public static Tensor[] MeshGrid(ReadOnlySpan<Tensor> coordinates, string indexing = "xy")
    {
        if (indexing is not ("xy" or "ij"))
        {
            throw new ArgumentException($"MeshGrid: the indexing is '{indexing}'. Use \"xy\" or \"ij\".", nameof(indexing));
        }

        var extents = new int[coordinates.Length];
        for (int i = 0; i < extents.Length; i++)
        {
            extents[i] = coordinates[i].Rank == 1 ? coordinates[i].Size : throw new ShapeException($"MeshGrid: coordinates {i} are {coordinates[i].Shape}. Give vectors.");
        }

        var grids = new Tensor[extents.Length];
        for (int i = 0; i < grids.Length; i++)
        {
            int[] own = Op.Ones(extents.Length);
            own[i] = extents[i];
            grids[i] = coordinates[i].Reshape(own).BroadcastTo(new Shape(extents));
            grids[i] = indexing == "xy" && extents.Length > 1 ? grids[i].SwapAxes(0, 1) : grids[i];
        }

        return grids;
    }
}
