using Number = System.Numerics.Complex;

namespace Ashlar.Tests.Complex;

public sealed class ComplexFunctionTests
{
    // A dozen operations of at most a unit in the last place each, 2⁻⁵².
    const double Tolerance = 3e-15;

    static readonly Number[] Points = ComplexVectors.Of("points").Pairs();

    static readonly Dictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["Exp"] = z => z.Exp(),
        ["Expm1"] = z => z.Expm1(),
        ["Sqrt"] = z => z.Sqrt(),
        ["Sin"] = z => z.Sin(),
        ["Cos"] = z => z.Cos(),
        ["Tanh"] = z => z.Tanh(),
        ["Log"] = z => z.Log(),
        ["Log1p"] = z => z.Log1p(),
        ["Tan"] = z => z.Tan(),
        ["Sinh"] = z => z.Sinh(),
        ["Cosh"] = z => z.Cosh(),
        ["Asin"] = z => z.Asin(),
        ["Acos"] = z => z.Acos(),
        ["Atan"] = z => z.Atan(),
        ["Asinh"] = z => z.Asinh(),
        ["Acosh"] = z => z.Acosh(),
        ["Atanh"] = z => z.Atanh(),
    };

    static readonly Dictionary<string, Func<Tensor[], Tensor>> Losses = new()
    {
        ["abs"] = z => z[0].Abs().Sum(),
        ["angle"] = z => z[0].Angle().Sum(),
        ["log"] = z => (z[0].Log() * z[0].Log().Conj()).Real.Sum(),
        ["divide"] = z => (z[0] / z[1]).Real.Sum() + (z[0] / z[1]).Imag.Pow(2).Sum(),
        ["multiply"] = z => (z[0] * z[1].Conj()).Abs().Pow(2).Sum(),
        ["exp"] = z => z[0].Exp().Imag.Sum(),
        ["sqrt"] = z => z[0].Sqrt().Imag.Sum(),
        ["tanh"] = z => z[0].Tanh().Real.Sum(),
        ["matmul"] = z => z[0].Reshape(2, 2).MatMul(z[1].Reshape(2, 2)).Abs().Sum(),
    };

    public static TheoryData<string> FunctionNames => new(Functions.Keys);

    public static TheoryData<string> LossNames => new(Losses.Keys);

    [Theory, MemberData(nameof(FunctionNames))]
    public void A_function_has_NumPys_values(string name) =>
        ComplexVectors.AssertClose(ComplexVectors.Of("functions").GetProperty(name).Pairs(), Functions[name](Tensor.From(Points, 24)).ToArray<Number>(), Tolerance);

    [Theory, MemberData(nameof(FunctionNames))]
    public void A_function_of_complex64_is_rounded(string name)
    {
        Complex64[] found = Functions[name](Tensor.From(Points, 24).To(DType.Complex64)).ToArray<Complex64>();
        ComplexVectors.AssertClose(ComplexVectors.Of("functions").GetProperty(name).Pairs(), [.. found.Select(z => (Number)z)], 2e-6);
    }

    [Theory, MemberData(nameof(LossNames))]
    public void A_gradient_is_PyTorchs(string name)
    {
        Tensor[] arguments = [Tensor.From(Points[..4], 4), Tensor.From(Points[4..8], 4)];
        (_, Tensor[] gradients) = Transform.ValueAndGradient(Losses[name])(arguments);
        Number[][] expected = [.. ComplexVectors.Of("gradients").GetProperty(name).EnumerateArray().Select(rows => rows.Pairs())];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(DType.Complex128, gradients[i].DType);
            ComplexVectors.AssertClose(expected[i], gradients[i].ToArray<Number>(), 1e-13);
        }
    }

    [Fact]
    public void The_magnitude_does_not_overflow_and_is_infinite_with_a_part()
    {
        double[] found = Tensor.From(ComplexVectors.Of("large").Pairs(), 4).Abs().ToArray<double>();
        double[] expected = ComplexVectors.Of("abs of large").Reals();
        for (int i = 0; i < 4; i++)
        {
            Assert.InRange(found[i], expected[i] * (1 - 1e-15), expected[i] * (1 + 1e-15));
        }

        Number[] endless = [new(double.PositiveInfinity, double.NaN), new(1, double.NegativeInfinity), new(double.NaN, 1), new(-0.0, 0)];
        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity, double.NaN, 0], Tensor.From(endless, 4).Abs().ToArray<double>());
        Assert.Equal([Number.Zero], Transform.Gradient(z => z.Abs().Sum())(Tensor.Zeros(new Shape(1), DType.Complex128)).ToArray<Number>());
    }

    [Fact]
    public void Quotients_are_NumPys_also_near_the_ends_of_the_range()
    {
        Tensor z = Tensor.From(Points, 24);
        ComplexVectors.AssertClose(ComplexVectors.Of("divide").Pairs(), (z.Slice(0, 0, 12) / z.Slice(0, 12, 12)).ToArray<Number>(), Tolerance);
        Tensor large = Tensor.From(ComplexVectors.Of("large").Pairs()[..2], 2);
        Number[] found = (large / large.Slice(0, 0, 1)).ToArray<Number>();
        Assert.Equal(Number.One, found[0]);
        Number zero = (Tensor.From([new Number(1, -2)], 1) / Tensor.Zeros(new Shape(1), DType.Complex128)).Item<Number>();
        Assert.Equal((double.PositiveInfinity, double.NegativeInfinity), (zero.Real, zero.Imaginary));
    }

    [Fact]
    public void Powers_and_angles_are_NumPys()
    {
        Tensor z = Tensor.From(Points, 24);
        ComplexVectors.AssertClose(ComplexVectors.Of("pow").Pairs(), z.Slice(0, 0, 12).Pow(z.Slice(0, 12, 12)).ToArray<Number>(), 1e-14);
        ComplexVectors.AssertClose([.. ComplexVectors.Of("angle").Reals().Select(angle => new Number(angle, 0))], [.. z.Angle().ToArray<double>().Select(angle => new Number(angle, 0))], Tolerance);
        Tensor zero = Tensor.Zeros(new Shape(1), DType.Complex128);
        Assert.Equal((Number.One, Number.Zero), (zero.Pow(zero).Item<Number>(), zero.Pow(new Number(2, 1)).Item<Number>()));
        Assert.Equal(new Number(-1, 0), Tensor.From([Number.ImaginaryOne], 1).Pow(2.0).Item<Number>());
    }

    [Fact]
    public void Roots_keep_the_signs_of_zeros_and_infinities()
    {
        Number[] special = ComplexVectors.Of("special").Pairs();
        Number[] expected = ComplexVectors.Of("special functions").GetProperty("Sqrt").Pairs();
        Number[] found = Tensor.From(special, special.Length).Sqrt().ToArray<Number>();
        for (int i = 0; i < special.Length; i++)
        {
            Assert.True(Same(expected[i].Real, found[i].Real) && Same(expected[i].Imaginary, found[i].Imaginary), $"√{special[i]:R}: recorded {expected[i]:R}, found {found[i]:R}");
        }
    }

    [Fact]
    public void Products_of_matrices_and_along_axes_are_NumPys()
    {
        Tensor z = Tensor.From(Points, 24);
        ComplexVectors.AssertClose(ComplexVectors.Of("matmul").Pairs(), z.Slice(0, 0, 6).Reshape(2, 3).MatMul(z.Slice(0, 6, 6).Reshape(3, 2)).ToArray<Number>(), Tolerance);
        ComplexVectors.AssertClose(ComplexVectors.Of("prod").Pairs(), z.Slice(0, 0, 15).Reshape(3, 5).Prod([1]).ToArray<Number>(), Tolerance);
        Tensor x = z.Real.Slice(0, 0, 6).Reshape(2, 3);
        Assert.Equal(x.MatMul(z.Real.Slice(0, 6, 3)).ToArray<double>(), x.MatMul(z.Slice(0, 6, 3)).Real.ToArray<double>());
    }

    [Fact]
    public void Products_with_tangents_and_cotangents_take_complex_numbers()
    {
        Tensor z = Tensor.From(Points[..3], 3);
        Tensor v = Tensor.From(Points[3..6], 3);
        (Tensor value, Tensor tangent) = Transform.Jvp(x => x * x, z, v);
        ComplexVectors.AssertClose((2 * z * v).ToArray<Number>(), tangent.ToArray<Number>(), Tolerance);
        (_, Func<Tensor, Tensor> pullback) = Transform.Vjp(x => x * x, z);
        ComplexVectors.AssertClose((2 * z.Conj() * v).ToArray<Number>(), pullback(v).ToArray<Number>(), Tolerance);
        (_, Func<Tensor, Tensor> pushforward) = Transform.Linearize(x => x * x, z);
        Assert.Equal(tangent.ToArray<Number>(), pushforward(v).ToArray<Number>());
        Assert.Equal((z * z).ToArray<Number>(), value.ToArray<Number>());
    }

    [Fact]
    public void What_is_no_finite_number_is_found()
    {
        Number[] numbers = [new(1, 2), new(double.NaN, 0), new(0, double.NegativeInfinity), new(double.PositiveInfinity, double.NaN)];
        Tensor z = Tensor.From(numbers, 4);
        Assert.Equal([false, true, false, true], z.IsNaN().ToArray<bool>());
        Assert.Equal([false, false, true, true], z.IsInf().ToArray<bool>());
        Assert.Equal([true, false, false, false], z.IsFinite().ToArray<bool>());
        Assert.Equal([false, true, false, false], z.Real.IsNaN().ToArray<bool>());
        Assert.Equal([false, false, false, true], z.Real.IsInf().ToArray<bool>());
        Assert.Equal([true, true], Tensor.Arange(2).IsFinite().ToArray<bool>());
        Assert.Equal([false, false], Tensor.Arange(2).IsInf().ToArray<bool>());
        Assert.Equal([false, false], Tensor.Arange(2).IsNaN().ToArray<bool>());
        Assert.Equal([new Number(1, 2), 7, new(0, -3), new(9, 7)], z.NanToNum(7, 9, -3).ToArray<Number>());
        Assert.Equal(new Number(0, -0.5), Tensor.From([new Number(0, 2)], 1).Reciprocal().Item<Number>());
    }

    [Fact]
    public void Vmap_maps_over_logical_axes()
    {
        Tensor z = Tensor.From(Points, 4, 6);
        Number[] mapped = Transform.Vmap(row => row * row.Sum())(z).ToArray<Number>();
        Number[] looped = [.. Enumerable.Range(0, 4).SelectMany(i => (z.Slice(0, i, 1).Reshape(6) * z.Slice(0, i, 1).Sum()).ToArray<Number>())];
        Assert.Equal(looped, mapped);
        Assert.Equal(4, Transform.Vmap(row => row.Real.Sum())(z).Size);
    }

    // Zeros with their sign; other numbers to the last digits.
    static bool Same(double a, double b) =>
        (double.IsNaN(a) && double.IsNaN(b)) || BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (a != 0 && double.Abs(a - b) <= 1e-15 * double.Abs(a));
}
