using Ashlar.Schedule;

namespace Ashlar.Tests.Schedule;

public sealed class SiblingTests
{
    static readonly Tensor X = Evaluated(Tensor.RandomUniform(RandomKey.FromSeed(1), new Shape(6, 5), -1, 1));
    static readonly Tensor W = Evaluated(Tensor.RandomUniform(RandomKey.FromSeed(2), new Shape(5, 32), -1, 1));

    [Fact]
    public void Maps_of_several_columns_of_one_product_share_a_launch()
    {
        Tensor gates = X.MatMul(W);
        Tensor[] gate = [.. Enumerable.Range(0, 4).Select(i => gates.Slice(1, 8 * i, 8))];
        Tensor y = (gate[1].Sigmoid() * gate[0].Sin()) + (gate[2].Tanh() * gate[3].Exp());
        Assert.StartsWith("plan: 2 launches", y.Explain(), StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_that_read_nothing_in_common_stay_apart()
    {
        Tensor a = X.MatMul(W).Slice(1, 0, 8).Exp();
        Tensor b = X.Exp().MatMul(W).Slice(1, 0, 8).Sin();
        Tensor y = Tensor.Concat([a, b], 0);
        Assert.StartsWith("plan: 6 launches", y.Explain(), StringComparison.Ordinal);
    }

    // The second map reads what a later launch makes of the first product: joining the first map's launch would make it wait for itself.
    [Theory, MemberData(nameof(ExecutorTests.Executions), MemberType = typeof(ExecutorTests))]
    public void A_map_never_joins_a_launch_that_what_it_reads_waits_for(string name, ExecutionOptions options)
    {
        Tensor Graph()
        {
            Tensor gates = X.MatMul(W);
            Tensor first = gates.Slice(1, 0, 8).Exp();
            Tensor second = first.MatMul(W.Slice(1, 0, 8).T).MatMul(W).Slice(1, 8, 8);
            return (gates.Slice(1, 8, 8).Sin() * second) + first + (gates.Slice(1, 16, 8) * second).Tanh();
        }

        string expected;
        using (Execution.Use(new ExecutionOptions { Executor = Executor.Reference }))
        {
            expected = Bits.Hash(Graph());
        }

        using IDisposable scope = Execution.Use(options);
        Assert.True(expected == Bits.Hash(Graph()), name);
    }

    static Tensor Evaluated(Tensor x)
    {
        Tensor.Eval(x);
        return x;
    }
}
