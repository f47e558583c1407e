namespace Ashlar.Kernels;

/// <summary>Extents without the axes of extent 1: what two shapes share when a kernel may treat them as one space.</summary>
static class Space
{
    /// <summary>The extents other than 1, outermost first.</summary>
    public static int[] Of(Shape shape)
    {
        var extents = new List<int>(shape.Rank);
        foreach (int extent in shape.Extents)
        {
            if (extent != 1)
            {
                extents.Add(extent);
            }
        }

        return [.. extents];
    }

    /// <summary>The strides of the axes whose extent is not 1.</summary>
    public static int[] Strides(Shape shape, ReadOnlySpan<int> strides)
    {
        var kept = new List<int>(shape.Rank);
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] != 1)
            {
                kept.Add(strides[axis]);
            }
        }

        return [.. kept];
    }

    /// <summary>Row-major strides over extents.</summary>
    public static int[] Contiguous(ReadOnlySpan<int> extents)
    {
        var strides = new int[extents.Length];
        int stride = 1;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(1, extents[axis]);
        }

        return strides;
    }

    /// <summary>Product of the extents.</summary>
    public static int Size(ReadOnlySpan<int> extents)
    {
        int size = 1;
        foreach (int extent in extents)
        {
            size *= extent;
        }

        return size;
    }
}
