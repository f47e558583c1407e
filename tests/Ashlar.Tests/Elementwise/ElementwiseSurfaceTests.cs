namespace Ashlar.Tests.Elementwise;

/// <summary>Functions of elements against NumPy 1.24 and SciPy 1.10, recorded with the calls of the same names; bits where nothing rounds.</summary>
public sealed class ElementwiseSurfaceTests
{
    const double Infinity = double.PositiveInfinity;
    const double NaN = double.NaN;

    static readonly Tensor Dividend = Of(7, -7, 7, -7, 5.5, -5.5, 0, -0.0, 1, -1, Infinity, 1, NaN, 1e20, 6, -6);
    static readonly Tensor Divisor = Of(3, 3, -3, -3, 2, 2, 3, 3, Infinity, Infinity, 2, 0, 1, 3, -3, 3);

    [Fact]
    public void Floor_divide_is_numpys() =>
        Same([2, -3, -3, 2, 2, -3, 0, -0.0, 0, -1, NaN, Infinity, NaN, 3.333333333333333e+19, -2, -2], Tensor.FloorDivide(Dividend, Divisor));

    [Fact]
    public void The_remainder_has_the_divisors_sign() =>
        Same([1, 2, -2, -1, 1.5, 0.5, 0, 0, 1, Infinity, NaN, NaN, NaN, 1, -0.0, 0], Tensor.Remainder(Dividend, Divisor));

    [Fact]
    public void Fmod_has_the_dividends_sign() =>
        Same([1, -1, 1, -1, 1.5, -1.5, 0, -0.0, 1, -1, NaN, NaN, NaN, 1, 0, -0.0], Tensor.Fmod(Dividend, Divisor));

    [Theory]
    [InlineData(DType.Int8), InlineData(DType.Int16), InlineData(DType.Int32), InlineData(DType.Int64)]
    public void Whole_quotients_of_integers_are_numpys(DType type)
    {
        Tensor a = Of(7, -7, 7, -7, 6, -6).To(type);
        Tensor b = Of(3, 3, -3, -3, 3, -3).To(type);
        Same([2, -3, -3, 2, 2, 2], Tensor.FloorDivide(a, b));
        Same([1, 2, -2, -1, 0, 0], Tensor.Remainder(a, b));
        Same([1, -1, 1, -1, 0, 0], Tensor.Fmod(a, b));
    }

    [Fact]
    public void Unsigned_integers_divide_without_signs()
    {
        Tensor a = Tensor.From([200, 255, 7], 3).To(DType.UInt8);
        Same([66, 127, 3], Tensor.FloorDivide(a, Tensor.From([3, 2, 2], 3).To(DType.UInt8)));
        Same([2, 1, 1], Tensor.Remainder(a, Tensor.From([3, 2, 2], 3).To(DType.UInt8)));
    }

    [Fact]
    public void Rounding_goes_down_up_to_zero_and_to_the_nearest_even()
    {
        Tensor x = Of(0.5, 1.5, -0.5, 2.5, -2.7);
        Same([0, 2, -0.0, 2, -3], x.Round());
        Same([0, 1, -1, 2, -3], x.Floor());
        Same([1, 2, -0.0, 3, -2], x.Ceil());
        Same([0, 1, -0.0, 2, -2], x.Trunc());
        Same([3, -4], Tensor.From([3, -4], 2).Floor());
    }

    [Fact]
    public void Neighbours_and_signs_are_numpys()
    {
        Same([1.0000000000000002, -0.9999999999999999, -5e-324, 5e-324, double.MaxValue, NaN, 0, Infinity, 1, NaN],
            Tensor.NextAfter(Of(1, -1, 0, -0.0, Infinity, NaN, 5e-324, double.MaxValue, 1, 1), Of(2, 2, -1, 1, 0, 1, 0, Infinity, 1, NaN)));
        Same([-1, 1, -0.0, 0, double.NegativeInfinity, -5e-324], Tensor.CopySign(Of(1, -1, 0, -0.0, Infinity, 5e-324), Of(-1, 1, -1, 1, -0.0, -1)));
        Assert.Equal([false, true, false, true, true, false], Of(0, -0.0, 1, -1, -Infinity, NaN).Signbit().ToArray<bool>());
        Assert.Equal([true, false], Tensor.From([-1, 0], 2).Signbit().ToArray<bool>());
    }

    [Fact]
    public void Kinds_of_numbers_are_told_apart()
    {
        Tensor x = Of(1, NaN, Infinity, -Infinity);
        Assert.Equal([false, true, false, false], x.IsNaN().ToArray<bool>());
        Assert.Equal([false, false, true, true], x.IsInf().ToArray<bool>());
        Assert.Equal([true, false, false, false], x.IsFinite().ToArray<bool>());
        Same([1, 0, double.MaxValue, -double.MaxValue], x.NanToNum());
        Same([1, 7, 8, -9], x.NanToNum(7, 8, -9));
        Assert.Equal([true], Tensor.From([1], 1).IsFinite().ToArray<bool>());
        Assert.Equal([false], Tensor.From([1], 1).IsInf().ToArray<bool>());
        Assert.Equal(float.MaxValue, Tensor.From([float.PositiveInfinity], 1).NanToNum().Item<float>());
    }

    [Fact]
    public void Shifts_by_tensors_are_numpys()
    {
        Tensor x = Tensor.From([1, -8, 127, -128], 4).To(DType.Int8);
        Tensor n = Tensor.From([3, 1, 7, 8], 4).To(DType.Int8);
        Same([8, -16, -128, 0], x << n);
        Same([0, -4, 0, -1], x >> n);
        Tensor bytes = Tensor.From([200, 255], 2).To(DType.UInt8);
        Same([144, 224], bytes << Tensor.From([1, 5], 2).To(DType.UInt8));
        Same([100, 7], bytes >> Tensor.From([1, 5], 2).To(DType.UInt8));
        Assert.Equal([-2, 1L << 40], (Tensor.From([-4L, 1L << 41], 2) >> 1).ToArray<long>());
        Assert.Equal([1 << 30, 0], (Tensor.From([1, 1], 2) << Tensor.From([30, 32], 2)).ToArray<int>());
    }

    [Fact]
    public void Logic_takes_any_number_for_true_that_is_not_zero()
    {
        (Tensor a, Tensor b) = (Of(0, 0, 2, NaN), Of(0, 3, 0, 1));
        Assert.Equal([false, false, false, true], Tensor.LogicalAnd(a, b).ToArray<bool>());
        Assert.Equal([false, true, true, true], Tensor.LogicalOr(a, b).ToArray<bool>());
        Assert.Equal([false, true, true, false], Tensor.LogicalXor(a, b).ToArray<bool>());
        Assert.Equal([true, true, false, false], a.LogicalNot().ToArray<bool>());
        Same([8, 14, 6, -13], Tensor.Concat([Tensor.BitwiseAnd(Whole(12), Whole(10)), Tensor.BitwiseOr(Whole(12), Whole(10)), Tensor.BitwiseXor(Whole(12), Whole(10)), Whole(12).BitwiseInvert()], 0));

        static Tensor Whole(int value) => Tensor.From([value], 1);
    }

    [Fact]
    public void Clipping_takes_bounds_numbers_and_tensors()
    {
        Tensor x = Of(-2, 0.5, 3, NaN);
        Same([-1, 0.5, 1, NaN], x.Clip(-1, 1));
        Same([-2, 0.5, 1, NaN], x.Clip(max: 1));
        Same([0, 0.5, 2, NaN], x.Clip(Of(0), Of(2)));
        Same([2, 2, 2, NaN], x.Clip(5, 2));
        Same([0, 1], Tensor.From([-3, 1], 2).Clip(min: 0));
    }

    // The composites round a few times: 4 ulp.
    [Fact]
    public void Composites_agree_with_numpy_and_scipy()
    {
        Near([0.6931471805599453, -Infinity, Infinity, 1000.6931471805599, 1, 2, NaN],
            Tensor.LogAddExp(Of(0, -Infinity, Infinity, 1000, -1000, -Infinity, 3), Of(0, -Infinity, Infinity, 1000, 1, 2, NaN)));
        Near([0, 0.6931471805599453, 1000, NaN], Of(-1000, 0, 1000, NaN).Softplus());
        Near([-1000, -0.6931471805599453, 0], Of(-1000, 0, 1000).LogSigmoid());
        Near([0, 0.34657359027997264, -Infinity, 0], Of(0, 0.5, -1, 1).Entr());
        Near([0, NaN, 2.1972245773362196], Tensor.Xlogy(Of(0, 0, 2), Of(0, NaN, 3)));
        Near([0, 2.772588722239781], Tensor.Xlog1py(Of(0, 2), Of(-1, 3)));
        Near([1, 0.6366197723675814, -0.18006326323142122], Of(0, 0.5, 1.25).Sinc());
        Near([0.25, 4], Of(4, 0.25).Reciprocal());
        Near([9, 2.5, 3], Tensor.Concat([Of(-3).Square(), Tensor.Lerp(Of(1), Of(4), 0.5), Tensor.Lerp(Of(1), Of(4), Of(2.0 / 3))], 0));
    }

    // Γ's reflection and the sums of logarithms lose some digits: 10⁻¹³.
    [Fact]
    public void Special_functions_agree_with_scipy_where_terms_cancel()
    {
        Near([1.2655121234846454, 0.860047015376481, 0.5555015450206474, -14.457515440024208, Infinity, Infinity, Infinity, 0, 0],
            Of(-0.5, -1.5, -2.25, -10.3, 0, -3, -Infinity, 1, 2).Lgamma(), 1e-13);
        Near([0.03648997397857651, 3.7141391202135283, -0.8450768588704185, NaN, -Infinity, Infinity], Of(-0.5, -1.25, -3.7, -2, 0, Infinity).Digamma(), 1e-13);
        Near([8.93480220054468, 19.5049800605996, Infinity, 0], Of(-0.5, -3.75, 0, Infinity).Polygamma(1), 1e-13);
        Near([-1.6278588363903812, -4.0943445622221], Tensor.BetaLn(Of(1.5, 3), Of(2.5, 4)), 1e-13);
        Near([0.0013498980316300933, 0.5, 0.9331927987311419], Of(-3, 0, 1.5).Ndtr(), 1e-13);
        Near([-Infinity, 0, Infinity, NaN], Of(0, 0.5, 1, 1.5).Ndtri());
        Near([-Infinity, 0, NaN], Of(-Infinity, Infinity, NaN).LogNdtr());
        Near([0, 1, NaN], Of(Infinity, 0, NaN).BesselI0e());
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Of(1).Polygamma(-1));
        Assert.StartsWith("Polygamma: the order is -1. It must be from 0 to 100.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Incomplete_functions_have_scipys_limits()
    {
        Near([0, 1, 1, NaN, NaN, NaN, 0, NaN], Tensor.GammaInc(Of(2, 2, 0, 0, -1, 1, Infinity, NaN), Of(0, Infinity, 1, 0, 1, -1, 3, 1)));
        Near([1, 0, 0, NaN, NaN, NaN, 1, NaN], Tensor.GammaIncC(Of(2, 2, 0, 0, -1, 1, Infinity, NaN), Of(0, Infinity, 1, 0, 1, -1, 3, 1)));
        Near([0, 1, 1, 0, NaN, NaN, NaN], Tensor.BetaInc(Of(2, 2, 0, 2, 2, -1, NaN), Of(3, 3, 2, 0, 3, 1, 1), Of(0, 1, 0.5, 0.5, 1.5, 0.5, 0.5)));
        Near([1.6449340668482264, 1.0369277551433699, Infinity, NaN], Of(2, 5, 1, 0.5).Zeta());
        Near([Infinity, NaN, 0, 0], Tensor.Zeta(Of(3, 3, 3, Infinity), Of(-2, -2.5, Infinity, 2)));
        Near([1, 0, 0, NaN], Of(0, Infinity, -Infinity, NaN).BesselJ0());
        Near([0, 0, 0, NaN], Of(0, Infinity, -Infinity, NaN).BesselJ1());
    }

    // I(2, 2, x) = 3x² - 2x³. At the ends of x the value does not depend on a and b; outside there is none.
    [Fact]
    public void The_incomplete_beta_function_has_all_its_gradients()
    {
        Near([1.5], Transform.Gradient(t => Tensor.BetaInc(Of(2), Of(2), t).Sum())(Of(0.5)));
        Near([0, 0, NaN, NaN], Transform.Gradient(a => Tensor.BetaInc(a, Of(2, 2, 2, -1), Of(0, 1, 1.5, 0.5)).Sum())(Of(2, 2, 2, 2)));
        Tensor a = Of(0.7, 3, 40);
        Tensor b = Of(2, 0.4, 90);
        Tensor x = Of(0.125, 0.75, 0.375);
        Tensor mirrored = -Transform.Gradient(t => Tensor.BetaInc(b, t, 1 - x).Sum())(a);
        double[] slopes = Transform.Gradient(t => Tensor.BetaInc(t, b, x).Sum())(a).ToArray<double>();
        Assert.All(slopes.Zip(mirrored.ToArray<double>()), pair => Assert.Equal(1, pair.First / pair.Second, 1e-13));
    }

    [Fact]
    public void Arguments_without_a_gradient_are_named()
    {
        var error = Assert.Throws<NotSupportedException>(() => Transform.Gradient(s => s.Zeta().Sum())(Of(3)));
        Assert.StartsWith("Zeta: s [1] has no gradient. Give s.StopGradient() if it is to stay constant.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_of_composites_are_finite_at_their_kinks()
    {
        Near([0.5, 0.5], Transform.Gradient(x => Tensor.LogAddExp(x, Of(1, 1)).Sum())(Of(1, 1)));
        Near([0.5, 1, 0], Transform.Gradient(x => x.Softplus().Sum())(Of(0, 800, -800)));
        Near([0, 0], Transform.Gradient(x => x.Sinc().Sum())(Of(0, 0)));
        Near([0, -1], Transform.Gradient(x => Tensor.Xlogy(x, Of(0, Math.Exp(-1))).Sum())(Of(0, 0)));
    }

    [Fact]
    public void Empty_and_scalar_tensors_are_fine()
    {
        Assert.Empty(Tensor.Remainder(Of(), Of()).ToArray<double>());
        Assert.Equal(1.5, Tensor.Fmod(Tensor.From([5.5], []), 2).Item<double>());
        Assert.Equal([4, 1], Tensor.Maximum(Of(4, -1), 1).ToArray<double>());
        Assert.Equal([1, -1], Tensor.Minimum(Of(4, -1), 1).ToArray<double>());
    }

    [Fact]
    public void Functions_of_fractions_refuse_integers()
    {
        Assert.StartsWith("Reciprocal: int32 has no fractions.", Assert.Throws<DTypeException>(() => Tensor.From([1], 1).Reciprocal()).Message, StringComparison.Ordinal);
        Assert.StartsWith("Lgamma: int32 is not taken", Assert.Throws<DTypeException>(() => Tensor.From([1], 1).Lgamma()).Message, StringComparison.Ordinal);
        Assert.StartsWith("ShiftLeftBy: float32 is not taken", Assert.Throws<DTypeException>(() => Tensor.From([1f], 1) << 1).Message, StringComparison.Ordinal);
    }

    static Tensor Of(params double[] values) => Tensor.From(values, values.Length);

    static void Same(double[] expected, Tensor found) =>
        Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), found.To(DType.Float64).ToArray<double>().Select(x => BitConverter.DoubleToInt64Bits(double.IsNaN(x) ? NaN : x)));

    static void Near(double[] expected, Tensor found, double relative = 9e-16)
    {
        double[] values = found.ToArray<double>();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(values[i].Equals(expected[i]) || Math.Abs(values[i] - expected[i]) <= relative * Math.Max(1e-3, Math.Abs(expected[i])), $"{i}: {values[i]:R}, not {expected[i]:R}.");
        }
    }
}
