using Ashlar.Nn;

namespace Ashlar.Bench.Families;

/// <summary>Causal attention of one sequence, 12 heads of 64 features.</summary>
static class Attention
{
    const int Heads = 12;
    const int Features = 64;

    public static IEnumerable<Row> Rows()
    {
        foreach (int tokens in (int[])[128, 256, 512, 1024, 2048])
        {
            Input one = Input.Normal(1, Heads, tokens, Features);
            yield return new("attention, causal", $"{tokens} tokens", new(1.8, 1.5)) { Peer = "attention.forward", Inputs = [one, one, one], Product = Row.Of(Causal), Bound = 5e-6 };
            yield return new("attention, causal, training", $"{tokens} tokens", new(1.8, 1.5))
            {
                Peer = "attention.training",
                Inputs = [one, one, one, one],
                Product = Row.WithGradients(3, Causal),
                Bound = 5e-6,
            };
        }
    }

    static Tensor Causal(Tensor[] x) => Functional.ScaledDotProductAttention(x[0], x[1], x[2], causal: true);
}
