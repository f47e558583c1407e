namespace Ashlar.Tests.Creation;

public sealed class NumberTests
{
    [Fact]
    public void A_number_is_read_as_it_was_written()
    {
        Assert.Equal(2.5f, Tensor.Scalar(2.5).Item<float>());
        Assert.Equal(-7L, Tensor.Scalar(-7, DType.Int64).Item<long>());
        Assert.Equal(1f, Tensor.Ones(Shape.Scalar).Item<float>());
        Assert.Equal(0, Tensor.Arange(1).Reshape([]).Item<int>());
        Assert.Equal([3f], Tensor.Full(new Shape(1), 3).ToArray<float>());
    }

    // With a value it would be a leaf of another kind, and every plan that reads it another plan.
    [Fact]
    public void Reading_a_number_leaves_it_a_number()
    {
        Tensor two = Tensor.Scalar(2);
        two.Item<float>();
        Assert.Null(two.Node.Value);
    }
}
