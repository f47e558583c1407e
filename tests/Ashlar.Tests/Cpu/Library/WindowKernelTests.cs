using Ashlar.Cpu.Library;
using Ashlar.Ir;
using Ashlar.Primitives.Window;

namespace Ashlar.Tests.Cpu.Library;

public sealed class WindowKernelTests
{
    public static TheoryData<DType, ReduceKind> Kinds => new(
        from type in new[] { DType.Float32, DType.Float64, DType.Int32, DType.Int64, DType.UInt8 }
        from kind in new[] { ReduceKind.Sum, ReduceKind.Max, ReduceKind.Min }
        where type != DType.UInt8 || kind != ReduceKind.Sum
        select (type, kind));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Windows_of_every_geometry_give_the_bits_of_the_definition(DType type, ReduceKind kind)
    {
        foreach ((int[] shape, WindowAttributes window) in WindowCases.All(kind))
        {
            Trial(type, shape, window, Elements.Numbers).Require();
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Windows_over_special_values_give_the_bits_of_the_definition(DType type, ReduceKind kind)
    {
        foreach ((int[] shape, WindowAttributes window) in WindowCases.All(kind))
        {
            Trial(type, shape, window, Elements.Ties).Require();
        }
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void A_sum_over_more_than_one_block_of_the_law_gives_the_bits_of_the_definition(DType type)
    {
        var window = new WindowAttributes(ReduceKind.Sum, [2, 3, 700], [1, 1, 1], [0, 1, 0], [0, 1, 0]);
        Trial(type, [2, 2, 2, 704], window, Elements.Numbers).Require();
        var whole = new WindowAttributes(ReduceKind.Sum, [9000], [1], [17], [0]);
        Trial(type, [1, 9001], whole, Elements.Numbers).Require();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_sum_of_negative_zeros_is_positive_zero(int side)
    {
        var window = new WindowAttributes(ReduceKind.Sum, [side, side], [2, 2], [0, 0], [0, 0]);
        Trial(DType.Float32, [1, 20, 40], window, (type, shape, _) => [.. Enumerable.Repeat(BitConverter.GetBytes(-0f), shape.Size).SelectMany(b => b)]).Require();
    }

    [Fact]
    public void Threads_share_many_planes()
    {
        var window = new WindowAttributes(ReduceKind.Sum, [3, 3], [1, 1], [1, 1], [1, 1]);
        Trial(DType.Float32, [5, 7, 40, 41], window, Elements.Numbers).Require();
    }

    [Fact]
    public void Windows_of_padding_alone_give_the_identity()
    {
        foreach (ReduceKind kind in new[] { ReduceKind.Sum, ReduceKind.Max, ReduceKind.Min })
        {
            Trial(DType.Float32, [2, 0, 9], new WindowAttributes(kind, [2, 3], [1, 2], [1, 0], [1, 0]), Elements.Numbers).Require();
        }
    }

    [Fact]
    public void More_than_three_axes_are_refused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(
            () => new WindowKernel(DType.Float32, new Shape(1, 1, 1, 1), new Shape(1, 1, 1, 1), new WindowAttributes(ReduceKind.Max, [1, 1, 1, 1], [1, 1, 1, 1], new int[4], new int[4])));
        Assert.StartsWith("ReduceWindow: the window has 4 axes. Kernels slide along 1 to 3 axes; reshape the axes of extent 1 away.", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DType.UInt8, ReduceKind.Sum)]
    [InlineData(DType.Bool, ReduceKind.Max)]
    [InlineData(DType.Float32, ReduceKind.Prod)]
    public void A_reduction_that_the_dtype_lacks_is_refused(DType type, ReduceKind kind)
    {
        DTypeException e = Assert.Throws<DTypeException>(
            () => new WindowKernel(type, new Shape(1, 2), new Shape(1, 1), new WindowAttributes(kind, [2], [2], [0], [0])));
        Assert.Equal($"ReduceWindow: {kind} of {type.Name} is not defined. Use a sum, maximum or minimum, and cast to a wider dtype first.", e.Message);
    }

    static KernelTrial Trial(DType type, int[] extents, WindowAttributes window, Func<DType, Shape, uint, byte[]> elements)
    {
        var shape = new Shape(extents);
        return new KernelTrial(new Node(ReduceWindowPrimitive.Instance, [Node.Slot(shape, type, 0)], window), elements(type, shape, 3));
    }
}
