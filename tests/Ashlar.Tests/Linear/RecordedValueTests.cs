using System.Text.Json;

namespace Ashlar.Tests.Linear;

/// <summary>Against values in 60 digits.</summary>
public sealed class RecordedValueTests
{
    public static TheoryData<string> Symmetric => Recorded.Names("eigh");

    public static TheoryData<string> Rectangular => Recorded.Names("svd");

    public static TheoryData<string> Systems => Recorded.Names("solve");

    public static TheoryData<string> Exponentials => Recorded.Names("exp");

    public static TheoryData<string> Regressions => Recorded.Names("leastSquares");

    // Weyl: eigenvalues and singular values move by at most the backward error.
    [Theory, MemberData(nameof(Symmetric))]
    public void Eigenvalues_of_symmetric_matrices_are_right(string name)
    {
        JsonElement row = Recorded.Row("eigh", name);
        Tensor a = Recorded.Tensor(row, "matrix");
        Measure.Near(Recorded.Tensor(row, "values"), Linalg.EigValsh(a), 2, a.Shape[^1], DType.Float64, a);
        Measure.Near(Recorded.Tensor(row, "values"), Linalg.EigValsh(a.To(DType.Float32)), 2, a.Shape[^1], DType.Float32, a);
    }

    [Theory, MemberData(nameof(Rectangular))]
    public void Singular_values_are_right(string name)
    {
        JsonElement row = Recorded.Row("svd", name);
        Tensor a = Recorded.Tensor(row, "matrix");
        Measure.Near(Recorded.Tensor(row, "values"), Linalg.SvdVals(a), 2, a.Shape[^1], DType.Float64, a);
        Measure.Near(Recorded.Tensor(row, "values"), Linalg.SvdVals(a.To(DType.Float32)), 2, a.Shape[^1], DType.Float32, a);
    }

    // Columns that differ by powers of ten do not spoil small singular values (Demmel and Veselić 1992).
    [Fact]
    public void Singular_values_of_graded_columns_are_right_one_by_one()
    {
        JsonElement row = Recorded.Row("svd", "columns graded");
        double[] expected = Recorded.Tensor(row, "values").ToArray<double>();
        double[] found = Linalg.SvdVals(Recorded.Tensor(row, "matrix")).ToArray<double>();
        Assert.True(expected[^1] < 1e-14 * expected[0]);
        Assert.All(expected.Zip(found), pair => Assert.Equal(1, pair.Second / pair.First, 1e-13));
    }

    // The forward error is the condition number times the backward error n·ε (Higham 2002, theorem 9.4).
    [Theory, MemberData(nameof(Systems))]
    public void Solutions_are_right_to_the_condition_of_the_matrix(string name)
    {
        JsonElement row = Recorded.Row("solve", name);
        (Tensor a, Tensor b) = (Recorded.Tensor(row, "matrix"), Recorded.Tensor(row, "right"));
        Tensor x = Linalg.Solve(a, b);
        Measure.Near(b, a.MatMul(x), 2, a.Shape[^1], DType.Float64, Tensor.Full(new Shape(1), Measure.Norm(a) * Measure.Norm(x), DType.Float64));
        Measure.Near(Recorded.Tensor(row, "solution"), x, Linalg.Cond(a).Item<double>(), a.Shape[^1], DType.Float64);
        double det = Recorded.Row("det", name).GetProperty("value").GetDouble();
        (Tensor sign, Tensor log) = Linalg.SlogDet(a);
        Assert.Equal(1, Linalg.Det(a).Item<double>() / det, 1e-15 * Linalg.Cond(a).Item<double>());
        Assert.Equal(Math.Sign(det), sign.Item<double>());
        Assert.Equal(1, (sign * log.Exp()).Item<double>() / det, 1e-14 * Linalg.Cond(a).Item<double>());
    }

    // The condition of the exponential is at least ‖a‖; Ward's example has condition 1e4 beyond it, and squaring can lose as much.
    [Theory, MemberData(nameof(Exponentials))]
    public void Exponentials_are_right(string name)
    {
        JsonElement row = Recorded.Row("exp", name);
        Tensor a = Recorded.Tensor(row, "matrix");
        double factor = 10 * (1 + Measure.Norm(a)) * (name == "Ward" ? 1e3 : 1);
        Measure.Near(Recorded.Tensor(row, "value"), Linalg.MatrixExp(a), factor, a.Shape[^1], DType.Float64);
        if (name is not ("Ward" or "large"))
        {
            Measure.Near(Recorded.Tensor(row, "value"), Linalg.MatrixExp(a.To(DType.Float32)), factor, a.Shape[^1], DType.Float32);
        }
    }

    // NIST's own scale: correct digits of the worst coefficient. LAPACK's gelsd reaches about 7 on Longley and 6.6 on Wampler 1.
    [Theory, MemberData(nameof(Regressions))]
    public void Regressions_have_the_certified_coefficients(string name)
    {
        JsonElement row = Recorded.Row("leastSquares", name);
        (Tensor solution, Tensor residuals, Tensor rank, Tensor values) = Linalg.LstSq(Recorded.Tensor(row, "matrix"), Recorded.Tensor(row, "right"));
        double[] expected = Recorded.Tensor(row, "solution").ToArray<double>();
        double[] found = solution.ToArray<double>();
        double worst = expected.Zip(found, (x, y) => Math.Abs((y / x) - 1)).Max();
        Assert.True(worst < (name == "random" ? 1e-14 : 1e-7), $"{worst}");
        double residual = row.GetProperty("residual").GetDouble();
        Assert.Equal(residual, residuals.Item<double>(), 1e-8 * (1 + residual));
        Assert.Equal(expected.Length, rank.Item<long>());
        Assert.Equal(new Shape(expected.Length), values.Shape);
    }

    // A polynomial of degree 10 with powers up to 3e9: their rounding alone moves the coefficients by condition · ε, which is 1.8e15 · 1.1e-16 without regard to the columns' scales.
    // With the default tolerance the smallest singular value counts as zero, as in NumPy; QR and a tolerance of 0 keep all 11 columns. Reached are 7.5 digits by QR and 7.1 by SVD; NumPy's QR reaches 8.1, its lstsq 6.1.
    [Fact]
    public void Filips_polynomial_keeps_digits_of_the_certified_coefficients()
    {
        JsonElement row = Recorded.Row("polynomial", "Filip");
        Tensor x = Recorded.Tensor(row, "x");
        Tensor y = Recorded.Tensor(row, "y");
        Tensor[] columns = [.. Enumerable.Range(0, 11).Select(power => Enumerable.Repeat(x, power).Aggregate(Tensor.Ones(x.Shape, DType.Float64), (product, factor) => product * factor))];
        Tensor powers = Tensor.Stack(columns, 1);
        double[] certified = Recorded.Tensor(row, "solution").ToArray<double>();
        double Digits(Tensor found) => -Math.Log10(certified.Zip(found.ToArray<double>(), (c, f) => Math.Abs((f / c) - 1)).Max());

        (Tensor q, Tensor r) = Linalg.Qr(powers);
        double byQr = Digits(Linalg.SolveTriangular(r, q.T.MatMul(y), upper: true));
        (Tensor solution, _, Tensor rank, _) = Linalg.LstSq(powers, y, tolerance: 0);
        double bySvd = Digits(solution);
        Assert.Equal(11, rank.Item<long>());
        Assert.Equal(10, Linalg.LstSq(powers, y).Rank.Item<long>());
        Assert.True(byQr > 6.5 && bySvd > 6.5, $"QR {byQr:F1} digits, SVD {bySvd:F1}");
    }

    [Fact]
    public void Einsum_gives_NumPys_values()
    {
        foreach (JsonElement row in Recorded.Rows("einsum"))
        {
            Tensor[] operands = [.. row.GetProperty("operands").EnumerateArray().Select(Recorded.Of)];
            Tensor expected = Recorded.Tensor(row, "result");
            string equation = row.GetProperty("equation").GetString()!;
            foreach (DType type in (DType[])[DType.Float64, DType.Float32, DType.Int32, DType.Int64])
            {
                Tensor found = Tensor.Einsum(equation, [.. operands.Select(operand => operand.To(type))]);
                Assert.Equal((equation, type), (equation, found.DType));
                Assert.Equal(expected.Shape, found.Shape);
                Assert.Equal(expected.ToArray<double>(), found.To(DType.Float64).ToArray<double>());
            }
        }
    }
}
