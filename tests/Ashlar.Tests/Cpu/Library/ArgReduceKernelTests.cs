using Ashlar.Cpu.Library;
using Ashlar.Ir;
using Ashlar.Primitives.Reduce;

namespace Ashlar.Tests.Cpu.Library;

public sealed class ArgReduceKernelTests
{
    static readonly int[][] Shapes = [[1], [7], [33], [9000], [5, 3], [3, 70], [4, 9, 1], [2, 5, 8], [3, 4, 37], [2, 0, 3, 4], [300, 20, 17]];

    public static TheoryData<DType, ReduceKind> Kinds => new(
        from type in Elements.Carried
        from kind in new[] { ReduceKind.Max, ReduceKind.Min }
        select (type, kind));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Winners_along_every_axis_are_those_of_the_definition(DType type, ReduceKind kind)
    {
        foreach (int[] extents in Shapes)
        {
            var shape = new Shape(extents);
            for (int axis = 0; axis < shape.Rank; axis++)
            {
                if (shape[axis] > 0)
                {
                    var node = new Node(ArgReducePrimitive.Instance, [Node.Slot(shape, type, 0)], new ReduceAttributes(kind, [axis]));
                    new KernelTrial(node, Elements.Numbers(type, shape)).Require();
                    new KernelTrial(node, Elements.Ties(type, shape)).Require();
                }
            }
        }
    }

    [Fact]
    public void A_long_row_that_is_searched_in_parts_has_the_winner_of_the_definition()
    {
        foreach (DType type in (DType[])[DType.Float32, DType.Int64])
        {
            var shape = new Shape(2, 150_001);
            var node = new Node(ArgReducePrimitive.Instance, [Node.Slot(shape, type, 0)], new ReduceAttributes(ReduceKind.Max, [1]));
            new KernelTrial(node, Elements.Numbers(type, shape)).Require();
            new KernelTrial(node, Elements.Ties(type, shape)).Require();
        }
    }

    [Fact]
    public void A_kind_without_winner_is_refused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new ArgReduceKernel(DType.Float32, new Shape(3), new ReduceAttributes(ReduceKind.Sum, [0])));
        Assert.StartsWith("ArgReduce: Sum has no winner. Use Max or Min.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_axes_are_refused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new ArgReduceKernel(DType.Float32, new Shape(3, 4), new ReduceAttributes(ReduceKind.Max, [0, 1])));
        Assert.StartsWith("ArgReduce: the search has 2 axes. Give one; reshape several into one first.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_axis_is_refused()
    {
        ShapeException e = Assert.Throws<ShapeException>(() => new ArgReduceKernel(DType.Float32, new Shape(3, 0), new ReduceAttributes(ReduceKind.Max, [1])));
        Assert.Equal("ArgMax: axis 1 of [3, 0] has no elements, so none is the largest or smallest. Test the extent first.", e.Message);
    }
}
