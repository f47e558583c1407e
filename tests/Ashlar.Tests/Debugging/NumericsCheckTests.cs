using System.Runtime.CompilerServices;

namespace Ashlar.Tests.Debugging;

// Operands come from fields: optimized code that passes a result straight on has no line of its own for the operation.
public sealed class NumericsCheckTests
{
    readonly Tensor _x = Tensor.From([1f, -2, 3, -4], 2, 2);

    [Fact, MethodImpl(MethodImplOptions.NoOptimization)]
    public void The_first_operation_that_makes_a_NaN_is_named_with_its_line()
    {
        using IDisposable check = Numerics.Check();
        (Tensor y, int line) = (_x.Log(), Line());
        var error = Assert.Throws<NumericsException>(() => (y * 2).Sum().Item<float>());
        Assert.Matches($@"^Numerics: Log at NumericsCheckTests\.cs:{line} \(.*The_first_operation.*\) gives NaN at \[0, 1\] of float32\[2, 2\], the first of 2, from -2\. .*clipping", error.Message);
    }

    [Fact, MethodImpl(MethodImplOptions.NoOptimization)]
    public void A_NaN_of_a_gradient_is_named_with_the_line_that_the_gradient_is_of()
    {
        using IDisposable check = Numerics.Check();
        (Tensor gradient, int line) = (Transform.Gradient(x => x.Sqrt().Abs().Sqrt().Sum())(Tensor.From([1.0, 0.0], 2)), Line());
        var error = Assert.Throws<NumericsException>(() => gradient.ToArray<double>());
        Assert.Matches($@"^Numerics: \w+, in the gradient of \w+ at NumericsCheckTests\.cs:{line} .* gives NaN at \[1\] of float64\[2\]", error.Message);
    }

    [Fact]
    public void A_given_NaN_is_told_from_a_computed_one()
    {
        using IDisposable check = Numerics.Check();
        Tensor x = Tensor.From([1f, float.NaN], 2);
        var error = Assert.Throws<NumericsException>(() => (x + 1).ToArray<float>());
        Assert.StartsWith("Numerics: a given tensor holds NaN at [1] of float32[2]. ", error.Message);
    }

    [Fact]
    public void Infinities_are_errors_only_if_asked_for()
    {
        Tensor zero = Tensor.From([0f, 1f], 2);
        using (Numerics.Check())
        {
            Assert.Equal([float.PositiveInfinity, 1f], (1 / zero).ToArray<float>());
        }

        using (Numerics.Check(infinities: true))
        {
            Assert.Contains("Divide at", Assert.Throws<NumericsException>(() => (1 / zero).ToArray<float>()).Message);
        }
    }

    [Fact]
    public void Sound_results_have_the_same_bits_under_the_check()
    {
        Tensor X() => Tensor.RandomNormal(RandomKey.FromSeed(3), new Shape(7, 33)).Tanh().Sum([0]).Exp();
        byte[] expected = X().ToBytes();
        using IDisposable check = Numerics.Check();
        Assert.Equal(expected, X().ToBytes());
    }

    [Fact]
    public void Without_a_check_no_line_is_kept()
    {
        Assert.Null((Tensor.Arange(3) + 1).Node.Origin);
        Assert.True(float.IsNaN(Tensor.Scalar(-1).Log().Item<float>()));
    }

    static int Line([CallerLineNumber] int line = 0) => line;
}
