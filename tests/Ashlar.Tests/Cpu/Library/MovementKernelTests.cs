using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Movement;
using Ashlar.Scalars;

namespace Ashlar.Tests.Cpu.Library;

public sealed class MovementKernelTests
{
    static readonly (int[] Shape, int[] Low, int[] High, int[] Inner)[] Pads =
    [
        ([], [], [], []),
        ([1], [0], [0], [0]),
        ([5], [2], [1], [0]),
        ([5], [0], [3], [2]),
        ([0], [2], [1], [3]),
        ([3, 4], [1, 0], [0, 2], [0, 0]),
        ([3, 4], [0, 0], [0, 0], [0, 0]),
        ([3, 4], [2, 0], [1, 0], [1, 0]),
        ([3, 4, 5], [0, 1, 0], [0, 2, 0], [0, 0, 0]),
        ([2, 3, 4, 5], [0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 0, 0]),
        ([2, 3, 4, 5], [1, 0, 2, 0], [0, 1, 0, 3], [2, 0, 1, 1]),
        ([2, 0, 3], [1, 1, 1], [1, 1, 1], [0, 1, 0]),
        ([0, 4], [0, 1], [0, 1], [0, 0]),
        ([6, 5, 40, 33], [0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 0, 0]),
        ([6, 4, 30, 33], [0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1]),
    ];

    static readonly (int[][] Shapes, int Axis)[] Concats =
    [
        ([[1]], 0),
        ([[3], [4], [0], [1]], 0),
        ([[0], [0]], 0),
        ([[2, 3], [2, 1], [2, 7]], 1),
        ([[2, 3], [5, 3]], 0),
        ([[2, 0, 3], [2, 4, 3]], 1),
        ([[0, 3], [0, 2]], 1),
        ([[3, 2, 5], [3, 4, 5], [3, 1, 5]], 1),
        ([[3000, 7], [3000, 1], [3000, 30]], 1),
        ([[70_001], [60_000], [5]], 0),
    ];

    public static TheoryData<DType> Types => new(DTypeFacts.All);

    [Theory]
    [MemberData(nameof(Types))]
    public void Pads_are_those_of_the_definition(DType type)
    {
        foreach ((int[] extents, int[] low, int[] high, int[] inner) in Pads)
        {
            var shape = new Shape(extents);
            var pad = new PadAttributes(low, high, inner, ScalarBits.FromDouble(type, type == DType.Bool ? 1 : 7));
            new KernelTrial(new Node(PadPrimitive.Instance, [Node.Slot(shape, type, 0)], pad), Elements.Ties(type, shape)).Require();
        }
    }

    [Fact]
    public void A_pad_keeps_the_bits_of_its_value()
    {
        var pad = new PadAttributes([1], [2], [1], BitConverter.SingleToUInt32Bits(-0f));
        new KernelTrial(new Node(PadPrimitive.Instance, [Node.Slot(new Shape(4), DType.Float32, 0)], pad), Elements.Numbers(DType.Float32, new Shape(4))).Require();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Joins_are_those_of_the_definition(DType type)
    {
        foreach ((int[][] extents, int axis) in Concats)
        {
            Shape[] shapes = [.. extents.Select(e => new Shape(e))];
            Node[] slots = [.. shapes.Select((shape, i) => Node.Slot(shape, type, i))];
            byte[][] elements = [.. shapes.Select((shape, i) => Elements.Numbers(type, shape, (uint)i))];
            new KernelTrial(new Node(ConcatPrimitive.Instance, slots, new Axes("axis", [axis])), elements).Require();
        }
    }
}
