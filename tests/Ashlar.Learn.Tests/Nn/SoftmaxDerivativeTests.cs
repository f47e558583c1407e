using Ashlar.Nn;

namespace Ashlar.Learn.Tests.Nn;

/// <summary>The rule of softmax against the derivatives of its steps.</summary>
public sealed class SoftmaxDerivativeTests : ReferenceScope
{
    // Both are a few roundings of float64 away from the exact value, which is at most 1.
    const double Tolerance = 1e-14;

    static readonly Tensor X = Tensor.From([0.3, -1.2, 2.0, 0.1, 0.7, -0.4], 2, 3);

    static readonly Tensor U = Tensor.From([1.0, 0.5, -0.25, 2.0, -1.5, 0.75], 2, 3);

    [Theory, InlineData(0), InlineData(1), InlineData(-1)]
    public void Cotangents_and_tangents_pass_as_through_its_steps(int axis)
    {
        Close(Transform.Vjp(x => Steps(x, axis), X).Pullback(U), Transform.Vjp(x => Functional.Softmax(x, axis), X).Pullback(U));
        Close(Transform.Jvp(x => Steps(x, axis), X, U).Tangent, Transform.Jvp(x => Functional.Softmax(x, axis), X, U).Tangent);
    }

    [Fact]
    public void The_second_derivative_is_that_of_its_steps() =>
        Close(
            Transform.Hessian(x => (Steps(x, 0) * U[0]).Sum())(X[0]),
            Transform.Hessian(x => (Functional.Softmax(x, 0) * U[0]).Sum())(X[0]));

    [Fact]
    public void A_batch_of_gradients_has_the_bits_of_a_loop()
    {
        Func<Tensor, Tensor> gradient = Transform.Gradient(x => (Functional.Softmax(x) * U[0]).Sum());
        Assert.Equal(gradient(X[1]).ToArray<double>(), Transform.Vmap(gradient)(X)[1].ToArray<double>());
    }

    static Tensor Steps(Tensor x, int axis)
    {
        Tensor e = (x - x.Max([axis], keepAxes: true).StopGradient()).Exp();
        return e / e.Sum([axis], keepAxes: true);
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
