using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Tests.Primitives;

namespace Ashlar.Tests.Law;

/// <summary>The same elements in memory of one layout or another.</summary>
static class LaidOut
{
    /// <summary>A node of the given elements, row-major; under <see cref="Layout.Broadcast"/> every row is the first.</summary>
    public static Node Of(Layout layout, double[] values, Shape shape, DType type)
    {
        int rank = shape.Rank;
        switch (layout)
        {
            case Layout.Transposed:
                int[] reversed = [.. Enumerable.Range(0, rank).Reverse()];
                return Op.Permute(Placed(values, shape, new Shape([.. shape.Reverse()]), at => [.. at.Reverse()], type), reversed);
            case Layout.Strided:
                Node wide = Placed(values, shape, new Shape([.. shape.Select(extent => 2 * extent)]), at => [.. at.Select(place => 2 * place)], type);
                return Op.Slice(wide, new int[rank], shape.Extents, [.. Enumerable.Repeat(2, rank)]);
            case Layout.Backwards:
                Node turned = Placed(values, shape, shape, at => [.. at.Select((place, axis) => shape[axis] - 1 - place)], type);
                return Op.Flip(turned, [.. Enumerable.Range(0, rank)]);
            case Layout.Inner:
                Node larger = Placed(values, shape, new Shape([.. shape.Select(extent => extent + 2)]), at => [.. at.Select(place => place + 1)], type);
                return Op.Slice(larger, [.. Enumerable.Repeat(1, rank)], shape.Extents, [.. Enumerable.Repeat(1, rank)]);
            case Layout.Broadcast when rank > 0 && shape[0] > 0:
                int row = shape.Size / shape[0];
                return Op.Expand(Operand.Constant(values[..row], new Shape([1, .. shape.Extents[1..]]), type), shape.Extents);
            default:
                return Operand.Constant(values, shape, type);
        }
    }

    // Elements in between hold a number of their own, so that reading a wrong place shows.
    static Node Placed(double[] values, Shape shape, Shape stored, Func<int[], int[]> place, DType type)
    {
        var all = new double[stored.Size];
        all.AsSpan().Fill(1);
        int[] strides = stored.Strides();
        foreach ((int index, int[] at) in Coordinates.Of(shape))
        {
            all[place(at).Select((position, axis) => position * strides[axis]).Sum()] = values[index];
        }

        return Operand.Constant(all, stored, type);
    }
}
