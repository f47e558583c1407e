namespace Ashlar.Primitives.Scan;

/// <summary>The places of one line along an axis, in the order in which a scan walks them.</summary>
static class ScanOrder
{
    public static IEnumerable<int[]> Lines(Shape shape, int axis, bool reverse)
    {
        int count = shape[axis];
        int inner = new Shape(shape.Extents[(axis + 1)..]).Size;
        int outer = new Shape(shape.Extents[..axis]).Size;
        var line = new int[count];
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                for (int j = 0; j < count; j++)
                {
                    line[reverse ? count - 1 - j : j] = (((o * count) + j) * inner) + i;
                }

                yield return line;
            }
        }
    }
}
