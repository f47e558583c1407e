using Ashlar.Cpu.Library;
using Ashlar.Ir;
using Ashlar.Primitives.Window;

namespace Ashlar.Tests.Cpu.Library;

public sealed class WindowArgKernelTests
{
    public static TheoryData<DType, ReduceKind> Kinds => new(
        from type in Elements.Carried
        from kind in new[] { ReduceKind.Max, ReduceKind.Min }
        select (type, kind));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Winners_of_every_geometry_are_those_of_the_definition(DType type, ReduceKind kind)
    {
        foreach ((int[] shape, WindowAttributes window) in WindowCases.All(kind))
        {
            Trial(type, shape, window, Elements.Numbers).Require();
            Trial(type, shape, window, Elements.Ties).Require();
        }
    }

    [Fact]
    public void Threads_share_many_planes()
    {
        Trial(DType.Float32, [9, 11, 26, 26], new WindowAttributes(ReduceKind.Max, [2, 2], [2, 2], [0, 0], [0, 0]), Elements.Ties).Require();
    }

    [Fact]
    public void Windows_of_padding_alone_are_refused()
    {
        ShapeException e = Assert.Throws<ShapeException>(
            () => new WindowArgKernel(DType.Float32, new Shape(2, 0), new Shape(2, 1), new WindowAttributes(ReduceKind.Max, [2], [1], [1], [1])));
        Assert.Equal("WindowArgReduce: [2, 0] has windows of padding alone, so no element is the largest or smallest. Test the extents first.", e.Message);
    }

    [Fact]
    public void A_sum_has_no_winner()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(
            () => new WindowArgKernel(DType.Float32, new Shape(2, 2), new Shape(2, 1), new WindowAttributes(ReduceKind.Sum, [2], [2], [0], [0])));
        Assert.StartsWith("WindowArgReduce: Sum has no winner. Use Max or Min.", e.Message, StringComparison.Ordinal);
    }

    static KernelTrial Trial(DType type, int[] extents, WindowAttributes window, Func<DType, Shape, uint, byte[]> elements)
    {
        var shape = new Shape(extents);
        return new KernelTrial(new Node(WindowArgReducePrimitive.Instance, [Node.Slot(shape, type, 0)], window), elements(type, shape, 5));
    }
}
