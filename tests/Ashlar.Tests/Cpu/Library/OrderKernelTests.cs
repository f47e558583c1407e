using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar.Tests.Cpu.Library;

/// <summary>Scans, sorts and searches.</summary>
public sealed class OrderKernelTests
{
    static readonly (int[] Shape, int Axis)[] Lines =
    [
        ([1], 0), ([7], 0), ([41], 0), ([3000], 0), ([0], 0), ([3, 0, 2], 1), ([5, 39], 1), ([300, 45], 1), ([60, 5], 0), ([4, 30, 150], 1), ([2, 3, 4], 0), ([70_000], 0), ([130], 0), ([2, 20_000], 1),
    ];

    public static TheoryData<DType> Types => [.. Elements.Carried];

    [Theory, MemberData(nameof(Types))]
    public void Scans_have_the_bits_of_the_definition(DType type)
    {
        foreach ((int[] extents, int axis) in Lines)
        {
            foreach (ReduceKind kind in Enum.GetValues<ReduceKind>())
            {
                bool narrow = type is DType.Bool or DType.UInt8 && kind is ReduceKind.Sum or ReduceKind.Prod;
                if (!narrow)
                {
                    var shape = new Shape(extents);
                    Node scan = Op.Scan(Node.Slot(shape, type, 0), kind, axis, reverse: kind is ReduceKind.Prod or ReduceKind.Min || shape.Rank == 2);
                    new KernelTrial(scan, Elements.Numbers(type, shape)).Require();
                    new KernelTrial(scan, Elements.Ties(type, shape)).Require();
                }
            }
        }
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void Recurrences_have_the_bits_of_the_definition(DType type)
    {
        foreach ((int[] extents, int axis) in Lines)
        {
            var shape = new Shape(extents);
            Node node = Op.Recurrence(Node.Slot(shape, type, 0), Node.Slot(shape, type, 1), axis, reverse: shape.Rank == 2);
            new KernelTrial(node, Elements.Numbers(type, shape), Elements.Numbers(type, shape, 2)).Require();
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void Sorts_give_the_places_of_the_definition(DType type)
    {
        foreach ((int[] extents, int axis) in Lines)
        {
            var shape = new Shape(extents);
            foreach (int count in (int[])[extents[axis], Math.Min(3, extents[axis]), extents[axis] / 2])
            {
                foreach (bool descending in (bool[])[false, true])
                {
                    Node sort = Op.ArgSort(Node.Slot(shape, type, 0), axis, descending, count);
                    new KernelTrial(sort, Elements.Numbers(type, shape)).Require();
                    new KernelTrial(sort, Elements.Ties(type, shape)).Require();
                }
            }
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void Sorted_elements_have_the_bits_of_the_definition(DType type)
    {
        foreach ((int[] extents, int axis) in ((int[], int)[])[.. Lines, ([900, 16], 1), ([40, 17], 1), ([3, 1000, 20], 1), ([257], 0), ([5000, 3], 0)])
        {
            var shape = new Shape(extents);
            foreach (bool descending in (bool[])[false, true])
            {
                Node sort = Op.Sort(Node.Slot(shape, type, 0), axis, descending);
                new KernelTrial(sort, Elements.Numbers(type, shape)).Require();
                new KernelTrial(sort, Elements.Ties(type, shape)).Require();
            }
        }
    }

    [Fact]
    public void Lines_of_every_length_about_sixteen_vectors_sort_in_place()
    {
        for (int count = 120; count < 300; count++)
        {
            int[] values = [.. Enumerable.Range(0, 3 * count).Select(i => i * 7919 % 1009 - 500)];

            int[] sorted = Tensor.From(values, 3, count).Sort().ToArray<int>();

            for (int row = 0; row < 3; row++)
            {
                Array.Sort(values, row * count, count);
            }

            Assert.Equal(values, sorted);
        }
    }

    [Theory]
    [InlineData("ascending")]
    [InlineData("descending")]
    [InlineData("pipes")]
    [InlineData("equal")]
    public void Lines_with_an_order_of_their_own_sort_like_any_other(string order)
    {
        const int Count = 40_000;
        float[] values = [.. Enumerable.Range(0, Count).Select(i => order switch
        {
            "ascending" => i,
            "descending" => Count - i,
            "pipes" => i < Count / 2 ? i : Count - i,
            _ => 3f,
        })];

        float[] sorted = Tensor.From(values, Count).Sort().ToArray<float>();

        Array.Sort(values);
        Assert.Equal(values, sorted);
    }

    [Theory, MemberData(nameof(Types))]
    public void Searches_give_the_places_of_the_definition(DType type)
    {
        foreach ((int[] lead, int extent, int values) in ((int[], int, int)[])[([], 1, 5), ([3], 9, 70), ([2, 2], 0, 4), ([], 1000, 5000), ([4], 3, 0)])
        {
            foreach (bool right in (bool[])[false, true])
            {
                Node search = Op.SearchSorted(Node.Slot(new Shape([.. lead, extent]), type, 0), Node.Slot(new Shape([.. lead, values]), type, 1), right);
                new KernelTrial(search, Elements.Ties(type, search.Inputs[0].Shape), Elements.Ties(type, search.Shape, 7)).Require();
            }
        }
    }

    [Fact]
    public void Places_of_true_elements_are_those_of_the_definition()
    {
        foreach ((int[] shape, int count) in ((int[], int)[])[([9], 4), ([9], 9), ([3, 40], 20), ([2, 0], 3), ([0, 4], 2), ([100_000], 60_000), ([5], 0)])
        {
            Node node = Op.Nonzero(Node.Slot(new Shape(shape), DType.Bool, 0), count);
            new KernelTrial(node, Elements.Numbers(DType.Bool, new Shape(shape))).Require();
        }
    }

    [Fact]
    public void The_extreme_integers_sort_to_the_ends()
    {
        Tensor x = Tensor.From([3L, long.MaxValue, long.MinValue, 0], 4);
        Assert.Equal([1L, 0, 3, 2], new Tensor(Op.ArgSort(x.Node, 0, descending: true, 4)).ToArray<long>());
        Assert.Equal([2L, 3, 0, 1], new Tensor(Op.ArgSort(x.Node, 0, descending: false, 4)).ToArray<long>());
    }
}
