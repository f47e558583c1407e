using Ashlar.Tests.Schedule;

namespace Ashlar.Tests.Transforms;

/// <summary>The transforms in any order: over functions of three numbers, against formulas and against loops.</summary>
public sealed class CompositionTests
{
    // Two ways of rounding the same derivative in float64.
    const double Tolerance = 1e-12;

    static readonly double[] Point = [0.3, -0.7, 1.1];

    static readonly Dictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["sum of products"] = x => (x * x.Flip(0) * x).Sum(),
        ["log sum exp"] = x => x.LogSumExp(),
        ["products of a matrix"] = x => Square(x).MatMul(Square(x)).Sin().Sum(),
        ["maximum and quotient"] = x => (x.Max() / ((x * x).Sum() + 1)).Tanh(),
        ["a custom gradient"] = x => Transform.CustomGradient(t => t.Exp(), (_, y, dy) => dy * y)(x * 0.5).Sum() * x.Sum(),
        ["a custom jvp"] = x => Transform.CustomJvp(t => t.Sin(), (t, _, dt) => dt * t.Cos())(x).Prod(),
    };

    static readonly Dictionary<string, Func<Func<Tensor, Tensor>, Func<Tensor, Tensor>>> SecondDerivatives = new()
    {
        ["Hessian"] = Transform.Hessian,
        ["reverse over reverse"] = f => Transform.Jacobian(Transform.Gradient(f), DerivativeMode.Reverse),
        ["forward over forward"] = f => Transform.Jacobian(Transform.Jacobian(f, DerivativeMode.Forward), DerivativeMode.Forward),
        ["reverse over forward"] = f => Transform.Jacobian(Transform.Jacobian(f, DerivativeMode.Forward), DerivativeMode.Reverse),
        ["vmap of products"] = f => x => Transform.Vmap(v => Transform.HessianVectorProduct(f)(x, v))(Identity()),
        ["vmap of pullbacks"] = f => x => Transform.Vmap(v => Transform.Vjp(Transform.Gradient(f), x).Pullback(v))(Identity()),
        ["gradients of directional derivatives"] = f => x => Transform.Vmap(v => Transform.Gradient(t => (Transform.Gradient(f)(t) * v).Sum())(x))(Identity()),
        ["linearized gradient"] = f => x => Transform.Vmap(Transform.Linearize(Transform.Gradient(f), x).Pushforward)(Identity()),
    };

    public static TheoryData<string> FunctionNames => [.. Functions.Keys];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string function in Functions.Keys)
            {
                foreach (string second in SecondDerivatives.Keys)
                {
                    pairs.Add(function, second);
                }
            }

            return pairs;
        }
    }

    [Theory, MemberData(nameof(FunctionNames))]
    public void Gradients_of_both_orders_agree_with_finite_differences(string function) =>
        GradientCheck.Run(Functions[function], Tensor.From(Point, 3)).ThrowIfWrong();

    [Theory, MemberData(nameof(Pairs))]
    public void Every_way_to_the_second_derivatives_gives_the_same_matrix(string function, string second)
    {
        Func<Tensor, Tensor> f = Functions[function];
        Tensor x = Tensor.From(Point, 3);
        double[] found = SecondDerivatives[second](f)(x).ToArray<double>();
        double[] expected = Transform.Jacobian(Transform.Gradient(f), DerivativeMode.Reverse)(x).ToArray<double>();
        Assert.Equal(9, found.Length);
        for (int i = 0; i < 9; i++)
        {
            Assert.Equal(expected[i], found[i], Tolerance * (1 + Math.Abs(expected[i])));
        }
    }

    [Theory, MemberData(nameof(FunctionNames))]
    public void Vmap_of_every_derivative_has_the_bits_of_a_loop(string function)
    {
        Func<Tensor, Tensor> f = Functions[function];
        Tensor batch = Tensor.RandomUniform(RandomKey.FromSeed(1), new Shape(4, 3), -1, 1, DType.Float64);
        Tensor[] rows = [.. Enumerable.Range(0, 4).Select(i => batch.Slice(0, i, 1).Reshape(3))];
        foreach (Func<Tensor, Tensor> g in (Func<Tensor, Tensor>[])[
            f, Transform.Gradient(f), Transform.Hessian(f), Transform.Jacobian(Transform.Gradient(f), DerivativeMode.Reverse),
            x => Transform.Jvp(f, x, x).Tangent, x => Transform.Vjp(Transform.Gradient(f), x).Pullback(x)])
        {
            Tensor all = Transform.Vmap(g)(batch);
            Assert.Equal(rows.SelectMany(row => Bits.Of(g(row))), Bits.Of(all));
        }
    }

    [Fact]
    public void Transforms_of_different_functions_do_not_confuse_their_tangents()
    {
        // d/dx (x · d/dy (x + y)) = 1, not 2.
        Tensor one = Tensor.Scalar(1, DType.Float64);
        Tensor slope = Transform.Jvp(x => x * Transform.Jvp(y => x + y, one, one).Tangent, one, one).Tangent;
        Assert.Equal(1, slope.Item<double>());
        Assert.Equal(1, Transform.Gradient(x => x * Transform.Gradient(y => x + y)(one))(one).Item<double>());
    }

    [Fact]
    public void Gradients_of_each_example_are_a_vmap_of_the_gradient()
    {
        Tensor w = Tensor.From([1.0, -2], 2);
        Tensor xs = Tensor.From([1.0, 2, 3, 4, 5, 6], 3, 2);
        Tensor Loss(Tensor weights, Tensor x) => (weights * x).Sum().Tanh();
        Tensor each = Transform.Vmap(Transform.Gradient(Loss), [null, 0])(w, xs);
        Assert.Equal(new Shape(3, 2), each.Shape);
        for (int i = 0; i < 3; i++)
        {
            Tensor x = xs.Slice(0, i, 1).Reshape(2);
            Assert.Equal(Transform.Gradient(Loss)(w, x).ToArray<double>(), each.Slice(0, i, 1).ToArray<double>());
        }
    }

    static Tensor Identity() => Tensor.From([1.0, 0, 0, 0, 1, 0, 0, 0, 1], 3, 3);

    static Tensor Square(Tensor x) => x.Reshape(3, 1) * x.Reshape(1, 3);
}
