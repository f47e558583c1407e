using Ashlar.Tests.Schedule;

namespace Ashlar.Tests.Autodiff;

public sealed class SliceGradientTests
{
    static readonly Tensor X = Tensor.RandomUniform(RandomKey.FromSeed(1), new Shape(3, 8), -1, 1, DType.Float64);

    [Theory]
    [InlineData(0, 2, 2, 2, 4, 4)]
    [InlineData(4, 4, 0, 2, 2, 2)]
    [InlineData(1, 2, 5, 1, 3, 1)]
    [InlineData(0, 3, 2, 3, 5, 3)]
    [InlineData(0, 8, 2, 2, 4, 1)]
    public void Slices_side_by_side_apart_and_across_each_other_give_each_element_its_share(int a, int aCount, int b, int bCount, int c, int cCount)
    {
        Tensor gradient = Transform.Gradient((Tensor x) => (x.Slice(1, a, aCount).Sum() * 2) + (x.Slice(1, b, bCount).Exp().Sum() * 3) + (x.Slice(1, c, cCount) * x.Slice(1, c, cCount)).Sum())(X);
        double[] x = X.ToArray<double>();
        double[] exp = X.Exp().ToArray<double>();
        bool In(int start, int count, int column) => column >= start && column < start + count;
        double[] expected = [.. x.Select((value, i) => (In(a, aCount, i % 8) ? 2 : 0) + (In(b, bCount, i % 8) ? 3 * exp[i] : 0) + (In(c, cCount, i % 8) ? 2 * value : 0))];

        // Sums of at most three numbers in another order: two roundings.
        Assert.All(gradient.ToArray<double>().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
    }

    [Fact]
    public void Slices_side_by_side_are_joined_by_one_launch()
    {
        Tensor gradient = Transform.Gradient((Tensor x) => (x.Slice(1, 2, 3).Exp() * x.Slice(1, 5, 3).Sin()).Sum())(X);
        string plan = gradient.Explain();
        Assert.Contains("Concat", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Pad", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void Second_derivatives_pass_through_joined_slices() =>
        GradientCheck.Run(x => (x.Slice(1, 0, 4).Sin() * x.Slice(1, 4, 4).Exp()).Sum(), X).ThrowIfWrong();

    [Fact]
    public void Slices_of_a_loop_result_and_the_result_itself_add_up()
    {
        Tensor Run(Tensor x, bool slices)
        {
            Tensor y = Control.Loop(2, x, (_, state) => state.Sin());
            return (slices ? y.Slice(1, 0, 3).Sum() + y.Slice(1, 3, 5).Sum() : y.Sum()) + (y * y).Sum();
        }

        Assert.Equal(Bits.Of(Transform.Gradient(x => Run(x, false))(X)), Bits.Of(Transform.Gradient(x => Run(x, true))(X)));
    }
}
