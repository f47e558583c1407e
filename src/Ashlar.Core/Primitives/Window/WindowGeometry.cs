namespace Ashlar.Primitives.Window;

/// <summary>The shape rule and the element order that the window primitives share.</summary>
static class WindowGeometry
{
    public static Shape Infer(Shape from, WindowAttributes a, string operation)
    {
        int spatial = a.Window.Length;
        int lead = from.Rank - spatial;
        if (lead < 0)
        {
            throw new ShapeException($"{operation}: {from} has fewer axes than the window [{string.Join(", ", a.Window.ToArray())}]. Give [N, C, spatial].");
        }

        int[] extents = [.. from];
        for (int axis = 0; axis < spatial; axis++)
        {
            int room = from[lead + axis] + a.Low[axis] + a.High[axis] - a.Window[axis];
            if (room < 0 || a.Low[axis] >= a.Window[axis] || a.High[axis] >= a.Window[axis])
            {
                throw new ShapeException($"{operation}: window [{string.Join(", ", a.Window.ToArray())}] does not fit {from} along axis {lead + axis}, or its padding covers a whole window. Use a smaller window or less padding.");
            }

            extents[lead + axis] = (room / a.Strides[axis]) + 1;
        }

        return new Shape(extents);
    }

    /// <summary>For each result the places of its window's elements inside the input, row-major over the window; -1 is padding.</summary>
    public static IEnumerable<(int Place, int[] Sources)> Windows(Shape from, Shape result, WindowAttributes a)
    {
        int spatial = a.Window.Length;
        int lead = from.Rank - spatial;
        int[] strides = from.Strides();
        var window = new Shape(a.Window);
        var sources = new int[window.Size];
        foreach ((int place, int[] at) in Coordinates.Of(result))
        {
            foreach ((int i, int[] inner) in Coordinates.Of(window))
            {
                int source = 0;
                bool inside = true;
                for (int axis = 0; axis < lead; axis++)
                {
                    source += at[axis] * strides[axis];
                }

                for (int axis = 0; axis < spatial; axis++)
                {
                    int element = (at[lead + axis] * a.Strides[axis]) + inner[axis] - a.Low[axis];
                    inside &= (uint)element < (uint)from[lead + axis];
                    source += element * strides[lead + axis];
                }

                sources[i] = inside ? source : -1;
            }

            yield return (place, sources);
        }
    }
}
