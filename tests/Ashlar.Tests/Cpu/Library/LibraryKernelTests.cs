using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Movement;
using Ashlar.Primitives.Reduce;
using Ashlar.Primitives.Window;

namespace Ashlar.Tests.Cpu.Library;

public sealed class LibraryKernelTests
{
    static readonly Shape Planes = new(4, 40, 41);
    static readonly Node X = Node.Slot(Planes, DType.Float32, 0);
    static readonly Node At = Node.Slot(Planes, DType.Int32, 1);

    public static TheoryData<string> Names => new(Nodes.Keys);

    static SortedDictionary<string, Node> Nodes { get; } = new(StringComparer.Ordinal)
    {
        ["window sum"] = new(ReduceWindowPrimitive.Instance, [X], new WindowAttributes(ReduceKind.Sum, [5, 5], [1, 1], [2, 2], [2, 2])),
        ["long window sum"] = new(ReduceWindowPrimitive.Instance, [X], new WindowAttributes(ReduceKind.Sum, [4, 40, 41], [1, 1, 1], [1, 0, 0], [0, 0, 0])),
        ["window maximum"] = new(ReduceWindowPrimitive.Instance, [X], new WindowAttributes(ReduceKind.Max, [2, 2], [2, 2], [0, 0], [0, 0])),
        ["window search"] = new(WindowArgReducePrimitive.Instance, [X], new WindowAttributes(ReduceKind.Max, [2, 2], [2, 2], [1, 1], [1, 1])),
        ["gather"] = Op.Gather(X, At),
        ["scatter"] = Op.ScatterAdd(At, X, 50),
        ["scan"] = Op.Scan(X, ReduceKind.Sum, 1, reverse: false),
        ["sort"] = Op.ArgSort(X, 1, descending: false, X.Shape[1]),
        ["search"] = new(ArgReducePrimitive.Instance, [X], new ReduceAttributes(ReduceKind.Max, [1])),
        ["pad"] = new(PadPrimitive.Instance, [X], new PadAttributes([0, 1, 1], [0, 1, 1], [0, 1, 0], 0)),
        ["fft"] = Op.Fft(Node.Slot(new Shape(4, 40, 41, 2), DType.Float32, 0), inverse: false),
        ["concat"] = new(ConcatPrimitive.Instance, [X, X], new Axes("axis", [2])),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_warm_kernel_allocates_nothing(string name)
    {
        Node node = Nodes[name];
        byte[][] inputs = [.. node.Inputs.ToArray().Select(input => input.Type == DType.Int32 ? Elements.Places(DType.Int32, Planes, 41) : Elements.Numbers(DType.Float32, input.Shape))];
        Assert.Equal(0, new KernelTrial(node, inputs).AllocatedBytes());
    }
}
