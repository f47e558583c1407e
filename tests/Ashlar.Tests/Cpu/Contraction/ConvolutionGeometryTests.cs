using System.Runtime.InteropServices;
using Ashlar.Cpu;
using Ashlar.Cpu.Contraction;
using Ashlar.Runtime;

namespace Ashlar.Tests.Cpu.Contraction;

public sealed class ConvolutionGeometryTests
{
    static readonly Dictionary<string, ConvolutionShape> Shapes = new()
    {
        ["3x3"] = new() { Input = [2, 3, 9, 11], Kernel = [5, 3, 3, 3] },
        ["1x1"] = new() { Input = [3, 20, 5, 7], Kernel = [6, 20, 1, 1] },
        ["5x5 of 300 products"] = new() { Input = [2, 12, 8, 8], Kernel = [7, 12, 5, 5] },
        ["same padding"] = new() { Input = [2, 3, 8, 9], Kernel = [4, 3, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["same padding of 360 products"] = new() { Input = [2, 40, 13, 37], Kernel = [14, 40, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["same padding, one small image"] = new() { Input = [1, 30, 7, 7], Kernel = [13, 30, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["one small image of many channels"] = new() { Input = [1, 300, 7, 7], Kernel = [96, 300, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["one small image, channels of the kernel exchanged"] = new() { Input = [1, 100, 7, 7], Kernel = [96, 100, 3, 3], KernelStrides = [9, 864, 3, 1], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["same padding of wide dilated windows"] = new() { Input = [3, 2, 9, 18], Kernel = [5, 2, 7, 7], PaddingLow = [4, 6], PaddingHigh = [8, 6], KernelDilation = [2, 2] },
        ["same width, higher"] = new() { Input = [2, 3, 6, 20], Kernel = [4, 3, 2, 3], PaddingLow = [3, 2], PaddingHigh = [1, 0] },
        ["same padding along one axis"] = new() { Input = [3, 4, 45], Kernel = [6, 4, 5], PaddingLow = [2], PaddingHigh = [2] },
        ["same padding of groups"] = new() { Input = [3, 12, 9, 14], Kernel = [20, 6, 3, 3], Groups = 2, PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["same padding of many outputs"] = new() { Input = [2, 3, 10, 11], Kernel = [600, 3, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["same padding, images inside channels"] = new() { Input = [3, 5, 8, 12], Kernel = [7, 5, 3, 3], InputStrides = [96, 288, 12, 1], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["stride 2"] = new() { Input = [2, 3, 9, 10], Kernel = [4, 3, 3, 3], Strides = [2, 3], PaddingLow = [1, 0], PaddingHigh = [0, 2] },
        ["kernel dilation"] = new() { Input = [1, 2, 13, 12], Kernel = [3, 2, 3, 2], KernelDilation = [2, 4], PaddingLow = [3, 0], PaddingHigh = [0, 5] },
        ["input dilation"] = new() { Input = [2, 2, 4, 5], Kernel = [3, 2, 3, 3], InputDilation = [2, 3], PaddingLow = [2, 1], PaddingHigh = [1, 2], Strides = [1, 2] },
        ["crop"] = new() { Input = [2, 2, 9, 9], Kernel = [3, 2, 3, 3], PaddingLow = [-1, -2], PaddingHigh = [-2, 0] },
        ["crop and pad"] = new() { Input = [2, 2, 9, 9], Kernel = [3, 2, 2, 3], PaddingLow = [-3, 2], PaddingHigh = [1, -4] },
        ["crop of a dilated input"] = new() { Input = [1, 2, 6, 5], Kernel = [3, 2, 2, 3], InputDilation = [3, 2], PaddingLow = [-2, -3], PaddingHigh = [1, -1] },
        ["one axis"] = new() { Input = [3, 4, 50], Kernel = [6, 4, 7], Strides = [2], PaddingLow = [3], PaddingHigh = [3] },
        ["three axes"] = new() { Input = [2, 2, 4, 5, 6], Kernel = [3, 2, 2, 3, 2], Strides = [1, 2, 1], PaddingLow = [1, 0, 2], PaddingHigh = [0, 1, 1], KernelDilation = [1, 1, 2] },
        ["kernel larger than the input"] = new() { Input = [2, 2, 3, 3], Kernel = [3, 2, 4, 4] },
        ["no channels"] = new() { Input = [2, 0, 5, 5], Kernel = [3, 0, 3, 3] },
        ["weight gradient"] = new() { Input = [3, 4, 8, 9], Kernel = [5, 4, 6, 7], InputStrides = [72, 216, 9, 1], KernelStrides = [42, 210, 7, 1], OutputStrides = [9, 27, 3, 1] },
        ["padded weight gradient"] = new() { Input = [3, 4, 8, 9], Kernel = [5, 4, 8, 9], InputStrides = [72, 216, 9, 1], PaddingLow = [1, 1], PaddingHigh = [1, 1], OutputStrides = [9, 27, 3, 1] },
        ["two groups"] = new() { Input = [2, 6, 8, 9], Kernel = [8, 3, 3, 3], Groups = 2, PaddingLow = [1, 0], PaddingHigh = [0, 1] },
        ["each channel alone"] = new() { Input = [2, 7, 9, 20], Kernel = [7, 1, 3, 3], Groups = 7 },
        ["two outputs of each channel, padded"] = new() { Input = [3, 5, 9, 9], Kernel = [10, 1, 3, 3], Groups = 5, Strides = [2, 1], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["groups of crossed strides"] = new() { Input = [3, 4, 8, 9], Kernel = [6, 2, 6, 7], Groups = 2, InputStrides = [72, 216, 9, 1], KernelStrides = [42, 252, 7, 1], OutputStrides = [9, 27, 3, 1] },
        ["wide planes, each channel alone"] = new() { Input = [2, 3, 12, 70], Kernel = [3, 1, 3, 3], Groups = 3, PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["each channel alone, every second pixel"] = new() { Input = [2, 9, 14, 35], Kernel = [9, 1, 3, 3], Groups = 9, Strides = [2, 2], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["each channel alone, every second pixel of wide rows"] = new() { Input = [2, 3, 12, 61], Kernel = [3, 1, 3, 3], Groups = 3, Strides = [2, 2], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["each channel alone, every second pixel of rows as wide as two registers"] = new() { Input = [2, 2, 9, 32], Kernel = [4, 1, 3, 3], Groups = 2, Strides = [1, 2], PaddingLow = [1, 0], PaddingHigh = [1, 1] },
        ["each channel alone, every third pixel, dilated"] = new() { Input = [1, 4, 20, 17], Kernel = [8, 1, 3, 2], Groups = 4, Strides = [3, 2], KernelDilation = [2, 3], PaddingLow = [2, 0], PaddingHigh = [0, 3] },
        ["each channel alone, zeros between"] = new() { Input = [2, 3, 7, 8], Kernel = [3, 1, 3, 3], Groups = 3, InputDilation = [2, 2], PaddingLow = [1, 1], PaddingHigh = [2, 2] },
        ["each channel alone, cropped"] = new() { Input = [1, 3, 9, 20], Kernel = [3, 1, 2, 3], Groups = 3, PaddingLow = [-2, -1], PaddingHigh = [1, -3] },
        ["each channel alone, cropped and padded, two outputs"] = new() { Input = [2, 4, 11, 100], Kernel = [8, 1, 3, 3], Groups = 4, PaddingLow = [-1, 2], PaddingHigh = [3, -2] },
        ["each channel alone, every second pixel, cropped and padded"] = new() { Input = [1, 3, 12, 75], Kernel = [3, 1, 3, 3], Groups = 3, Strides = [2, 2], PaddingLow = [2, -3], PaddingHigh = [-1, 4] },
        ["each channel alone, images inside channels"] = new() { Input = [3, 5, 8, 40], Kernel = [5, 1, 3, 3], Groups = 5, InputStrides = [320, 960, 40, 1], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["each channel alone along one axis"] = new() { Input = [2, 5, 40], Kernel = [5, 1, 7], Groups = 5, Strides = [2], PaddingLow = [3], PaddingHigh = [3] },
        ["small groups"] = new() { Input = [2, 12, 6, 7], Kernel = [16, 3, 3, 3], Groups = 4, PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["channels last, each alone"] = new() { Input = [2, 6, 6, 7], Kernel = [6, 1, 3, 3], Groups = 6, InputStrides = [252, 1, 42, 6], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["weight gradient of each channel"] = new() { Input = [1, 40, 12, 13], Kernel = [20, 2, 12, 13], Groups = 20, PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["weight gradient of each channel, strided"] = new() { Input = [1, 51, 14, 15], Kernel = [17, 3, 7, 7], KernelStrides = [49, 833, 7, 1], Groups = 17, KernelDilation = [2, 2], PaddingLow = [1, 1], PaddingHigh = [1, 0] },
        ["weight gradient of each channel, wide window"] = new() { Input = [1, 18, 20, 9], Kernel = [18, 1, 19, 9], Groups = 18, PaddingLow = [2, 2], PaddingHigh = [2, 2] },
        ["weight gradient of each channel along one axis"] = new() { Input = [1, 32, 600], Kernel = [16, 2, 600], Groups = 16, PaddingLow = [1], PaddingHigh = [1] },
        ["small maps of many images"] = new() { Input = [20, 3, 7, 7], Kernel = [17, 3, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["small maps of 32 images, padding left out"] = new() { Input = [32, 30, 6, 5], Kernel = [18, 30, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["small maps of 64 images, strided, padding left out"] = new() { Input = [64, 31, 7, 8], Kernel = [26, 31, 4, 3], Strides = [2, 1], KernelDilation = [1, 2], PaddingLow = [2, 3], PaddingHigh = [1, 2] },
        ["small maps of 32 images along one axis, padding left out"] = new() { Input = [32, 70, 9], Kernel = [16, 70, 5], PaddingLow = [2], PaddingHigh = [2] },
        ["small maps of 32 images, more padding than input"] = new() { Input = [32, 3, 2, 3], Kernel = [16, 3, 3, 3], PaddingLow = [3, 1], PaddingHigh = [3, 4] },
        ["weight gradient of 32 channels, padding left out"] = new() { Input = [32, 3, 12, 12], Kernel = [18, 3, 12, 12], InputStrides = [144, 4608, 12, 1], KernelStrides = [144, 2592, 12, 1], PaddingLow = [1, 1], PaddingHigh = [1, 1], OutputStrides = [9, 288, 3, 1] },
        ["small maps of many images, strided"] = new() { Input = [16, 5, 13, 21], Kernel = [16, 5, 3, 3], Strides = [1, 2], PaddingLow = [1, 0], PaddingHigh = [1, 0] },
        ["small maps of many images, cropped"] = new() { Input = [19, 30, 6, 12], Kernel = [16, 30, 3, 3], PaddingLow = [-1, 2], PaddingHigh = [0, 1] },
        ["weight gradient of many channels"] = new() { Input = [35, 2, 13, 16], Kernel = [18, 2, 13, 16], InputStrides = [208, 7280, 16, 1], KernelStrides = [208, 3744, 16, 1], PaddingLow = [1, 1], PaddingHigh = [1, 1], OutputStrides = [9, 315, 3, 1] },
        ["weight gradient of many channels, strided"] = new() { Input = [32, 3, 15, 15], Kernel = [16, 3, 7, 7], KernelDilation = [2, 2] },
        ["pixels broadcast, unpadded"] = new() { Input = [16, 3, 13, 13], Kernel = [24, 3, 3, 3] },
        ["pixels broadcast, two sums, padded"] = new() { Input = [17, 31, 18, 9], Kernel = [16, 31, 3, 3], Strides = [2, 1], PaddingLow = [1, 1], PaddingHigh = [0, 1] },
        ["pixels broadcast, every second"] = new() { Input = [16, 30, 8, 16], Kernel = [16, 30, 3, 3], Strides = [2, 2], PaddingLow = [1, 1] },
        ["pixels broadcast, every third row, dilated, cropped"] = new() { Input = [16, 4, 40, 43], Kernel = [24, 4, 2, 3], Strides = [3, 2], KernelDilation = [2, 3], PaddingLow = [-1, 7], PaddingHigh = [2, -3] },
        ["pixels broadcast, channels outside images"] = new() { Input = [16, 4, 13, 13], Kernel = [16, 4, 3, 3], InputStrides = [169, 2704, 13, 1], OutputStrides = [121, 1936, 11, 1] },
        ["pixels broadcast, groups"] = new() { Input = [2, 12, 9, 14], Kernel = [128, 6, 3, 3], Groups = 2, PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["pixels broadcast, groups of crossed strides"] = new() { Input = [3, 8, 10, 16], Kernel = [64, 4, 3, 3], Groups = 2, InputStrides = [160, 480, 16, 1], KernelStrides = [36, 9, 3, 1], OutputStrides = [112, 336, 14, 1] },
        ["pixels broadcast, one image, few outputs"] = new() { Input = [1, 16, 30, 31], Kernel = [40, 16, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["pixels broadcast, channels of the kernel exchanged"] = new() { Input = [1, 30, 30, 33], Kernel = [32, 30, 3, 3], KernelStrides = [9, 288, 3, 1], PaddingLow = [1, 2], PaddingHigh = [1, 0] },
        ["pixels broadcast, rows cut into tiles of every width"] = new() { Input = [16, 30, 5, 25], Kernel = [32, 30, 3, 3], PaddingLow = [2, 1], PaddingHigh = [3, 1] },
        ["pixels broadcast, rows of 13"] = new() { Input = [16, 30, 11, 11], Kernel = [40, 30, 3, 3], KernelStrides = [9, 360, 3, 1], PaddingLow = [2, 2], PaddingHigh = [2, 2] },
        ["pixels broadcast, every second, rows of 9"] = new() { Input = [16, 20, 9, 17], Kernel = [16, 20, 3, 3], Strides = [2, 2], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["pixels broadcast, groups, rows of 17"] = new() { Input = [2, 12, 4, 17], Kernel = [128, 6, 3, 3], Groups = 2, PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["pixels broadcast, one image of 7 x 7"] = new() { Input = [1, 40, 7, 7], Kernel = [40, 40, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["pixels broadcast, one image of 4 x 4"] = new() { Input = [1, 40, 4, 4], Kernel = [32, 40, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["pixels broadcast, few images"] = new() { Input = [3, 40, 14, 14], Kernel = [72, 40, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["pixels broadcast, few images, wide windows"] = new() { Input = [2, 12, 13, 12], Kernel = [32, 12, 5, 5], PaddingLow = [2, 2], PaddingHigh = [2, 2] },
        ["pixels broadcast, few images, padded on one side"] = new() { Input = [2, 40, 9, 15], Kernel = [40, 40, 3, 3], KernelStrides = [9, 360, 3, 1], PaddingLow = [0, 2], PaddingHigh = [2, 0] },
        ["pixels broadcast, few images, every second"] = new() { Input = [4, 40, 17, 28], Kernel = [64, 40, 3, 3], Strides = [2, 2], PaddingLow = [1, 1], PaddingHigh = [1, 1] },
        ["pixels broadcast, few images, every second, windows of one"] = new() { Input = [2, 300, 13, 16], Kernel = [40, 300, 1, 1], Strides = [2, 2] },
        ["pixels broadcast, few images, more padding than input"] = new() { Input = [2, 40, 2, 9], Kernel = [32, 40, 3, 3], PaddingLow = [4, 1], PaddingHigh = [5, 1] },
        ["pixels broadcast, few images, rows as large as their windows"] = new() { Input = [2, 70, 3, 12], Kernel = [32, 70, 3, 3], PaddingHigh = [0, 1] },
        ["many images along one axis"] = new() { Input = [24, 4, 9], Kernel = [16, 4, 3], PaddingLow = [1], PaddingHigh = [1] },
        ["1x1 of every second pixel"] = new() { Input = [2, 20, 28, 28], Kernel = [6, 20, 1, 1], Strides = [2, 2] },
        ["7x7 of every second pixel"] = new() { Input = [1, 3, 40, 44], Kernel = [8, 3, 7, 7], Strides = [2, 2], PaddingLow = [3, 3], PaddingHigh = [3, 3] },
        ["channels last"] = new() { Input = [2, 3, 6, 7], Kernel = [4, 3, 3, 3], InputStrides = [126, 1, 21, 3], OutputStrides = [80, 1, 20, 4] },
    };

    public static TheoryData<string> Cases => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_bits_are_those_of_the_direct_definition(string name)
    {
        ConvolutionShape shape = Shapes[name];
        using var pool = new WorkerPool(2);
        RequireBits<float>(name, DType.Float32, shape, pool);
        RequireBits<double>(name, DType.Float64, shape, pool);
        RequireBits<int>(name, DType.Int32, shape, pool);
    }

    [Fact]
    public void The_output_shape_follows_from_the_settings()
    {
        var geometry = new ConvolutionGeometry(DType.Float32, new() { Input = [8, 32, 13, 13], Kernel = [64, 32, 3, 3], Strides = [1, 2], PaddingLow = [0, 1], PaddingHigh = [0, 1] });
        Assert.Equal([8, 64, 11, 7], geometry.OutputShape);
        Assert.Equal([8, 32, 13, 15], geometry.PaddedShape);
        Assert.True(geometry.NeedsPaddedInput);
        Assert.Equal(8 * 32 * 13 * 16, geometry.PaddedLength);
        Assert.Equal((64, 8 * 11 * 7, 288), (geometry.Nest.M, geometry.Nest.N, geometry.Nest.K));
    }

    [Fact]
    public unsafe void Padding_that_no_output_reads_needs_no_copy()
    {
        var geometry = new ConvolutionGeometry(DType.Float32, new() { Input = [1, 1, 7, 1, 1], Kernel = [1, 1, 3, 1, 1], Strides = [4, 1, 1], PaddingHigh = [2, 0, 0] });
        Assert.False(geometry.NeedsPaddedInput);
        using var pool = new WorkerPool(1);
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => geometry.Pad(pool, null, null));
        Assert.Equal("convolution: this input needs no padded copy. Give the input itself to the contraction.", e.Message);
    }

    [Fact]
    public void Padding_of_maps_that_keep_their_width_needs_no_copy()
    {
        var geometry = new ConvolutionGeometry(DType.Float32, new() { Input = [2, 8, 16, 20], Kernel = [16, 8, 3, 3], PaddingLow = [1, 1], PaddingHigh = [1, 1] });
        Assert.False(geometry.NeedsPaddedInput);
        Assert.Equal(9, geometry.Nest.Padding!.Positions);
        Assert.Equal(0b110_110_000ul, geometry.Nest.Padding.Inside[0]);
        Assert.Equal(0b111_111_111ul, geometry.Nest.Padding.Inside[21]);
    }

    [Fact]
    public unsafe void Padding_again_allocates_nothing()
    {
        var geometry = new ConvolutionGeometry(DType.Float32, new() { Input = [8, 8, 16, 16], Kernel = [4, 8, 3, 3], Strides = [2, 2], PaddingLow = [1, 1], PaddingHigh = [1, 1] });
        using var pool = new WorkerPool(1);
        float[] input = new float[8 * 8 * 256];
        float[] padded = new float[geometry.PaddedLength];
        fixed (float* x = input, p = padded)
        {
            geometry.Pad(pool, x, p);
            long before = ManagedBytes.BeforeWork();
            geometry.Pad(pool, x, p);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Theory]
    [InlineData("pixels broadcast, unpadded")]
    [InlineData("pixels broadcast, two sums, padded")]
    [InlineData("pixels broadcast, every second")]
    [InlineData("pixels broadcast, every third row, dilated, cropped")]
    [InlineData("pixels broadcast, channels outside images")]
    [InlineData("pixels broadcast, groups")]
    [InlineData("pixels broadcast, groups of crossed strides")]
    [InlineData("pixels broadcast, one image, few outputs")]
    [InlineData("pixels broadcast, channels of the kernel exchanged")]
    [InlineData("pixels broadcast, rows cut into tiles of every width")]
    [InlineData("pixels broadcast, rows of 13")]
    [InlineData("pixels broadcast, every second, rows of 9")]
    [InlineData("pixels broadcast, groups, rows of 17")]
    [InlineData("pixels broadcast, one image of 4 x 4")]
    [InlineData("pixels broadcast, few images")]
    [InlineData("pixels broadcast, few images, wide windows")]
    [InlineData("pixels broadcast, few images, padded on one side")]
    [InlineData("pixels broadcast, few images, every second")]
    [InlineData("pixels broadcast, few images, every second, windows of one")]
    [InlineData("pixels broadcast, few images, more padding than input")]
    [InlineData("pixels broadcast, few images, rows as large as their windows")]
    public void Pixels_are_broadcast(string name)
    {
        int[] output = new ConvolutionGeometry(DType.Float32, Shapes[name]).OutputShape;
        Assert.NotNull(BroadcastPlan.Of(DType.Float32, Shapes[name], output, 32));
        Assert.NotNull(BroadcastPlan.Of(DType.Float32, Shapes[name], output, 64));
    }

    [Fact]
    public void Pixels_of_few_small_maps_are_packed()
    {
        var shape = new ConvolutionShape { Input = [4, 30, 8, 16], Kernel = [16, 30, 3, 3], Strides = [2, 2], PaddingLow = [1, 1] };
        Assert.Null(BroadcastPlan.Of(DType.Float32, shape, [4, 16, 4, 8], 64));
    }

    [Fact]
    public void Small_groups_are_computed_without_tiles()
    {
        int[] output = [2, 32, 8, 8];
        var depthwise = new ConvolutionShape { Input = [2, 32, 8, 8], Kernel = [32, 1, 3, 3], Groups = 32, PaddingLow = [1, 1], PaddingHigh = [1, 1] };
        Assert.NotNull(DirectConvolution.Of(DType.Float32, depthwise, output, 64));
        Assert.Null(GroupLaneConvolution.Of(DType.Float32, depthwise, output, 64));
        Assert.Null(DirectConvolution.Of(DType.Int32, depthwise, output, 64));
        var gradient = new ConvolutionShape { Input = [1, 64, 8, 8], Kernel = [32, 2, 8, 8], Groups = 32, PaddingLow = [1, 1], PaddingHigh = [1, 1] };
        Assert.NotNull(GroupLaneConvolution.Of(DType.Float32, gradient, [1, 32, 3, 3], 64));
    }

    [Fact]
    public void Broken_rules_are_named()
    {
        Refuse(new() { Input = [1, 2], Kernel = [3, 2] }, "convolution: [1,2] with kernel [3,2]: the ranks must be equal and at least 3: batch, channels and one spatial axis. Reshape the operands.");
        Refuse(new() { Input = [1, 2, 5], Kernel = [3, 4, 2] }, "convolution: [1,2,5] with kernel [3,4,2]: the input has 2 channels, the kernel 4. Make axis 1 of both equal.");
        Refuse(new() { Input = [1, 4, 5], Kernel = [3, 2, 2], Groups = 2 }, "convolution: [1,4,5] with kernel [3,2,2]: 2 groups do not cut the input's 4 channels into 2 each and the 3 outputs evenly. Make both multiples of the groups.");
        Refuse(new() { Input = [1, 2, 5], Kernel = [3, 2, 2], Strides = [0] }, "convolution: [1,2,5] with kernel [3,2,2]: strides holds 0. Give 1 or more.");
        Refuse(new() { Input = [1, 2, 5], Kernel = [3, 2, 2], PaddingLow = [1, 1] }, "convolution: [1,2,5] with kernel [3,2,2]: 2 low padding were given. Give 1, one for each axis.");
        Refuse(new() { Input = [70_000, 1, 70_000], Kernel = [1, 1, 1] }, "convolution output: 4900000000 elements do not fit 32-bit offsets. Use smaller batches.");
    }

    static void Refuse(ConvolutionShape shape, string message) =>
        Assert.Equal(message, Assert.Throws<ShapeException>(() => new ConvolutionGeometry(DType.Float32, shape)).Message);

    static unsafe void RequireBits<T>(string name, DType type, ConvolutionShape shape, WorkerPool pool)
        where T : unmanaged
    {
        var geometry = new ConvolutionGeometry(type, shape);
        T[] x = Nests.Fill<T>(Extent(shape.Input, shape.InputStrides), 1);
        T[] w = Nests.Fill<T>(Extent(shape.Kernel, shape.KernelStrides), 2);
        T[] y = new T[Extent(geometry.OutputShape, shape.OutputStrides)];
        T[] padded = Nests.Fill<T>(geometry.PaddedLength, 4);
        fixed (T* px = x, pw = w, py = y, pp = padded)
        {
            if (geometry.NeedsPaddedInput)
            {
                geometry.Pad(pool, px, pp);
            }

        }

        T[] expected = NaiveConvolution.Run(shape, geometry.OutputShape, x, w);
        foreach (int registerBytes in new[] { 32, 64 })
        {
            Array.Clear(y);
            fixed (T* px = x, pw = w, py = y, pp = padded)
            {
                new ContractionKernel(geometry.Nest, registerBytes).Run(pool, pw, geometry.NeedsPaddedInput ? pp : px, py);
            }

            RequireEqual($"tiles of {registerBytes} bytes");
        }

        foreach (int registerBytes in new[] { 32, 64 })
        {
            RequireDirect("direct", DirectConvolution.Of(type, shape, geometry.OutputShape, registerBytes));
            RequireDirect("pixels broadcast", BroadcastPlan.Of(type, shape, geometry.OutputShape, registerBytes) is { } plan ? BroadcastConvolution.Of(plan, isKept: false) : null);
            if (BroadcastPlan.Of(type, shape, geometry.OutputShape, registerBytes, isKept: true) is { } kept)
            {
                using var panels = Storage.Allocate(kept.Layout.Bytes);
                fixed (T* px = x, pw = w, py = y)
                {
                    Array.Clear(y);
                    kept.Layout.Write(pool, pw, panels.Pointer);
                    BroadcastConvolution.Of(kept, isKept: true).Run(pool, panels.Pointer, px, py);
                }

                RequireEqual("pixels broadcast, weights laid out before");
            }

            RequireDirect("along groups", GroupLaneConvolution.Of(type, shape, geometry.OutputShape, registerBytes));
        }

        void RequireDirect(string kind, IContraction? kernel)
        {
            Array.Clear(y);
            fixed (T* px = x, pw = w, py = y)
            {
                kernel?.Run(pool, pw, px, py);
            }

            if (kernel is not null)
            {
                RequireEqual(kind);
            }
        }

        void RequireEqual(string kind) =>
            Assert.True(MemoryMarshal.AsBytes(expected.AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(y.AsSpan())), $"{name}, {type}, {kind}");
    }

    static int Extent(int[] shape, int[]? strides)
    {
        strides ??= NaiveConvolution.RowMajor(shape);
        return shape.Contains(0) ? 0 : shape.Zip(strides, (extent, stride) => (extent - 1) * stride).Sum() + 1;
    }
}
