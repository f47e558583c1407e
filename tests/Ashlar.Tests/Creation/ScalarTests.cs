namespace Ashlar.Tests.Creation;

public sealed class ScalarTests
{
    [Fact]
    public void A_number_that_no_operation_touched_is_read()
    {
        Assert.Equal(0.1, Tensor.Scalar(0.1, DType.Float64).Item<double>());
        Assert.Equal([7], Tensor.Scalar(7, DType.Int32).ToArray<int>());
        Tensor x = Tensor.Scalar(2);
        Assert.Equal(2, x.Item<float>());
        Assert.Equal(6, (x * 3).Item<float>());
    }

    [Fact]
    public void The_placeholder_of_a_mapped_function_cannot_be_read()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Transform.Vmap(x => x * x.Item<float>())(Tensor.From([1f, 2f], 2)));
        Assert.StartsWith("Evaluate: a value was read inside a function that is recorded for many runs", error.Message);
    }
}
