using Ashlar.Ir;

namespace Ashlar.Primitives.Reduce;

/// <summary>The shape rule and the element order that the reductions share.</summary>
static class ReducedShape
{
    public static Shape Of(Shape from, ReadOnlySpan<int> axes, string operation)
    {
        int mask = 0;
        foreach (int axis in axes)
        {
            mask |= 1 << from.Axis(axis, operation);
        }

        Span<int> kept = stackalloc int[from.Rank];
        int rank = 0;
        for (int axis = 0; axis < from.Rank; axis++)
        {
            if ((mask & (1 << axis)) == 0)
            {
                kept[rank++] = from[axis];
            }
        }

        return new Shape(kept[..rank]);
    }

    /// <summary>The elements that fall into each result, in the logical order of the law: row-major over the reduced axes.</summary>
    public static long[][] Gather(HostArray input, ReadOnlySpan<int> axes, Shape result)
    {
        int[] reduced = axes.ToArray();
        int[] strides = result.Strides();
        var target = new int[input.Shape.Rank];
        int kept = 0;
        for (int axis = 0; axis < target.Length; axis++)
        {
            target[axis] = Array.IndexOf(reduced, axis) < 0 ? strides[kept++] : 0;
        }

        var groups = new List<long>[result.Size];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = [];
        }

        foreach ((int place, int[] at) in Coordinates.Of(input.Shape))
        {
            int group = 0;
            for (int axis = 0; axis < at.Length; axis++)
            {
                group += at[axis] * target[axis];
            }

            groups[group].Add(input[place]);
        }

        return [.. groups.Select(group => group.ToArray())];
    }
}
