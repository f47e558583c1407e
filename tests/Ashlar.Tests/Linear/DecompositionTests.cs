namespace Ashlar.Tests.Linear;

/// <summary>Decompositions give the matrix back within their stated backward errors, on regular, graded, deficient and extreme matrices.</summary>
public sealed class DecompositionTests
{
    // Backward errors grow like √n·ε at most in practice (Higham 2002, section 2.8); 10·n·ε leaves room for no more than a digit.
    const double Factor = 10;

    public static TheoryData<string, DType> Matrices => new(
        from name in All.Keys
        from type in new[] { DType.Float64, DType.Float32 }
        select (name, type));

    static SortedDictionary<string, Func<DType, Tensor>> All { get; } = new(StringComparer.Ordinal)
    {
        ["1x1"] = type => Measure.Random(1, type, 1, 1),
        ["5x5"] = type => Measure.Random(2, type, 5, 5),
        ["40x40"] = type => Measure.Random(3, type, 40, 40),
        ["90x70"] = type => Measure.Random(15, type, 90, 70),
        ["70x90, graded rows"] = type => Measure.Random(16, type, 70, 90) * Tensor.From([.. Enumerable.Range(0, 70).Select(i => double.ScaleB(1, -i / 4))], 70, 1).To(type),
        ["30x7"] = type => Measure.Random(4, type, 30, 7),
        ["7x30"] = type => Measure.Random(5, type, 7, 30),
        ["1x6"] = type => Measure.Random(6, type, 1, 6),
        ["6x1"] = type => Measure.Random(7, type, 6, 1),
        ["zero"] = type => Tensor.Zeros(new Shape(4, 3), type),
        ["zero rows"] = type => Tensor.Zeros(new Shape(0, 3), type),
        ["zero columns"] = type => Tensor.Zeros(new Shape(3, 0), type),
        ["identity"] = type => Tensor.Eye(6, type: type),
        ["rank 2 of 6"] = type => Measure.Random(8, type, 6, 2).MatMul(Measure.Random(9, type, 2, 6)),
        ["ones"] = type => Tensor.Ones(new Shape(5, 5), type),
        ["graded rows"] = type => Measure.Random(10, type, 8, 8) * Tensor.From([.. Enumerable.Range(0, 8).Select(i => double.ScaleB(1, -6 * i))], 8, 1).To(type),
        ["graded columns"] = type => Measure.Random(11, type, 8, 8) * Tensor.From([.. Enumerable.Range(0, 8).Select(i => double.ScaleB(1, -6 * i))], 8).To(type),
        ["huge"] = type => Measure.Random(12, type, 5, 4) * (type == DType.Float64 ? 1e300 : 1e37),
        ["tiny"] = type => Measure.Random(13, type, 5, 4) * (type == DType.Float64 ? 1e-290 : 1e-30),
        ["Hilbert 10"] = type => Hilbert(10).To(type),
        ["batch"] = type => Measure.Random(14, type, 3, 2, 5, 4),
        ["empty batch"] = type => Tensor.Zeros(new Shape(0, 4, 4), type),
    };

    [Theory, MemberData(nameof(Matrices))]
    public void Lu_gives_the_permuted_matrix_back(string name, DType type)
    {
        Tensor a = All[name](type);
        (Tensor rows, Tensor l, Tensor u) = Linalg.Lu(a);
        Tensor across = a.MatrixTranspose();
        Tensor index = rows.Unsqueeze(-2).BroadcastTo(across.Shape);
        Measure.Near(across.Gather(index).MatrixTranspose(), Product(l, u), Factor, Math.Min(a.Shape[^1], a.Shape[^2]), type);
        Assert.True(Measure.Norm(l) <= Math.Sqrt(l.Size));
        Assert.Equal(l.Triu(1).To(DType.Float64).ToArray<double>(), new double[l.Size]);
    }

    [Theory, MemberData(nameof(Matrices))]
    public void Qr_gives_the_matrix_back_with_orthonormal_columns(string name, DType type)
    {
        Tensor a = All[name](type);
        foreach (bool complete in (bool[])[false, true])
        {
            (Tensor q, Tensor r) = Linalg.Qr(a, complete);
            int n = Math.Max(a.Shape[^1], a.Shape[^2]);
            Measure.Near(a, Product(q, r), Factor, n, type);
            AssertOrthonormal(q, n, type);
            Assert.Equal(new double[r.Size], r.Tril(-1).To(DType.Float64).ToArray<double>());
        }
    }

    [Theory, MemberData(nameof(Matrices))]
    public void Svd_gives_the_matrix_back_with_falling_values_and_orthonormal_vectors(string name, DType type)
    {
        Tensor a = All[name](type);
        int k = Math.Min(a.Shape[^1], a.Shape[^2]);
        int n = Math.Max(a.Shape[^1], a.Shape[^2]);
        foreach (bool full in (bool[])[false, true])
        {
            (Tensor u, Tensor s, Tensor vh) = Linalg.Svd(a, full);
            AssertOrthonormal(u, n, type);
            AssertOrthonormal(vh.MatrixTranspose(), n, type);
            Tensor scaled = u.Slice(-1, 0, k).To(DType.Float64) * s.To(DType.Float64).Unsqueeze(-2);
            Measure.Near(a, Product(scaled, vh.Slice(-2, 0, k)), Factor, n, type);
            double[] values = s.To(DType.Float64).ToArray<double>();
            Assert.All(Enumerable.Range(0, values.Length), i => Assert.True(values[i] >= 0 && (i % k == 0 || values[i] <= values[i - 1])));
        }
    }

    [Theory, MemberData(nameof(Matrices))]
    public void Eigh_gives_the_symmetric_part_back_with_rising_values_and_orthonormal_vectors(string name, DType type)
    {
        Tensor a = All[name](type);
        int n = Math.Min(a.Shape[^1], a.Shape[^2]);
        a = a.Slice(-1, 0, n).Slice(-2, 0, n);
        a = (a * 0.5) + (a.MatrixTranspose() * 0.5);
        (Tensor w, Tensor v) = Linalg.Eigh(a);
        AssertOrthonormal(v, n, type);
        Measure.Near(a, Product(v.To(DType.Float64) * w.To(DType.Float64).Unsqueeze(-2), v.MatrixTranspose()), Factor, n, type);
        double[] values = w.To(DType.Float64).ToArray<double>();
        Assert.All(Enumerable.Range(0, values.Length), i => Assert.True(i % n == 0 || values[i] >= values[i - 1]));
    }

    [Theory]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float32)]
    public void Cholesky_gives_a_positive_definite_matrix_back(DType type)
    {
        foreach (int n in (int[])[0, 1, 2, 9, 40])
        {
            Tensor half = Measure.Random((uint)n, type, 2, n, n);
            Tensor a = half.MatMul(half.MatrixTranspose()) + Tensor.Eye(n, type: type);
            Tensor l = Linalg.Cholesky(a);
            Measure.Near(a, Product(l, l.MatrixTranspose()), 2, n, type);
            Assert.Equal(new double[l.Size], l.Triu(1).To(DType.Float64).ToArray<double>());
            Assert.Equal(l.MatrixTranspose().To(DType.Float64).ToArray<double>(), Linalg.Cholesky(a, upper: true).To(DType.Float64).ToArray<double>());
        }
    }

    [Fact]
    public void Signs_are_those_that_the_documentation_states()
    {
        Tensor a = Measure.Random(20, DType.Float64, 5, 5);
        (Tensor u, _, _) = Linalg.Svd(a);
        (_, Tensor v) = Linalg.Eigh(a);
        Assert.All(((Tensor[])[u, v]).Select(x => x.MatrixTranspose().ToArray<double>()), columns =>
            Assert.All(columns.Chunk(5), column => Assert.True(column.MaxBy(Math.Abs) > 0)));
        Tensor r = Linalg.Qr(Tensor.From([3.0, 0, 4, 1], 2, 2)).R;
        Assert.Equal(-5, r.ToArray<double>()[0], 1e-15);
    }

    static Tensor Hilbert(int n) => 1 / (Tensor.Arange(n).Unsqueeze(1) + Tensor.Arange(n) + 1).To(DType.Float64);

    static Tensor Product(Tensor a, Tensor b) => a.To(DType.Float64).MatMul(b.To(DType.Float64));

    static void AssertOrthonormal(Tensor q, int n, DType type)
    {
        Tensor product = Product(q.MatrixTranspose(), q);
        Measure.Near(Tensor.Eye(product.Shape[^1], type: DType.Float64).BroadcastTo(product.Shape), product, Factor, n, type);
    }
}
