namespace Ashlar.Bench.Families;

/// <summary>The same work while another process spins on every core: a worker that the system has not scheduled must not be waited for.</summary>
static class Crowded
{
    public static IEnumerable<Row> Rows()
    {
        string[] chosen = ["sgemm 512x512x512", "tanh 64 Ki", "softmax 4096x1024", "sum all 16777216", "step MLP 784-256-10 batch 64", "step transformer, 2 layers, d128 batch 1"];
        return from row in (IEnumerable<Row>)[.. Gemm.Rows(), .. Elementwise.Rows(), .. Norms.Rows(), .. Reductions.Rows(), .. TrainingSteps.Rows()]
               where chosen.Contains($"{row.Name} {row.Size}")
               select row with { Name = "busy machine, " + row.Name, Target = new(1, 1), IsCrowded = true };
    }
}
