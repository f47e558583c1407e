namespace Ashlar.Cpu.Contraction;

/// <summary>Offsets of the points of a grid, in row-major order of its axes.</summary>
static class OffsetGrid
{
    /// <param name="extents">[axes] points along each axis.</param>
    /// <param name="strides">[axes] elements from one point to the next.</param>
    /// <returns>[product of extents] offsets.</returns>
    /// <exception cref="ShapeException">An offset does not fit 32 bits.</exception>
    public static int[] Of(int[] extents, int[] strides)
    {
        var offsets = new int[Count(extents, "offsets")];
        if (offsets.Length == 0)
        {
            return offsets;
        }

        int filled = 1;
        for (int axis = extents.Length - 1; axis >= 0; axis--)
        {
            for (int i = extents[axis] - 1; i > 0; i--)
            {
                for (int j = 0; j < filled; j++)
                {
                    offsets[(i * filled) + j] = Fit(offsets[j] + ((long)i * strides[axis]), "offsets");
                }
            }

            filled *= extents[axis];
        }

        return offsets;
    }

    /// <summary>Strides of a dense array whose last axis is the nearest.</summary>
    public static int[] RowMajor(int[] extents, string what)
    {
        var strides = new int[extents.Length];
        long stride = 1;
        for (int axis = extents.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = Fit(stride, what);
            stride *= Math.Max(1, extents[axis]);
        }

        Fit(stride, what);
        return strides;
    }

    /// <summary>Points of the grid.</summary>
    public static int Count(int[] extents, string what)
    {
        long count = 1;
        foreach (int extent in extents)
        {
            count = Fit(count * extent, what);
        }

        return (int)count;
    }

    /// <summary>The value as a 32-bit offset.</summary>
    public static int Fit(long value, string what) => value is >= int.MinValue and <= int.MaxValue
        ? (int)value
        : throw new ShapeException($"{what}: {value} elements do not fit 32-bit offsets. Use smaller batches.");
}
