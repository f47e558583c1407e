namespace Ashlar.Tests.Autodiff;

public sealed class TransformErrorTests
{
    [Fact]
    public void Reading_a_value_inside_a_mapped_function_is_an_error_that_names_Where()
    {
        Tensor batch = Tensor.From([1f, 2f, 3f], 3);
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => Transform.Vmap(x => x.Item<float>() > 0 ? x : -x)(batch));
        Assert.Equal(
            "Evaluate: a value was read inside a function that is recorded for many runs of it, as in Vmap, Control.Loop, Control.While or Control.Cond, where it stands for all of them and has no value yet. " +
            "Return it from the function, or choose between values with Where.",
            e.Message);
    }

    [Fact]
    public void Mapping_over_a_single_number_is_an_error_that_asks_for_a_batch()
    {
        ShapeException e = Assert.Throws<ShapeException>(() => Transform.Vmap(x => x)(Tensor.Scalar(1)));
        Assert.Equal("Vmap: [] has no axis to map over. Give a batch [B, …], or null as its axis.", e.Message);
    }

    [Fact]
    public void The_gradient_of_several_numbers_is_an_error_that_asks_for_a_sum()
    {
        ShapeException e = Assert.Throws<ShapeException>(() => Transform.Gradient(x => x * x)(Tensor.From([1f, 2f], 2)));
        Assert.Equal("Gradient: the output is [2], not a single number. Take its sum or mean, or give a cotangent.", e.Message);
    }

    [Fact]
    public void The_gradient_of_an_integer_is_an_error_that_names_the_dtype()
    {
        DTypeException e = Assert.Throws<DTypeException>(() => Transform.Gradient(x => x.ArgMax(0))(Tensor.From([1f, 2f], 2)));
        Assert.Equal("Gradient: the output is int64. Only float32 and float64 have gradients; cast it.", e.Message);
    }
}
