namespace Ashlar.Bench.Families;

/// <summary>Dense linear algebra of one matrix.</summary>
static class Decompositions
{
    static readonly Target Mild = new(0.8, 0.8);

    public static IEnumerable<Row> Rows()
    {
        foreach (DType type in (DType[])[DType.Float64, DType.Float32])
        {
            foreach (int n in type == DType.Float64 ? (int[])[64, 128, 256, 512] : [256])
            {
                yield return Of("Cholesky", n, type, Definite(n, type), x => [Linalg.Cholesky(x)]);
                yield return Of("QR", n, type, Input.Normal(type, n, n), x =>
                {
                    (Tensor q, Tensor r) = Linalg.Qr(x);
                    return [q, r];
                });
                yield return Of("SVD", n, type, Input.Normal(type, n, n), x =>
                {
                    (Tensor u, Tensor s, Tensor vh) = Linalg.Svd(x);
                    return [u, s, vh];
                });
                yield return Of("eigh", n, type, Symmetric(n, type), x =>
                {
                    (Tensor w, Tensor v) = Linalg.Eigh(x);
                    return [w, v];
                });
            }
        }

        yield return Of("solve", 512, DType.Float64, Definite(512, DType.Float64), x => [Linalg.Inv(x)]) with { Name = "inv float64" };
    }

    static Row Of(string name, int n, DType type, Input input, Func<Tensor, Tensor[]> function) => new($"{name} {type.Name}", $"{n}x{n}", Mild)
    {
        Peer = $"decompositions.{(name == "solve" ? "inv" : name.ToLowerInvariant())}",
        Inputs = [input],
        Product = x => () => function(x[0]),
        Bound = 4 * n * (type == DType.Float64 ? 2.2e-16 : 1.2e-7),
    };

    static Input Definite(int n, DType type) => new(new Shape(n, n), key =>
    {
        Tensor a = Tensor.RandomNormal(key, new Shape(n, n), type: type);
        return (a.MatMul(a.T) / n) + Tensor.Eye(n, type: type);
    });

    static Input Symmetric(int n, DType type) => new(new Shape(n, n), key =>
    {
        Tensor a = Tensor.RandomNormal(key, new Shape(n, n), type: type);
        return a + a.T;
    });
}
