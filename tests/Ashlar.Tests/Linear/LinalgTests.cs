namespace Ashlar.Tests.Linear;

public sealed class LinalgTests
{
    static readonly Tensor Singular = Tensor.From([1.0, 2, 2, 4], 2, 2);
    static readonly Tensor Regular = Tensor.From([4.0, 1, 2, 3], 2, 2);

    [Fact]
    public void A_matrix_without_a_result_is_NaN_and_its_neighbour_is_as_alone()
    {
        Tensor both = Tensor.Stack([Singular, Regular]);
        Tensor right = Tensor.From([1.0, 1], 2);
        double[] x = Linalg.Solve(both, right).ToArray<double>();
        Assert.All(x[..2], value => Assert.True(double.IsNaN(value)));
        Assert.Equal(Linalg.Solve(Regular, right).ToArray<double>(), x[2..]);
        Assert.All(Linalg.Inv(Singular).ToArray<double>(), value => Assert.True(double.IsNaN(value)));
        Assert.All(Linalg.Cholesky(-Regular).ToArray<double>(), value => Assert.True(double.IsNaN(value)));
        Assert.All(Linalg.SolveTriangular(Tensor.From([1.0, 0, 1, 0], 2, 2), right).ToArray<double>(), value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void A_matrix_that_is_not_finite_gives_NaN()
    {
        foreach (double bad in (double[])[double.NaN, double.PositiveInfinity])
        {
            Tensor a = Tensor.From([1.0, bad, bad, 2], 2, 2);
            foreach (Tensor x in (Tensor[])[Linalg.EigValsh(a), Linalg.SvdVals(a), Linalg.Pinv(a), Linalg.MatrixExp(a), Linalg.Cholesky(a), Linalg.Solve(a, a), Linalg.Qr(a).R.Triu()])
            {
                Assert.Contains(x.ToArray<double>(), double.IsNaN);
            }
        }
    }

    [Fact]
    public void Numbers_of_a_singular_matrix_are_the_limits()
    {
        Assert.Equal(0, Linalg.Det(Singular).Item<double>());
        (Tensor sign, Tensor log) = Linalg.SlogDet(Singular);
        Assert.Equal((0, double.NegativeInfinity), (sign.Item<double>(), log.Item<double>()));
        Assert.Equal(1L, Linalg.MatrixRank(Singular).Item<long>());
        Assert.Equal(5, Linalg.Trace(Singular).Item<double>());
        Assert.Equal(2, Linalg.Trace(Singular, 1).Item<double>());
        Assert.True(Linalg.Cond(Singular).Item<double>() > 1e15);
        Assert.Equal(3, Linalg.Cond(Regular, MatrixNormKind.Infinity).Item<double>(), 1e-14);
    }

    [Fact]
    public void Matrices_without_elements_have_their_results()
    {
        Tensor none = Tensor.Zeros(new Shape(0, 0), DType.Float64);
        Assert.Equal(1, Linalg.Det(none).Item<double>());
        Assert.Equal(new Shape(0, 0), Linalg.Inv(none).Shape);
        Assert.Equal(new Shape(0), Linalg.EigValsh(none).Shape);
        Assert.Equal(0L, Linalg.MatrixRank(none).Item<long>());
        Assert.Equal(new Shape(3, 0), Linalg.Pinv(Tensor.Zeros(new Shape(0, 3))).Shape);
        Assert.Equal(new double[3], Linalg.LstSq(Tensor.Zeros(new Shape(0, 3), DType.Float64), Tensor.Zeros(new Shape(0), DType.Float64)).Solution.ToArray<double>());
        Assert.Equal(new Shape(2, 0), Linalg.Solve(Tensor.Ones(new Shape(2, 2)) + Tensor.Eye(2), Tensor.Zeros(new Shape(2, 0))).Shape);
        Assert.Equal(new double[6], Tensor.Zeros(new Shape(2, 0), DType.Float64).MatMul(Tensor.Zeros(new Shape(0, 3), DType.Float64)).ToArray<double>());
    }

    [Fact]
    public void Solutions_of_every_kind_agree()
    {
        Tensor half = Measure.Random(1, DType.Float64, 4, 6, 6);
        Tensor a = half.MatMul(half.MatrixTranspose()) + Tensor.Eye(6, type: DType.Float64);
        Tensor b = Measure.Random(2, DType.Float64, 6, 3);
        Tensor x = Linalg.Solve(a, b);
        double condition = Linalg.Cond(a).ToArray<double>().Max();
        Measure.Near(x, Linalg.CholeskySolve(Linalg.Cholesky(a), b), condition, 6, DType.Float64);
        Measure.Near(x, Linalg.CholeskySolve(Linalg.Cholesky(a, upper: true), b, upper: true), condition, 6, DType.Float64);
        Measure.Near(x, Linalg.Inv(a).MatMul(b), condition, 6, DType.Float64);
        Measure.Near(x, Linalg.Pinv(a).MatMul(b), condition, 6, DType.Float64);
        Measure.Near(x, Linalg.LstSq(a, b).Solution, condition, 6, DType.Float64);
        (Tensor q, Tensor r) = Linalg.Qr(a);
        Measure.Near(x, Linalg.SolveTriangular(r, q.MatrixTranspose().MatMul(b), upper: true), condition, 6, DType.Float64);
        Measure.Near(x.Slice(-1, 0, 1).Squeeze(-1), Linalg.Solve(a, b.Slice(1, 0, 1).Squeeze(1)), condition, 6, DType.Float64);
    }

    [Fact]
    public void One_matrix_solves_a_batch_with_the_bits_of_each()
    {
        Tensor a = Measure.Random(5, DType.Float64, 4, 4);
        Tensor b = Measure.Random(6, DType.Float64, 2, 3, 4, 2);
        Func<Tensor, Tensor, Tensor>[] ways = [Linalg.Solve, (m, r) => Linalg.SolveTriangular(m, r), (m, r) => Linalg.CholeskySolve(m, r), (m, r) => Linalg.LstSq(m, r).Solution];
        foreach (Func<Tensor, Tensor, Tensor> way in ways)
        {
            Tensor batched = way(a.BroadcastTo(new Shape(2, 3, 4, 4)), b);
            Assert.Equal(b.Shape, way(a, b).Shape);
            Assert.Equal(batched.ToArray<double>(), way(a, b).ToArray<double>());
        }

        Assert.Equal(new Shape(2, 3, 2), Linalg.LstSq(a, b).Residuals.Shape);
        Assert.Equal(new Shape(3), Linalg.LstSq(Tensor.Stack([a, a, a]), b.Slice(0, 0, 1).Reshape(3, 4, 2).Slice(-1, 0, 1).Slice(0, 0, 1).Reshape(4)).Residuals.Shape);
    }

    [Fact]
    public void The_pseudo_inverse_keeps_Penroses_conditions_for_deficient_matrices()
    {
        foreach ((int m, int n) in ((int, int)[])[(6, 4), (4, 6), (5, 5)])
        {
            Tensor a = Measure.Random(3, DType.Float64, m, 2).MatMul(Measure.Random(4, DType.Float64, 2, n));
            Tensor p = Linalg.Pinv(a);
            Measure.Near(a, a.MatMul(p).MatMul(a), 50, n, DType.Float64);
            Measure.Near(p, p.MatMul(a).MatMul(p), 50, n, DType.Float64);
            Measure.Near(a.MatMul(p), a.MatMul(p).MatrixTranspose(), 50, n, DType.Float64);
            Assert.Equal(2L, Linalg.MatrixRank(a).Item<long>());
        }
    }

    [Fact]
    public void Norms_are_those_of_their_definitions()
    {
        Tensor x = Tensor.From([3.0, -4, 0, 12], 2, 2);
        Assert.Equal([13, 19, 3, 12, 0], ((double[])[2, 1, 0, double.PositiveInfinity, double.NegativeInfinity]).Select(p => Linalg.VectorNorm(x, order: p).Item<double>()));
        Assert.Equal(Math.Cbrt(27 + 64 + 1728), Linalg.VectorNorm(x, order: 3).Item<double>(), 1e-13);
        Assert.Equal([5.0, 12], Linalg.VectorNorm(x, [1]).ToArray<double>());
        Assert.Equal(new Shape(2, 1), Linalg.VectorNorm(x, [1], keepAxes: true).Shape);
        Assert.Equal([13, 16, 3, 12, 7], ((MatrixNormKind[])[MatrixNormKind.Frobenius, MatrixNormKind.One, MatrixNormKind.MinusOne, MatrixNormKind.Infinity, MatrixNormKind.MinusInfinity]).Select(kind => Linalg.MatrixNorm(x, kind).Item<double>()));
        (double two, double least) = (Linalg.MatrixNorm(x, MatrixNormKind.Two).Item<double>(), Linalg.MatrixNorm(x, MatrixNormKind.MinusTwo).Item<double>());
        Assert.Equal(36, two * least, 1e-12);
        Assert.Equal(two + least, Linalg.MatrixNorm(x, MatrixNormKind.Nuclear).Item<double>(), 1e-13);
        Assert.Equal(new Shape(1, 1), Linalg.MatrixNorm(x, keepAxes: true).Shape);
        Assert.Equal([0.0, 0], Transform.Gradient(v => Linalg.VectorNorm(v))(Tensor.Zeros(new Shape(2), DType.Float64)).ToArray<double>());
    }

    [Fact]
    public void Products_are_those_of_their_definitions()
    {
        Tensor a = Tensor.From([1, 2, 3, 4], 2, 2);
        Assert.Equal([7, 10, 15, 22], Linalg.MatrixPower(a, 2).ToArray<int>());
        Assert.Equal([1, 0, 0, 1], Linalg.MatrixPower(a, 0).ToArray<int>());
        Assert.Equal([37, 54, 81, 118], Linalg.MatrixPower(a, 3).ToArray<int>());
        Assert.Equal([5.5, -2.5, -3.75, 1.75], Linalg.MatrixPower(a.To(DType.Float64), -2).ToArray<double>().Select(value => Math.Round(value, 12)));
        Assert.Equal([0, 1, 0, 2, 1, 0, 2, 0, 0, 3, 0, 4, 3, 0, 4, 0], Linalg.Kron(a, Tensor.From([0, 1, 1, 0], 2, 2)).ToArray<int>());
        Assert.Equal([1, 2, 2, 4], Linalg.Kron(Tensor.From([1, 2], 2), Tensor.From([1, 2], 1, 2)).ToArray<int>());
        Assert.Equal([-3, 6, -3], Linalg.Cross(Tensor.From([1, 2, 3], 3), Tensor.From([4, 5, 6], 3)).ToArray<int>());
        Assert.Equal([3, 4, 6, 8], Linalg.Outer(Tensor.From([1, 2], 2), Tensor.From([3, 4], 2)).ToArray<int>());
        Assert.Equal([5, 25], a.VecDot(a).ToArray<int>());
        Assert.Equal([10, 20], a.VecDot(a, axis: 0).ToArray<int>());
        Assert.Equal(30, a.TensorDot(a).Item<int>());
        Assert.Equal([7, 10, 15, 22], a.TensorDot(a, 1).ToArray<int>());
        Assert.Equal([5, 11, 11, 25], a.TensorDot(a, [1], [1]).ToArray<int>());
        Tensor v = Tensor.From([1, 1], 2);
        Assert.Equal(54, Linalg.MultiDot(v, a, a, v).Item<int>());
        Assert.Equal([17, 37], Linalg.MultiDot(a, a, v).ToArray<int>());
        Assert.Equal([1, 3, 2, 4], a.MatrixTranspose().ToArray<int>());
    }

    [Fact]
    public void Diagonals_and_triangles_are_NumPys()
    {
        Tensor a = Tensor.Arange(12).Reshape(3, 4);
        Assert.Equal([0, 5, 10], a.Diagonal().ToArray<int>());
        Assert.Equal([1, 6, 11], a.Diagonal(1).ToArray<int>());
        Assert.Equal([4, 9], a.Diagonal(-1).ToArray<int>());
        Assert.Empty(a.Diagonal(4).ToArray<int>());
        Assert.Equal([0, 0, 0, 0, 4, 5, 0, 0, 8, 9, 10, 0], a.Tril().ToArray<int>());
        Assert.Equal([0, 1, 2, 3, 0, 5, 6, 7, 0, 0, 10, 11], a.Triu().ToArray<int>());
        Assert.Equal([0, 0, 2, 3, 0, 0, 0, 7, 0, 0, 0, 0], a.Triu(2).ToArray<int>());
        Assert.Equal([1, 0, 0, 2], Tensor.From([1, 2], 2).DiagEmbed().ToArray<int>());
        Assert.Equal([0, 1, 0, 0, 0, 2, 0, 0, 0], Tensor.From([1, 2], 2).DiagEmbed(1).ToArray<int>());
        Assert.Equal([0, 0, 0, 1, 0, 0, 0, 2, 0], Tensor.From([1, 2], 2).DiagEmbed(-1).ToArray<int>());
        Assert.Equal([0f, 1, 0, 0, 0, 1], Tensor.Eye(2, 3, 1).ToArray<float>());
        (Tensor rows, Tensor columns) = Tensor.TrilIndices(2, 3);
        Assert.Equal([0L, 1, 1], rows.ToArray<long>());
        Assert.Equal([0L, 0, 1], columns.ToArray<long>());
        (rows, columns) = Tensor.TriuIndices(2, 3, 1);
        Assert.Equal([0L, 0, 1], rows.ToArray<long>());
        Assert.Equal([1L, 2, 2], columns.ToArray<long>());
    }

    [Fact]
    public void Complex_matrices_are_multiplied_named_and_solved()
    {
        Tensor Draw(uint seed, params int[] shape) => Tensor.Complex(Measure.Random(seed, DType.Float64, shape), Measure.Random(seed + 1, DType.Float64, shape));
        (Tensor a, Tensor b, Tensor c) = (Draw(50, 2, 4, 4), Draw(52, 4, 3), Draw(54, 4));
        Tensor x = Linalg.Solve(a, b);
        Assert.True(Linalg.VectorNorm((a.MatMul(x) - b).ViewAsReal()).Item<double>() < 1e-13);
        Assert.True(Linalg.VectorNorm((a.MatMul(Linalg.Solve(a, c).Unsqueeze(-1)).Squeeze(-1) - c).ViewAsReal()).Item<double>() < 1e-13);
        Assert.True(Linalg.VectorNorm((a.MatMul(Linalg.Inv(a)) - Tensor.Eye(4)).ViewAsReal()).Item<double>() < 1e-13);
        Assert.Equal(a.MatMul(b).ToBytes(), Tensor.Einsum("bij,jk->bik", a, b).ToBytes());
        Assert.Equal(a.TensorDot(b, 1).ToBytes(), a.MatMul(b).ToBytes());
        double length = c.VecDot(c).Real.Item<double>();
        Assert.Equal(Linalg.VectorNorm(c.ViewAsReal()).Item<double>(), Math.Sqrt(length), 1e-14);
        Assert.Equal(c.ToBytes(), c.DiagEmbed(1).Triu(1).Diagonal(1).ToBytes());
        DTypeException error = Assert.Throws<DTypeException>(() => Linalg.Svd(a));
        Assert.Equal("Svd: complex128[2, 4, 4] is complex, and the operation takes real numbers. Take Real, Imag, Abs() or Angle() first, or the pairs with ViewAsReal().", error.Message);
    }

    [Fact]
    public void Whole_numbers_count_as_float32()
    {
        Tensor a = Tensor.From([4, 1, 2, 3], 2, 2);
        Assert.Equal(DType.Float32, Linalg.Inv(a).DType);
        Assert.Equal(10f, Linalg.Det(a).Item<float>(), 1e-5f);
    }
}
