using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Index;

namespace Ashlar.Tests.Cpu.Library;

public sealed class IndexKernelTests
{
    // Leading axes, elements along the last axis, picks or updates along it.
    static readonly (int[] Lead, int Extent, int Picks)[] Cases =
    [
        ([], 1, 1), ([], 9, 300), ([3], 5, 4), ([2, 3], 7, 11), ([5, 0], 3, 4), ([4], 3, 0), ([4], 0, 0), ([4000], 25, 9), ([2], 70, 50_000), ([1], 50_000, 3),
    ];

    public static TheoryData<DType, DType> Types => new(
        from type in DTypeFacts.All
        from index in new[] { DType.Int32, DType.Int64 }
        select (type, index));

    [Theory]
    [MemberData(nameof(Types))]
    public void Gathers_are_those_of_the_definition(DType type, DType index)
    {
        foreach ((int[] lead, int extent, int picks) in Cases)
        {
            Gather(type, index, new Shape([.. lead, extent]), new Shape([.. lead, picks])).Require();
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Scatters_add_in_the_order_of_the_definition(DType type, DType index)
    {
        foreach ((int[] lead, int extent, int picks) in Cases.Where(_ => type != DType.Bool && Elements.Carried.Contains(type)))
        {
            Scatter(type, index, new Shape([.. lead, picks]), extent, Elements.Numbers).Require();
            Scatter(type, index, new Shape([.. lead, picks]), extent, Elements.Ties).Require();
        }
    }

    [Theory]
    [InlineData(DType.Int32, -7, 0)]
    [InlineData(DType.Int64, -7, 3)]
    [InlineData(DType.Int32, 6, 0)]
    [InlineData(DType.Int64, 5_000_000_000, 2)]
    public void An_index_outside_is_refused(DType index, long place, int pool)
    {
        var shape = new Shape(6000, 6);
        var places = new HostArray(index, shape);
        places[7] = place;
        places[35_999] = 17;
        var from = Node.Slot(shape, DType.Float32, 0);
        var at = Node.Slot(shape, index, 1);
        byte[] x = Elements.Numbers(DType.Float32, shape);

        var gather = new KernelTrial(Op.Gather(from, at), x, places.Bytes);
        ArgumentException e = Assert.Throws<ArgumentException>(() => gather.Run(pool));
        Assert.Equal(IndexRules.Outside("Gather", place, 1, 6).Message, e.Message);

        var scatter = new KernelTrial(Op.ScatterAdd(at, from, 6), places.Bytes, x);
        e = Assert.Throws<ArgumentException>(() => scatter.Run(pool));
        Assert.Equal($"Scatter: index {place} lies outside -6 … 5 along axis 1 of extent 6. Check the labels or indices against the extent of the axis.", e.Message);
    }

    [Fact]
    public void An_index_into_nothing_is_refused()
    {
        var gather = new KernelTrial(Op.Gather(Node.Slot(new Shape(2, 0), DType.Float32, 0), Node.Slot(new Shape(2, 1), DType.Int32, 1)), [], new byte[8]);
        ArgumentException e = Assert.Throws<ArgumentException>(() => gather.Run(0));
        Assert.Equal("Gather: index 0 along axis 1, which has no elements. Give no indices, or check the extents.", e.Message);
    }

    [Fact]
    public void A_scatter_of_negative_zero_adds_to_positive_zero()
    {
        var shape = new Shape(2, 3);
        byte[] updates = [.. Enumerable.Repeat(BitConverter.GetBytes(-0f), 6).SelectMany(b => b)];
        new KernelTrial(Op.ScatterAdd(Node.Slot(shape, DType.Int32, 0), Node.Slot(shape, DType.Float32, 1), 2), new byte[24], updates).Require();
    }

    // x, first indexed axis, shape of the indices, how many of them, shared axes before and after.
    static readonly (int[] X, int Axis, int[] Index, int Count, int Batch, int Trailing)[] Groups =
    [
        ([9, 5], 0, [4], 1, 0, 0), ([7, 150], 0, [60], 1, 0, 0), ([2000, 130], 0, [900], 1, 0, 0), ([3, 6, 4], 1, [2, 5], 1, 0, 0), ([3, 4, 5, 6], 1, [7], 2, 0, 0),
        ([3, 4, 5], 0, [20], 3, 0, 0), ([6, 70, 3], 0, [4, 70, 3], 1, 0, 2), ([4, 6, 50, 5], 1, [4, 9, 5], 1, 1, 1), ([2, 3, 4, 5], 2, [2, 3, 6], 1, 2, 0),
        ([40, 3], 0, [0], 1, 0, 0), ([5, 0], 0, [3], 1, 0, 0), ([3], 0, [], 1, 0, 0), ([200, 3, 2], 1, [200, 2], 1, 1, 1),
    ];

    public static TheoryData<DType, DType, ScatterKind> Scatters => new(
        from type in DTypeFacts.All
        from kind in Enum.GetValues<ScatterKind>()
        where kind == ScatterKind.Set || Elements.Carried.Contains(type)
        where type != DType.Bool || kind is not (ScatterKind.Add or ScatterKind.Multiply)
        select (type, kind == ScatterKind.Add ? DType.Int64 : DType.Int32, kind));

    [Theory]
    [MemberData(nameof(Scatters))]
    public void Groups_of_axes_are_written_and_read_as_the_definition_says(DType type, DType index, ScatterKind kind)
    {
        foreach ((int[] x, int axis, int[] picks, int count, int batch, int trailing) in Groups)
        {
            var shape = new Shape(x);
            Node[] indices = [.. Enumerable.Range(1, count).Select(k => Node.Slot(new Shape(picks), index, k))];
            byte[][] places = [.. Enumerable.Range(0, count).Select(k => Places(index, new Shape(picks), x[axis + k], (uint)k))];
            var gather = new Node(GatherPrimitive.Instance, [Node.Slot(shape, type, 0), .. indices], new IndexAttributes(axis, batch, trailing));
            new KernelTrial(gather, [Elements.Ties(type, shape), .. places]).Require();
            Node updates = Node.Slot(gather.Shape, type, 9);
            var joined = new Node(ScatterPrimitive.Instance, [Node.Slot(shape, type, 0), .. indices, updates], new ScatterAttributes(kind, true, shape, axis, batch, trailing));
            foreach (Func<DType, Shape, uint, byte[]> elements in (Func<DType, Shape, uint, byte[]>[])[Elements.Numbers, Elements.Ties])
            {
                new KernelTrial(joined, [elements(type, shape, 3), .. places, elements(type, gather.Shape, 4)]).Require();
            }
        }
    }

    // Half of the places count from the end.
    static byte[] Places(DType type, Shape shape, int extent, uint seed)
    {
        var places = new HostArray(type, shape);
        Elements.Places(type, shape, Math.Max(1, extent), seed).CopyTo(places.Bytes, 0);
        for (int i = 0; i < shape.Size; i += 2)
        {
            places[i] -= extent;
        }

        return places.Bytes;
    }

    static KernelTrial Gather(DType type, DType index, Shape from, Shape picks) => new(
        Op.Gather(Node.Slot(from, type, 0), Node.Slot(picks, index, 1)),
        Elements.Numbers(type, from),
        Elements.Places(index, picks, Math.Max(1, from[^1])));

    static KernelTrial Scatter(DType type, DType index, Shape updates, int extent, Func<DType, Shape, uint, byte[]> elements) => new(
        Op.ScatterAdd(Node.Slot(updates, index, 0), Node.Slot(updates, type, 1), extent),
        Elements.Places(index, updates, Math.Max(1, extent)),
        elements(type, updates, 9));
}
