using Ashlar.Schedule;

namespace Ashlar.Tests.Linear;

/// <summary>Gradients of functions composed of decompositions, in float64 against central differences.</summary>
public sealed class LinalgGradientTests
{
    // As for the primitives: the formula errs by about h² = 1e-10 and rounding by 1e-16 / h = 1e-11, both times the derivatives' size.
    const double Distance = 1e-5;
    const double Tolerance = 2e-8;

    public static TheoryData<string> Names => [.. Functions.Keys];

    static SortedDictionary<string, Func<Tensor, Tensor>> Functions { get; } = new(StringComparer.Ordinal)
    {
        ["Det"] = Linalg.Det,
        ["SlogDet"] = x => Linalg.SlogDet(x).LogAbsDet,
        ["Inv"] = Linalg.Inv,
        ["Solve"] = x => Linalg.Solve(x, x.MatrixTranspose() + 1),
        ["Solve one vector"] = x => Linalg.Solve(x, Tensor.From([1.0, 2, 3], 3)),
        ["CholeskySolve"] = x => Linalg.CholeskySolve(Linalg.Cholesky(x.MatMul(x.MatrixTranspose())), x),
        ["LstSq, tall"] = x => Linalg.LstSq(x.Slice(-1, 0, 2), x).Solution,
        ["LstSq, wide"] = x => Linalg.LstSq(x.Slice(-2, 0, 2), x.Slice(-2, 0, 2)).Solution,
        ["Pinv of rank 2"] = x => Linalg.Pinv(x.Slice(-1, 0, 2).MatMul(x.Slice(-2, 0, 2)), 1e-6),
        ["MatrixPower"] = x => Linalg.MatrixPower(x, -3),
        ["MatrixExp"] = x => Linalg.MatrixExp(x * 0.3),
        ["Nuclear norm"] = x => Linalg.MatrixNorm(x, MatrixNormKind.Nuclear),
        ["2-norm"] = x => Linalg.MatrixNorm(x, MatrixNormKind.Two),
        ["Vector norms"] = x => Linalg.VectorNorm(x, [-1]) + Linalg.VectorNorm(x, [-1], order: 3),
        ["Cond"] = x => Linalg.Cond(x),
        ["Einsum"] = x => Tensor.Einsum("...ij,...kj,...ki->...k", x, x, x),
        ["Kron"] = x => Linalg.Kron(x, x),
        ["Diagonals"] = x => x.Diagonal(1).DiagEmbed(-1) * x.Tril() * x.Triu(-1),
        ["Cross"] = x => Linalg.Cross(x, x.MatrixTranspose()),
        ["VecDot"] = x => x.VecDot(x, axis: -2),
        ["TensorDot"] = x => x.TensorDot(x, [-1], [-2]),
    };

    [Theory, MemberData(nameof(Names))]
    public void Gradients_of_orders_one_and_two_agree_with_finite_differences(string name)
    {
        using IDisposable reference = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });
        Func<Tensor, Tensor> f = Functions[name];
        Tensor at = Measure.Random(31, DType.Float64, 2, 3, 3) + (Tensor.From([5.0, 3, -4], 3).DiagEmbed());
        Tensor direction = Measure.Random(32, DType.Float64, 2, 3, 3);
        Tensor inner = Measure.Random(33, DType.Float64, 2, 3, 3);

        Tensor Value(Tensor x)
        {
            Tensor y = f(x);
            return (y * Measure.Random(34, DType.Float64, [.. y.Shape])).Sum();
        }

        Tensor Slope(Tensor x) => (Transform.Gradient(Value)(x) * inner).Sum();
        foreach (Func<Tensor, Tensor> g in (Func<Tensor, Tensor>[])[Value, Slope])
        {
            double expected = (g(at + (direction * Distance)).Item<double>() - g(at - (direction * Distance)).Item<double>()) / (2 * Distance);
            double found = (Transform.Gradient(g)(at) * direction).Sum().Item<double>();
            Assert.True(Math.Abs(expected - found) <= Tolerance * (1 + Math.Abs(expected)), $"finite difference {expected:R}, gradient {found:R}");
        }
    }

    [Fact]
    public void Equal_eigenvalues_and_singular_values_spoil_no_gradient_that_does_not_depend_on_their_vectors()
    {
        Tensor one = Tensor.Eye(3, type: DType.Float64);
        Tensor weights = Measure.Random(36, DType.Float64, 3, 3);
        Measure.Near(one, Transform.Gradient(x => Linalg.EigValsh(x).Prod())(one), 1, 3, DType.Float64);
        Measure.Near(one, Transform.Gradient(x => Linalg.SvdVals(x).Sum())(one), 1, 3, DType.Float64);
        Measure.Near(-weights, Transform.Gradient(x => (Linalg.Pinv(x) * weights).Sum())(one), 1, 3, DType.Float64);
    }

    [Fact]
    public void Mapping_over_a_batch_gives_the_bits_of_the_batch()
    {
        Tensor x = Measure.Random(35, DType.Float64, 4, 3, 3) + (3 * Tensor.Eye(3, type: DType.Float64));
        foreach (string name in (string[])["Det", "Inv", "Solve one vector", "MatrixExp", "Cond", "Nuclear norm", "Einsum"])
        {
            Assert.Equal(Functions[name](x).ToArray<double>(), Transform.Vmap(Functions[name])(x).ToArray<double>());
        }
    }
}
