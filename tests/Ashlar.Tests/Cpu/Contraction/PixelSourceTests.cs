using System.Runtime.InteropServices;
using Ashlar.Cpu;
using Ashlar.Cpu.Contraction;
using Ashlar.Runtime;

namespace Ashlar.Tests.Cpu.Contraction;

public sealed class PixelSourceTests
{
    // Planes large enough for their corners to be computed one by one.
    static readonly Dictionary<string, ConvolutionShape> InPlace = new()
    {
        ["padded by one"] = new() { Input = [2, 40, 12, 18], Kernel = [32, 40, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["padded by two and three"] = new() { Input = [2, 9, 24, 49], Kernel = [32, 9, 5, 7], PaddingLow = [2, 3], PaddingHigh = [2, 3] },
        ["padded on one side"] = new() { Input = [2, 22, 12, 14], Kernel = [40, 22, 3, 3], PaddingLow = [0, 1], PaddingHigh = [2, 0] },
        ["two apart"] = new() { Input = [2, 24, 26, 34], Kernel = [32, 24, 3, 3], Strides = [2, 2], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["dilated"] = new() { Input = [1, 40, 30, 35], Kernel = [32, 40, 3, 3], KernelDilation = [2, 2], PaddingLow = [2, 2], PaddingHigh = [2, 2] },
        ["cropped"] = new() { Input = [2, 24, 14, 18], Kernel = [32, 24, 3, 3], PaddingLow = [-1, -2], PaddingHigh = [-2, 0] },
        ["not padded"] = new() { Input = [16, 30, 13, 13], Kernel = [24, 30, 3, 3] },
        ["groups"] = new() { Input = [3, 8, 22, 26], Kernel = [64, 4, 3, 3], Groups = 2, PaddingLow = [1, 1], PaddingHigh = [1, 1] },
    };

    public static TheoryData<string> Names => [.. InPlace.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public unsafe void Tiles_in_place_sum_each_pixel_once_and_all_that_is_no_padding(string name)
    {
        foreach (int registerBytes in new[] { 32, 64 })
        {
            ConvolutionShape shape = InPlace[name];
            int[] output = new ConvolutionGeometry(DType.Float32, shape).OutputShape;
            BroadcastPlan plan = BroadcastPlan.Of(DType.Float32, shape, output, registerBytes)!;
            PixelSource source = Assert.IsType<PixelSource>(plan.InPlace);
            int[] seen = new int[output[2] * output[3]];
            for (int block = 0; block < source.Tiles.Length; block++)
            {
                foreach (PixelTile tile in source.Tiles[block])
                {
                    for (int i = 0; i < tile.Pixels; i++)
                    {
                        bool isSecondRow = tile.Form == PixelTileForm.TwoRows && i >= tile.Pixels / 2;
                        int down = tile.Form == PixelTileForm.Column ? i : isSecondRow ? 1 : 0;
                        int across = tile.Form == PixelTileForm.Column ? 0 : isSecondRow ? i - (tile.Pixels / 2) : i;
                        int row = (block * plan.RowsInBlock) + (tile.Sums / output[3]) + down;
                        int column = (tile.Sums % output[3]) + across;
                        seen[(row * output[3]) + column]++;
                        long place = source.Start + ((long)block * plan.RowsInBlock * source.RowStep) + tile.Place + (down * source.RowStep) + (across * source.ColumnStep);
                        RequireInside(shape, source, tile.Position, row, column, place);
                    }
                }
            }

            Assert.Equal(Enumerable.Repeat(1, seen.Length), seen);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Images_read_in_place_give_the_bits_of_the_definition(string name)
    {
        ConvolutionShape shape = InPlace[name];
        float[] x = Nests.Fill<float>(shape.Input[0] * shape.Input[1] * shape.Input[2] * shape.Input[3], 1);
        float[] w = Nests.Fill<float>(shape.Kernel[0] * shape.Kernel[1] * shape.Kernel[2] * shape.Kernel[3], 2);
        RequireBits(shape, x, w);
        // A weight that is not finite shows at padding too, and the image is copied.
        w[^1] = float.NaN;
        RequireBits(shape, x, w);
    }

    [Fact]
    public void A_sum_of_products_too_small_to_be_held_keeps_its_sign_of_zero()
    {
        ConvolutionShape shape = InPlace["padded by one"];
        float[] x = new float[2 * 40 * 12 * 18];
        Array.Fill(x, 1e-30f);
        float[] w = new float[32 * 40 * 9];
        var random = new System.Random(3);
        for (int i = 0; i < w.Length; i++)
        {
            w[i] = random.Next(30) == 0 ? 1e-30f : -1e-31f;
        }

        // No padding follows the last term of an output in the middle: it ends as its last product does.
        Array.Fill(w, -1e-31f, 0, 20 * 40 * 9);
        float[] y = RequireBits(shape, x, w);
        Assert.Contains(int.MinValue, MemoryMarshal.Cast<float, int>(y).ToArray());
        Assert.Contains(0, MemoryMarshal.Cast<float, int>(y).ToArray());
    }

    [Theory]
    [InlineData(32, 32, "planes a multiple of a page apart")]
    [InlineData(16, 9, "corners that are many for the plane")]
    public void Images_are_copied_where_that_gains(int rows, int columns, string why)
    {
        var shape = new ConvolutionShape { Input = [2, 40, rows, columns], Kernel = [64, 40, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] };
        BroadcastPlan plan = BroadcastPlan.Of(DType.Float32, shape, [2, 64, rows, columns], 64)!;
        Assert.True(plan.InPlace is null, why);
        Assert.NotNull(plan.Copied);
    }

    static unsafe void RequireInside(ConvolutionShape shape, PixelSource source, int position, int row, int column, long place)
    {
        int depth = shape.Kernel[1] * shape.Kernel[2] * shape.Kernel[3];
        var terms = new HashSet<int>();
        bool leavesOut = source.Terms is not null && source.Terms.LeavesOut(position);
        for (int start = 0; start < depth; start += TileShape.Depth)
        {
            int count = leavesOut ? source.Terms!.Count(position, start) : Math.Min(TileShape.Depth, depth - start);
            for (int i = 0; i < count; i++)
            {
                int k = start + (leavesOut ? source.Terms!.Places(position, start)[i] : i);
                int offset = leavesOut ? source.Terms!.Depths(position, start)[i] : source.Places.Data[k];
                (int channel, int y, int x) = Pixel(shape, k, row, column);
                Assert.InRange(y, 0, shape.Input[2] - 1);
                Assert.InRange(x, 0, shape.Input[3] - 1);
                Assert.Equal((((channel * shape.Input[2]) + y) * shape.Input[3]) + x, place + offset);
                Assert.True(terms.Add(k));
            }
        }

        for (int k = 0; k < depth; k++)
        {
            (_, int y, int x) = Pixel(shape, k, row, column);
            bool isInside = y >= 0 && y < shape.Input[2] && x >= 0 && x < shape.Input[3];
            Assert.Equal(isInside, terms.Contains(k));
        }
    }

    static (int Channel, int Row, int Column) Pixel(ConvolutionShape shape, int k, int row, int column)
    {
        (int kernelRow, int kernelColumn) = (k / shape.Kernel[3] % shape.Kernel[2], k % shape.Kernel[3]);
        return (k / shape.Kernel[3] / shape.Kernel[2], Along(0, row, kernelRow), Along(1, column, kernelColumn));

        int Along(int axis, int output, int position) =>
            (output * (shape.Strides?[axis] ?? 1)) + (position * (shape.KernelDilation?[axis] ?? 1)) - (shape.PaddingLow?[axis] ?? 0);
    }

    static unsafe float[] RequireBits(ConvolutionShape shape, float[] x, float[] w)
    {
        int[] output = new ConvolutionGeometry(DType.Float32, shape).OutputShape;
        float[] expected = NaiveConvolution.Run(shape, output, x, w);
        float[] y = new float[expected.Length];
        using var pool = new WorkerPool(2);
        foreach (int registerBytes in new[] { 32, 64 })
        {
            BroadcastPlan plan = BroadcastPlan.Of(DType.Float32, shape, output, registerBytes)!;
            Assert.NotNull(plan.InPlace);
            using var panels = Storage.Allocate(plan.Layout.Bytes);
            fixed (float* px = x, pw = w, py = y)
            {
                BroadcastConvolution.Of(plan, isKept: false).Run(pool, pw, px, py);
                RequireEqual();
                Array.Clear(y);
                plan.Layout.Write(pool, pw, panels.Pointer);
                BroadcastConvolution.Of(plan, isKept: true).Run(pool, panels.Pointer, px, py);
                RequireEqual();
            }
        }

        return y;

        void RequireEqual()
        {
            for (int i = 0; i < y.Length; i++)
            {
                Assert.True(BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(y[i]) || (float.IsNaN(expected[i]) && float.IsNaN(y[i])), $"element {i}: {y[i]} instead of {expected[i]}");
            }
        }
    }
}
