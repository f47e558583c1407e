using Ashlar.Nn;

namespace Ashlar.Bench.Families;

/// <summary>Products of matrices.</summary>
static class Gemm
{
    public static IEnumerable<Row> Rows()
    {
        foreach (int n in (int[])[256, 512, 1024, 2048])
        {
            yield return Product("sgemm", new(1.0, 1.05), n, n, n);
        }

        foreach (int n in (int[])[16, 32, 64, 128])
        {
            yield return Product("sgemm small", new(1.15, 1.7), n, n, n);
        }

        foreach ((int batch, int n) in ((int, int)[])[(1024, 16), (512, 32), (128, 64)])
        {
            yield return new("sgemm batched", $"{batch}x{n}x{n}x{n}", new(1.5, 3))
            {
                Peer = "gemm.matmul",
                Inputs = [Input.Normal(batch, n, n), Input.Normal(batch, n, n)],
                Product = Row.Of(x => x[0].MatMul(x[1])),
            };
        }

        foreach ((int m, int n, int k) in ((int, int, int)[])[(64, 10, 256), (64, 256, 784), (4, 4096, 1024), (8, 1024, 1024), (32, 4096, 1024), (1024, 10, 1024), (1024, 32, 1024)])
        {
            yield return Product("sgemm skinny", new(1, 1), m, n, k);
        }

        foreach ((int m, int k) in ((int, int)[])[(1024, 1024), (4096, 1024), (256, 784)])
        {
            yield return new("gemv", $"{m}x{k}", new(1, 1)) { Peer = "gemm.matmul", Inputs = [Input.Normal(m, k), Input.Normal(k)], Product = Row.Of(x => x[0].MatMul(x[1])) };
        }

        foreach ((int m, int n, int k) in ((int, int, int)[])[(1, 1024, 1024), (8, 1024, 1024), (64, 256, 784), (256, 1024, 1024)])
        {
            yield return new("sgemm x·Wᵀ", $"{m}x{n}x{k}", new(1, 1))
            {
                Peer = "gemm.matmul_transposed",
                Inputs = [Input.Normal(m, k), Input.Normal(n, k)],
                Product = Row.Of(x => x[0].MatMul(x[1].T)),
            };
        }

        foreach (int batch in (int[])[1, 8, 64])
        {
            yield return new("linear layer, kept weights", $"{batch}x1024x1024", new(1, 1))
            {
                Peer = "gemm.linear",
                Inputs = [Input.Normal(batch, 1024), Input.Normal(1024, 1024), Input.Normal(1024)],
                Product = x =>
                {
                    var layer = new Linear(1024, 1024);
                    layer.Weight.Set(x[1]);
                    layer.Bias!.Set(x[2]);
                    return () => [layer.Forward(x[0])];
                },
            };
        }

        foreach (int n in (int[])[256, 512, 1024])
        {
            yield return Product("dgemm", new(0.95, 1), n, n, n, DType.Float64) with { Bound = 1e-13 };
        }
    }

    static Row Product(string name, Target target, int m, int n, int k, DType type = DType.Float32) => new(name, $"{m}x{n}x{k}", target)
    {
        Peer = "gemm.matmul",
        Inputs = [Input.Normal(type, m, k), Input.Normal(type, k, n)],
        Product = Row.Of(x => x[0].MatMul(x[1])),
    };
}
