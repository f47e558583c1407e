namespace Ashlar.Tests.Movement;

public sealed class AxisTests
{
    [Fact]
    public void Squeezing_takes_away_axes_of_extent_one()
    {
        Tensor x = Tensor.Zeros(new Shape(1, 2, 1, 3));
        Assert.Equal(new Shape(2, 3), x.Squeeze().Shape);
        Assert.Equal(new Shape(1, 2, 3), x.Squeeze(-2).Shape);
        Assert.Equal(Shape.Scalar, Tensor.Zeros(new Shape(1, 1)).Squeeze().Shape);
    }

    [Fact]
    public void Squeezing_a_longer_axis_is_refused()
    {
        var error = Assert.Throws<ShapeException>(() => Tensor.Zeros(new Shape(1, 2)).Squeeze(1));
        Assert.Equal("Squeeze: axis 1 of [1, 2] has extent 2, not 1. Reduce or index it away first.", error.Message);
    }

    [Theory]
    [InlineData(0, new[] { 1, 2, 3 })]
    [InlineData(2, new[] { 2, 3, 1 })]
    [InlineData(-1, new[] { 2, 3, 1 })]
    [InlineData(-3, new[] { 1, 2, 3 })]
    public void A_new_axis_stands_where_it_is_asked_for(int axis, int[] expected) =>
        Assert.Equal(new Shape(expected), Tensor.Zeros(new Shape(2, 3)).Unsqueeze(axis).Shape);

    [Fact]
    public void A_new_axis_outside_is_refused()
    {
        var error = Assert.Throws<ShapeException>(() => Tensor.Zeros(new Shape(2, 3)).Unsqueeze(3));
        Assert.Equal("Unsqueeze: [2, 3] has no place 3 for a new axis. Places run from -3 to 2.", error.Message);
    }

    // numpy.moveaxis(x, [0, -1], [2, 0]).shape of a (2, 3, 4, 5) array is (5, 3, 2, 4); moveaxis(x, 1, -1) gives (2, 4, 5, 3).
    [Fact]
    public void Moved_axes_leave_the_others_in_order()
    {
        Tensor x = Tensor.Arange(120).Reshape(2, 3, 4, 5);
        Assert.Equal(new Shape(5, 3, 2, 4), x.MoveAxis([0, -1], [2, 0]).Shape);
        Assert.Equal(new Shape(2, 4, 5, 3), x.MoveAxis(1, -1).Shape);
        Assert.Equal(x.Permute(0, 2, 3, 1).ToArray<int>(), x.MoveAxis(1, -1).ToArray<int>());
        Assert.Equal(x.Permute(3, 1, 2, 0).ToArray<int>(), x.SwapAxes(0, -1).ToArray<int>());
    }

    [Fact]
    public void Moving_names_each_axis_once() =>
        Assert.StartsWith("MoveAxis: axes [0, -2]", Assert.Throws<ShapeException>(() => Tensor.Zeros(new Shape(2, 3)).MoveAxis([0, -2], [0, 1])).Message);

    [Fact]
    public void Flattening_merges_a_run_of_axes()
    {
        Tensor x = Tensor.Zeros(new Shape(2, 3, 4));
        Assert.Equal(new Shape(24), x.Flatten().Shape);
        Assert.Equal(new Shape(2, 12), x.Flatten(1).Shape);
        Assert.Equal(new Shape(6, 4), x.Flatten(0, 1).Shape);
        Assert.Equal(new Shape(1), Tensor.Scalar(1).Flatten().Shape);
        Assert.StartsWith("Flatten: the last axis 0", Assert.Throws<ShapeException>(() => x.Flatten(1, 0)).Message);
    }

    [Fact]
    public void Flipping_names_no_axes_and_means_all()
    {
        Tensor x = Tensor.Arange(4).Reshape(2, 2);
        Assert.Equal([3, 2, 1, 0], x.Flip().ToArray<int>());
        Assert.Equal([2, 3, 0, 1], x.Flip(-2).ToArray<int>());
        Assert.Equal(5, Tensor.Scalar(5, DType.Int32).Flip().Item<int>());
    }
}
