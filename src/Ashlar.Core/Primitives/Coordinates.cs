namespace Ashlar.Primitives;

/// <summary>Walks a shape in row-major order, for the reference definitions.</summary>
static class Coordinates
{
    /// <summary>Each place with its coordinates; the array is reused from step to step.</summary>
    public static IEnumerable<(int Place, int[] At)> Of(Shape shape)
    {
        var at = new int[shape.Rank];
        for (int place = 0; place < shape.Size; place++)
        {
            yield return (place, at);
            for (int axis = shape.Rank - 1; axis >= 0 && ++at[axis] == shape[axis]; axis--)
            {
                at[axis] = 0;
            }
        }
    }
}
