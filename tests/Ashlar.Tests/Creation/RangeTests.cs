namespace Ashlar.Tests.Creation;

// Expected values: NumPy 1.24, python3 -c "import numpy as np; print(np.arange(…).tolist(), np.linspace(…).tolist())".
public sealed class RangeTests
{
    [Theory]
    [InlineData(1, 10, 3, new[] { 1, 4, 7 })]
    [InlineData(5, -4, -3, new[] { 5, 2, -1 })]
    [InlineData(0, 0, 1, new int[0])]
    [InlineData(3, 0, 1, new int[0])]
    [InlineData(0, 3, 5, new[] { 0 })]
    public void A_range_of_integers_stops_before_its_end(int start, int stop, int step, int[] expected) =>
        Assert.Equal(expected, Tensor.Arange(start, stop, step).ToArray<int>());

    [Fact]
    public void A_range_of_integers_reaches_the_ends_of_int32() =>
        Assert.Equal([int.MinValue, -1, int.MaxValue - 1], Tensor.Arange(int.MinValue, int.MaxValue, int.MaxValue).ToArray<int>());

    [Fact]
    public void A_range_of_fractions_is_start_plus_a_multiple_of_the_step()
    {
        Assert.Equal([0.0, 0.3, 0.6, 0.8999999999999999], Tensor.Arange(0, 1, 0.3, DType.Float64).ToArray<double>());
        Assert.Equal([0.5f, 0.25f, 0f, -0.25f, -0.5f, -0.75f], Tensor.Arange(0.5, -1.0, -0.25).ToArray<float>());
    }

    [Fact]
    public void Evenly_spaced_numbers_hit_both_ends()
    {
        Assert.Equal([0f, 0.25f, 0.5f, 0.75f, 1f], Tensor.LinSpace(0, 1, 5).ToArray<float>());
        double[] seven = [0.0, 0.16666666666666666, 0.3333333333333333, 0.5, 0.6666666666666666, 0.8333333333333333, 1.0];
        Assert.Equal(seven, Tensor.LinSpace(0, 1, 7, type: DType.Float64).ToArray<double>());
        Assert.Equal(0.1, Tensor.LinSpace(1, 0.1, 50, type: DType.Float64).ToArray<double>()[^1]);
    }

    [Fact]
    public void Evenly_spaced_numbers_can_leave_the_end_out()
    {
        Assert.Equal([-1f, -0.25f, 0.5f, 1.25f], Tensor.LinSpace(-1, 2, 4, endpoint: false).ToArray<float>());
        Assert.Equal([3f], Tensor.LinSpace(3, 9, 1).ToArray<float>());
        Assert.Empty(Tensor.LinSpace(3, 9, 0).ToArray<float>());
    }

    [Fact]
    public void Logarithmic_spacing_is_a_power_of_even_spacing() =>
        Assert.Equal([1.0, 2.0, 4.0, 8.0], Tensor.LogSpace(0, 3, 4, 2, DType.Float64).ToArray<double>());

    [Fact]
    public void A_range_without_a_step_is_refused()
    {
        Assert.Equal("Arange: the step is 0. Take a positive or a negative one.", Assert.Throws<ArgumentException>(() => Tensor.Arange(0, 3, 0)).Message);
        Assert.StartsWith("Arange: ", Assert.Throws<ArgumentException>(() => Tensor.Arange(0, double.PositiveInfinity, 1.0)).Message);
        Assert.StartsWith("LinSpace: the count -1", Assert.Throws<ArgumentException>(() => Tensor.LinSpace(0, 1, -1)).Message);
    }

    [Fact]
    public void A_tensor_like_another_takes_its_shape_and_dtype()
    {
        Tensor x = Tensor.Zeros(new Shape(2, 0), DType.Float64);
        foreach (Tensor like in (Tensor[])[Tensor.ZerosLike(x), Tensor.OnesLike(x), Tensor.FullLike(x, 3), Tensor.EmptyLike(x)])
        {
            Assert.Equal((x.Shape, DType.Float64), (like.Shape, like.DType));
        }

        Assert.Equal([7, 7], Tensor.FullLike(Tensor.Zeros(new Shape(2)), 7, DType.Int32).ToArray<int>());
    }
}
