using System.Runtime.InteropServices;
using Ashlar.Cpu;
using Ashlar.Cpu.Contraction;
using Ashlar.Runtime;

namespace Ashlar.Tests.Cpu.Contraction;

public sealed class TermsInsideTests
{
    const int Images = 32;
    const int Channels = 40;
    const int Side = 5;

    // Rows of eight pixels and more are read by broadcasting.
    static readonly ConvolutionShape Broadcast = new() { Input = [16, Channels, 6, 9], Kernel = [24, Channels, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] };

    // Images too few to be the nearest axis; rows short enough to be read two at a time.
    static readonly ConvolutionShape Few = new() { Input = [2, Channels, 7, 8], Kernel = [40, Channels, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] };

    static readonly ConvolutionShape Padded = new() { Input = [Images, Channels, Side, Side], Kernel = [18, Channels, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] };

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Outputs_at_an_edge_have_fewer_terms(int registerBytes)
    {
        ContractionNest nest = new ConvolutionGeometry(DType.Float32, Padded).Nest;
        var plan = new ContractionPlan(nest, registerBytes);
        int panels = Images / plan.Columns.Widths[0];
        Assert.NotNull(plan.Terms);
        Assert.True(plan.PacksOnTheWay(0, nest.BatchB[0], 0));

        // The corner reads the lower right two by two positions, the middle all nine.
        TermsInside inside = nest.Inside!;
        Assert.Equal([4, 5, 7, 8, 13, 14, 16, 17], inside.Terms[inside.Kinds[0]][..8]);
        Assert.Equal(4 * Channels, inside.Terms[inside.Kinds[0]].Length);
        Assert.Equal(6 * Channels, inside.Terms[inside.Kinds[Side - 2]].Length);
        Assert.Equal(-1, inside.Kinds[Side + 1]);
        Assert.False(plan.Terms.LeavesOut((Side + 1) * panels));
        Assert.True(plan.Terms.LeavesOut(0));
        Assert.Equal(4 * Channels, plan.Terms.Count(0, 0) + plan.Terms.Count(0, TileShape.Depth));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Rows_at_an_edge_have_fewer_terms(int registerBytes)
    {
        BroadcastPlan plan = BroadcastPlan.Of(DType.Float32, Broadcast, [16, 24, 6, 9], registerBytes)!;
        Assert.Equal(Enumerable.Range(0, 6).Select(row => row is 0 or 5), Enumerable.Range(0, 6).Select(row => plan.Copied.Terms!.LeavesOut(row)));
        Assert.Equal(6 * Channels, plan.Copied.Terms!.Count(0, 0) + plan.Copied.Terms.Count(0, TileShape.Depth));
    }

    [Fact]
    public unsafe void Columns_at_an_edge_have_tiles_of_their_own()
    {
        BroadcastPlan plan = BroadcastPlan.Of(DType.Float32, Few, [2, 40, 7, 8], 64)!;
        Assert.True(plan.SharesImages);
        PixelTile[] tiles = Assert.Single(plan.Copied.Tiles);
        Assert.Equal([5, 5], tiles.Where(tile => tile.Form == PixelTileForm.Column).Select(tile => tile.Pixels));
        Assert.Equal([12, 12], tiles.Where(tile => tile.Form == PixelTileForm.TwoRows).Select(tile => tile.Pixels));
        Assert.Equal([8, 6, 8], tiles.Where(tile => tile.Form == PixelTileForm.Row).Select(tile => tile.Pixels));
        Assert.All(tiles, tile => Assert.Equal(tile.Form == PixelTileForm.Column || tile.Pixels == 8, plan.Copied.Terms!.LeavesOut(tile.Position)));
        Assert.Equal([1, 2, 4, 5, 7, 8, 10, 11], new ReadOnlySpan<int>(plan.Copied.Terms!.Places(7, 0), 8).ToArray());
        // Six columns and five rows fit a tile of six pixels; eight columns are two tiles of four.
        Assert.All(BroadcastPlan.Of(DType.Float32, Few, [2, 40, 7, 8], 32)!.Copied.Tiles[0], tile => Assert.InRange(tile.Pixels, TileShape.Low, 6));
    }

    [Fact]
    public void Large_maps_without_much_padding_keep_all_terms()
    {
        var shape = new ConvolutionShape { Input = [32, 2, 40, 12], Kernel = [16, 2, 3, 1], PaddingLow = [1, 0], PaddingHigh = [1, 0] };
        var geometry = new ConvolutionGeometry(DType.Float32, shape);
        Assert.True(geometry.NeedsPaddedInput);
        Assert.Null(geometry.Nest.Inside);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_weight_that_is_not_finite_shows_at_padding_too(float weight)
    {
        foreach (ConvolutionShape shape in new[] { Padded, Broadcast, Few })
        {
            int pixels = shape.Input[2] * shape.Input[3];
            float[] w = Nests.Fill<float>(shape.Kernel[0] * Channels * 9, 2);
            // The last weight of output 3: no output of the last row or column reads an input with it.
            w[(4 * Channels * 9) - 1] = weight;
            float[] y = RequireBits(shape, Nests.Fill<float>(shape.Input[0] * Channels * pixels, 1), w);
            Assert.True(float.IsNaN(y[(4 * pixels) - 1]));
            Assert.True(float.IsFinite(y[(5 * pixels) - 1]));
        }
    }

    [Theory]
    [InlineData(-1e-30f)]
    [InlineData(1e-30f)]
    public void A_product_too_small_to_be_held_keeps_its_sign_of_zero(float small)
    {
        foreach (ConvolutionShape shape in new[] { Padded, Broadcast, Few })
        {
            float[] x = new float[shape.Input[0] * Channels * shape.Input[2] * shape.Input[3]];
            float[] w = new float[shape.Kernel[0] * Channels * 9];
            // Products of −10⁻⁶⁰ round to −0; terms of padding behind them, with weights of either sign or zero, make +0 of it or leave it.
            var random = new System.Random(7);
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = random.Next(3) == 0 ? 1e-30f : 0;
            }

            for (int i = 0; i < w.Length; i++)
            {
                w[i] = random.Next(40) switch { 0 => small, 1 => -0f, 2 => -small, _ => -1e-31f };
            }

            float[] y = RequireBits(shape, x, w);
            Assert.Contains(int.MinValue, MemoryMarshal.Cast<float, int>(y).ToArray());
            Assert.Contains(0, MemoryMarshal.Cast<float, int>(y).ToArray());
        }
    }

    // Against the definition, in which padding takes part.
    static unsafe float[] RequireBits(ConvolutionShape shape, float[] x, float[] w)
    {
        var geometry = new ConvolutionGeometry(DType.Float32, shape);
        float[] expected = NaiveConvolution.Run(shape, geometry.OutputShape, x, w);
        float[] y = new float[expected.Length];
        float[] padded = new float[geometry.PaddedLength];
        using var pool = new WorkerPool(2);
        foreach (int registerBytes in new[] { 32, 64 })
        {
            BroadcastPlan? plan = BroadcastPlan.Of(DType.Float32, shape, geometry.OutputShape, registerBytes);
            Assert.Equal(shape != Padded, plan is not null);
            fixed (float* px = x, pw = w, py = y, pp = padded)
            {
                if (plan is not null)
                {
                    using var panels = Storage.Allocate(plan.Layout.Bytes);
                    plan.Layout.Write(pool, pw, panels.Pointer);
                    BroadcastConvolution.Of(plan, isKept: true).Run(pool, panels.Pointer, px, py);
                    RequireEqual($"{registerBytes} bytes, weights laid out before");
                    BroadcastConvolution.Of(plan, isKept: false).Run(pool, pw, px, py);
                }
                else
                {
                    geometry.Pad(pool, px, pp);
                    new ContractionKernel(geometry.Nest, registerBytes).Run(pool, pw, pp, py);
                }
            }

            RequireEqual($"{registerBytes} bytes");
        }

        return y;

        void RequireEqual(string kind)
        {
            for (int i = 0; i < y.Length; i++)
            {
                Assert.True(BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(y[i]) || (float.IsNaN(expected[i]) && float.IsNaN(y[i])), $"{kind}, element {i}: {y[i]} instead of {expected[i]}");
            }
        }
    }
}
