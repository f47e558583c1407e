using Ashlar.Schedule;

namespace Ashlar.Tests.Schedule;

/// <summary>Holds what a graph computes in some execution against the scalar definitions, bit for bit.</summary>
static class LaunchBits
{
    /// <summary>The scalar definitions.</summary>
    public static ExecutionOptions Definitions { get; } = new() { Executor = Executor.Reference };

    /// <summary>Numbers that no launch has to compute first.</summary>
    public static Tensor Value(int seed, params int[] extents)
    {
        Tensor value = Tensor.RandomUniform(RandomKey.FromSeed(seed), new Shape(extents), -1, 1);
        Tensor.Eval(value);
        return value;
    }

    public static void Require(string name, ExecutionOptions options, Func<Tensor[]> graph) => Assert.True(Hash(Definitions, graph) == Hash(options, graph), name);

    public static string Hash(ExecutionOptions how, Func<Tensor[]> graph)
    {
        using IDisposable scope = Execution.Use(how);
        Tensor[] results = graph();
        Tensor.Eval(results);
        return Bits.Hash(results);
    }
}
