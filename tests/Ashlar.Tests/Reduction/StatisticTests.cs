namespace Ashlar.Tests.Reduction;

public sealed class StatisticTests
{
    // numpy.std([1, 2, 4, 8], ddof=1) and numpy.std([1, 2, 4, 8]); one ulp for the order of the sum.
    [Fact]
    public void Standard_deviation_takes_a_correction()
    {
        Tensor x = Tensor.From([1.0, 2, 4, 8], 4);
        Assert.Equal(3.095695936834452, x.Std(correction: 1).Item<double>(), 5e-16);
        Assert.Equal(2.680951323690902, x.Std().Item<double>(), 5e-16);
    }

    [Fact]
    public void A_sum_of_exponentials_keeps_infinities()
    {
        double inf = double.PositiveInfinity;
        Assert.Equal(-inf, Tensor.From([-inf, -inf], 2).LogSumExp().Item<double>());
        Assert.Equal(inf, Tensor.From([inf, 1.0], 2).LogSumExp().Item<double>());
        Assert.True(double.IsNaN(Tensor.From([double.NaN, inf], 2).LogSumExp().Item<double>()));
        Assert.Equal(1000 + 0.6931471805599453, Tensor.From([1000.0, 1000.0], 2).LogSumExp().Item<double>(), 2e-13);
    }
}
