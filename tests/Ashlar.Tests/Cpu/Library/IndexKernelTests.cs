using Ashlar.Cpu.Library;
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
    [InlineData(DType.Int32, -1, 0)]
    [InlineData(DType.Int64, -1, 3)]
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

        var gather = new KernelTrial(new Node(GatherPrimitive.Instance, [from, at]), x, places.Bytes);
        ArgumentException e = Assert.Throws<ArgumentException>(() => gather.Run(pool));
        Assert.Equal(IndexRules.Outside("Gather", place, 6).Message, e.Message);

        var scatter = new KernelTrial(new Node(ScatterAddPrimitive.Instance, [at, from], new Axes("extent", [6])), places.Bytes, x);
        e = Assert.Throws<ArgumentException>(() => scatter.Run(pool));
        Assert.Equal($"ScatterAdd: index {place} lies outside 0 … 5. Check the labels or indices against the extent of the axis.", e.Message);
    }

    [Fact]
    public void A_scatter_of_negative_zero_adds_to_positive_zero()
    {
        var shape = new Shape(2, 3);
        byte[] updates = [.. Enumerable.Repeat(BitConverter.GetBytes(-0f), 6).SelectMany(b => b)];
        var node = new Node(ScatterAddPrimitive.Instance, [Node.Slot(shape, DType.Int32, 0), Node.Slot(shape, DType.Float32, 1)], new Axes("extent", [2]));
        new KernelTrial(node, new byte[24], updates).Require();
    }

    [Fact]
    public void A_scatter_of_booleans_is_refused()
    {
        DTypeException e = Assert.Throws<DTypeException>(() => new ScatterAddKernel(DType.Bool, DType.Int32, new Shape(2), new Shape(3)));
        Assert.Equal("ScatterAdd: a sum of bool is not defined. Cast to an integer dtype first.", e.Message);
    }

    static KernelTrial Gather(DType type, DType index, Shape from, Shape picks) => new(
        new Node(GatherPrimitive.Instance, [Node.Slot(from, type, 0), Node.Slot(picks, index, 1)]),
        Elements.Numbers(type, from),
        Elements.Places(index, picks, Math.Max(1, from[^1])));

    static KernelTrial Scatter(DType type, DType index, Shape updates, int extent, Func<DType, Shape, uint, byte[]> elements) => new(
        new Node(ScatterAddPrimitive.Instance, [Node.Slot(updates, index, 0), Node.Slot(updates, type, 1)], new Axes("extent", [extent])),
        Elements.Places(index, updates, Math.Max(1, extent)),
        elements(type, updates, 9));
}
