namespace Ashlar;

/// <summary>Products of complex numbers along axes.</summary>
static class ComplexProduct
{
    /// <summary>Element i times element i + n/2, halving until one is left; an odd last one waits for the next round.</summary>
    public static Tensor Of(Tensor z, int[] axes, bool keepAxes)
    {
        int[] kept = [.. Enumerable.Range(0, z.Rank).Except(axes)];
        int[] extents = [.. kept.Select(axis => z.Shape[axis])];
        int count = new Shape([.. axes.Select(axis => z.Shape[axis])]).Size;
        Tensor product = z.Permute([.. kept, .. axes.Order()]).Reshape([.. extents, count]);
        product = count == 0 ? Tensor.Ones(new Shape([.. extents, 1]), z.DType) : product;
        for (; count > 1; count = (count + 1) / 2)
        {
            Tensor halves = product.Slice(-1, 0, count / 2) * product.Slice(-1, count / 2, count / 2);
            product = count % 2 == 0 ? halves : Tensor.Concat([halves, product.Slice(-1, count - 1, 1)], -1);
        }

        return product.Reshape([.. keepAxes ? Enumerable.Range(0, z.Rank).Select(axis => axes.Contains(axis) ? 1 : z.Shape[axis]) : extents]);
    }
}
