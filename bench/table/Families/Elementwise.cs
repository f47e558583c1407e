namespace Ashlar.Bench.Families;

/// <summary>One function of every element, and chains of three operations that a fused kernel does in one pass.</summary>
static class Elementwise
{
    const int Small = 1 << 16;
    const int Large = 1 << 24;

    public static IEnumerable<Row> Rows()
    {
        yield return One("exp", x => x.Exp());
        yield return One("tanh", x => x.Tanh());
        yield return One("sigmoid", x => x.Sigmoid());
        yield return One("gelu", x => Nn.Functional.Gelu(x));
        yield return One("log", x => x.Log());
        yield return One("sin", x => x.Sin());
        foreach (int n in (int[])[Small, Large])
        {
            yield return Chain("chain gelu(x·w+b)", n, new(4, 5), "elementwise.gelu_chain", x => Nn.Functional.Gelu((x[0] * x[1]) + x[2]));
            yield return Chain("chain gelu(x·w+b), out=", n, new(1.8, 1.5), "elementwise.gelu_chain", x => Nn.Functional.Gelu((x[0] * x[1]) + x[2])) with { AgainstOut = true };
            yield return Chain("chain relu(x·w+b)", n, new(4, 5), "elementwise.relu_chain", x => ((x[0] * x[1]) + x[2]).Relu());
            yield return Chain("chain relu(x·w+b), out=", n, new(1.8, 1.5), "elementwise.relu_chain", x => ((x[0] * x[1]) + x[2]).Relu()) with { AgainstOut = true };
        }
    }

    static Row One(string name, Func<Tensor, Tensor> function) => new(name, Count(Small), new(1.5, 1.5))
    {
        Peer = $"elementwise.{name}",
        Inputs = [name == "log" ? Input.Uniform(0.01, 10, Small) : Input.Normal(Small)],
        Product = Row.Of(x => function(x[0])),
    };

    static Row Chain(string name, int n, Target target, string peer, Func<Tensor[], Tensor> chain)
        => new(name, Count(n), target) { Peer = peer, Inputs = [Input.Normal(n), Input.Normal(n), Input.Normal(n)], Product = Row.Of(chain) };

    static string Count(int n) => n >= 1 << 20 ? $"{n >> 20} Mi" : $"{n >> 10} Ki";
}
