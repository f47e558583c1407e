namespace Ashlar.Tests.Transforms;

/// <summary>The rule of the variance against the derivatives of its steps.</summary>
public sealed class VarianceDerivativeTests
{
    // Both are some roundings of float64 away from the exact value, which is below 10.
    const double Tolerance = 1e-13;

    static readonly Tensor X = Tensor.From([0.3, -1.2, 2.0, 0.1, 0.7, -0.4, 1.5, -2.5], 2, 4);

    static readonly Tensor V = Tensor.From([1.0, 0.5, -0.25, 2.0, -1.5, 0.75, 0.125, -1.0], 2, 4);

    public static TheoryData<int[], int, bool> Ways => new()
    {
        { [1], 0, true }, { [1], 1, false }, { [0], 1, true }, { [0, 1], 0, false }, { [], 1, true },
    };

    [Theory, MemberData(nameof(Ways))]
    public void Cotangents_and_tangents_pass_as_through_its_steps(int[] axes, int correction, bool keepAxes)
    {
        Tensor F(Tensor x) => x.Var(axes, correction, keepAxes);
        Tensor Expected(Tensor x) => Steps(x, axes, correction, keepAxes);

        Tensor u = F(X) + 0.5;
        Close(Transform.Vjp(Expected, X).Pullback(u), Transform.Vjp(F, X).Pullback(u));
        Close(Transform.Jvp(Expected, X, V).Tangent, Transform.Jvp(F, X, V).Tangent);
    }

    [Fact]
    public void The_second_derivative_is_that_of_its_steps() => Close(
        Transform.Hessian(x => Steps(x, [0], 1, keepAxes: false).Exp())(X[0]),
        Transform.Hessian(x => x.Var([0], 1).Exp())(X[0]));

    [Fact]
    public void A_batch_of_gradients_has_the_bits_of_a_loop()
    {
        Func<Tensor, Tensor> gradient = Transform.Gradient(x => x.Var());
        Assert.Equal(gradient(X[1]).ToArray<double>(), Transform.Vmap(gradient)(X)[1].ToArray<double>());
    }

    static Tensor Steps(Tensor x, int[] axes, int correction, bool keepAxes)
    {
        Tensor centred = x - x.Mean(axes, keepAxes: true);
        Tensor sum = (centred * centred).Sum(axes, keepAxes);
        return sum / (((double)x.Size / sum.Size) - correction);
    }

    static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        foreach ((double e, double a) in expected.ToArray<double>().Zip(actual.ToArray<double>()))
        {
            Assert.InRange(a, e - Tolerance, e + Tolerance);
        }
    }
}
