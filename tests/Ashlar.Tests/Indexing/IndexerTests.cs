using Ashlar.Ir;
using Ashlar.Schedule;
using static Ashlar.TensorIndex;

namespace Ashlar.Tests.Indexing;

public sealed class IndexerTests
{
    static Tensor X => Tensor.Arange(24).Reshape(2, 3, 4);

    [Fact]
    public void Ranges_positions_and_new_axes_read_as_in_CSharp()
    {
        Assert.Equal([5, 6, 17, 18], X[.., 1, 1..^1].ToArray<int>());
        Assert.Equal(new Shape(2, 1, 2), X[.., 1..2, ^2..].Shape);
        Assert.Equal(new Shape(1, 3, 4, 1), X[^1, None, Ellipsis, None].Shape);
        Assert.Equal([3, 1], X[0, 0, Slice(null, null, -2)].ToArray<int>());
        Assert.Equal([20, 12], X[1, [2, 0], 0].ToArray<int>());
        Assert.Equal(new Shape(2, 3, 4), X[Range.All].Shape);
    }

    [Fact]
    public void Every_dtype_is_picked_and_set()
    {
        foreach (DType type in DTypeFacts.All)
        {
            Tensor x = Tensor.From([1f, 0, 1, 0], 4).To(type);
            Tensor set = x.At[[1, -1]].Set(x[0]);
            Assert.Equal(type, set.DType);
            Assert.Equal([1f, 1, 1, 1], set.To(DType.Float32).ToArray<float>());
            Assert.Equal([0f, 1], x[[1, 2]].To(DType.Float32).ToArray<float>());
            Assert.Equal([0f, 0, 1, 1], x.Sort().To(DType.Float32).ToArray<float>());
            Assert.Equal([1f, 1, 1, 1], x.CumMax(0).To(DType.Float32).ToArray<float>());
            Assert.Equal([1f, 1, 2, 2], x.CumSum(0).To(DType.Float32).ToArray<float>());
            Assert.Equal([0f, 1], x.UniqueValues().To(DType.Float32).ToArray<float>());
            Assert.Equal([0L, 2], x.Sort().SearchSorted(x[[1, 0]]).ToArray<long>());
        }
    }

    [Fact]
    public void Complex_numbers_are_picked_and_set_by_their_parts()
    {
        Tensor x = Tensor.Complex(Tensor.From([1f, 2, 3], 3), Tensor.From([4f, 5, 6], 3));
        Tensor y = x.At[0].Set(x[^1]).At[[1, 1]].Add(x[0]).Repeat(2, 0)[Slice(null, null, 2)];
        Assert.Equal([3f, 4, 3], y.Real.ToArray<float>());
        Assert.Equal([6f, 13, 6], y.Imag.ToArray<float>());
        Assert.Equal([3f, 1], x.Take(Tensor.From([2, 0], 2)).Real.ToArray<float>());
        Assert.Throws<DTypeException>(() => x.Sort());
    }

    [Fact]
    public void A_gradient_passes_through_picks_and_updates()
    {
        Func<Tensor, Tensor> f = x => x.At[[0, 2, 0]].Add(x[1..] * x[..3])[Slice(null, null, 2)].Sum() + x.Sort()[^1];
        float[] gradient = Transform.Gradient(f)(Tensor.From([1f, 2, 3, 4], 4)).ToArray<float>();

        // x0 + x0·x1 + x2·x3 + x2 + x1·x2 + the largest, x3.
        Assert.Equal([3f, 4, 7, 4], gradient);
    }

    [Fact]
    public void The_last_of_several_values_of_one_place_has_the_gradient()
    {
        Func<Tensor, Tensor> f = v => Tensor.Zeros(new Shape(3)).At[[1, 1, 2]].Set(v).Sum();
        Assert.Equal([0f, 1, 1], Transform.Gradient(f)(Tensor.From([5f, 6, 7], 3)).ToArray<float>());
    }

    [Fact]
    public void Indexing_maps_over_a_batch()
    {
        Tensor batch = Tensor.From([3f, 1, 2, 6, 5, 4], 2, 3);
        Assert.Equal([1f, 3, 2, 5, 6, 4], Transform.Vmap(x => x[[1, 0, 2]])(batch).ToArray<float>());
        Assert.Equal([9f, 1, 2, 9, 5, 4], Transform.Vmap(x => x.At[0].Set(9))(batch).ToArray<float>());
        Assert.Equal([1f, 2, 3, 4, 5, 6], Transform.Vmap(x => x.Sort())(batch).ToArray<float>());
    }

    [Fact]
    public void Elements_of_a_variable_are_assigned()
    {
        var variable = new Variable(new Shape(2, 3), DType.Float32, "table", snapshots: false);
        Evaluator.Assign([], [new Assignment(variable, Tensor.Zeros(variable.Shape).Node)]);
        variable.At[0] = Tensor.From([1f, 2, 3], 3);
        variable.At[.., 1..] += Tensor.From([10f, 20], 2);
        Assert.Equal([1f, 12, 23, 0, 10, 20], new Tensor(variable.Leaf).ToArray<float>());
    }

    [Fact]
    public void Rows_of_a_table_are_read_in_one_step_and_their_gradient_is_a_scatter_of_rows()
    {
        Tensor table = Tensor.Arange(40).Reshape(10, 4).To(DType.Float32);
        Tensor ids = Tensor.From([3, 9, 3, 0], 2, 2);
        Assert.Equal(new Shape(2, 2, 4), table.Take(ids).Shape);
        Tensor gradient = Transform.Gradient(t => t.Take(ids).Sum())(table);
        Assert.Equal([1f, 0, 0, 2, 0, 0, 0, 0, 0, 1], gradient[.., 0].ToArray<float>());
    }

    [Fact]
    public void Reading_a_mask_inside_a_batch_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Transform.Vmap(x => x[x > 0].Sum())(Tensor.Ones(new Shape(2, 2))));
        Assert.Contains("choose between values with Where", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gradient_of_a_running_product_is_exact_with_zeros()
    {
        Tensor x = Tensor.From([2f, 0, 3, 0], 4);

        // y = x0, x0·x1, x0·x1·x2, x0·x1·x2·x3.
        Assert.Equal([1f, 8, 0, 0], Transform.Gradient(v => v.CumProd(0).Sum())(x).ToArray<float>());
    }

    [Fact]
    public void A_running_logarithm_of_sums_survives_infinities()
    {
        Tensor x = Tensor.From([float.NegativeInfinity, float.NegativeInfinity, 1000, 1000, float.PositiveInfinity], 5);
        float[] sums = x.LogCumSumExp(0).ToArray<float>();
        Assert.Equal([float.NegativeInfinity, float.NegativeInfinity, 1000, 1000.693147f, float.PositiveInfinity], sums);
    }
}
