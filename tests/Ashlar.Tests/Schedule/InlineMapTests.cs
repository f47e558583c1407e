using Ashlar.Schedule;

namespace Ashlar.Tests.Schedule;

/// <summary>Cheap maps of leaves are computed by whoever reads them, as long as that is not much.</summary>
public sealed class InlineMapTests
{
    // What doubles at every step is one step more to compute, but twice as much to walk or to write down as a tree.
    static Tensor Doubled(Tensor x, int times)
    {
        for (int i = 0; i < times; i++)
        {
            x += x;
        }

        return x;
    }

    static Tensor Leaf(int size)
    {
        Tensor leaf = Tensor.From(new[] { 1f, -2f, 0.5f, 3f }[..size], size);
        Tensor.Eval(leaf);
        return leaf;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_map_that_doubles_at_every_step_is_planned_in_few_words(int size)
    {
        string plan = Doubled(Leaf(size), 20).Explain();

        Assert.InRange(plan.Length, 1, 4000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_few_steps_are_one_launch(int size) =>
        Assert.StartsWith("plan: 1 launches", Doubled(Leaf(size), 4).Explain(), StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_chain_longer_than_what_may_wait_has_the_bits_of_the_definition(int size)
    {
        byte[] definition = Run(new ExecutionOptions { Executor = Executor.Reference });

        Assert.Equal(definition, Run(new ExecutionOptions { Threads = 2 }));

        byte[] Run(ExecutionOptions options)
        {
            using IDisposable scope = Execution.Use(options);
            return (Doubled(Leaf(size), 5000) * Doubled(Leaf(4), 3)).ToBytes();
        }
    }
}
