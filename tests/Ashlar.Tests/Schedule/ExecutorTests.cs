using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Schedule;

namespace Ashlar.Tests.Schedule;

public sealed class ExecutorTests
{
    static readonly ExecutionOptions Oracle = new() { Executor = Executor.Reference };

    public static TheoryData<string, ExecutionOptions> Executions { get; } = new()
    {
        { "compiled, 1 thread", new ExecutionOptions { Threads = 1 } },
        { "compiled, 2 threads", new ExecutionOptions { Threads = 2 } },
        { "compiled, 3 threads", new ExecutionOptions { Threads = 3 } },
        { "compiled, 7 threads", new ExecutionOptions { Threads = 7 } },
        { "compiled, unfused", new ExecutionOptions { Threads = 2, Fusion = false } },
        { "interpreted", new ExecutionOptions { Threads = 2, Executor = Executor.Interpreter } },
        { "interpreted, unfused", new ExecutionOptions { Threads = 1, Executor = Executor.Interpreter, Fusion = false } },
    };

    [Theory, MemberData(nameof(Executions))]
    public void Random_graphs_have_the_reference_bits(string name, ExecutionOptions options)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            string expected = Run(seed, Oracle);
            string found = Run(seed, options);
            Assert.True(expected == found, $"{name}: graph {seed} differs from the reference.\n{Explain(seed, options)}");
        }
    }

    [Theory, MemberData(nameof(Executions))]
    public void Gradients_of_random_graphs_have_the_reference_bits(string name, ExecutionOptions options)
    {
        for (int seed = 1000; seed < 1030; seed++)
        {
            string expected = RunGradient(seed, Oracle);
            string found = RunGradient(seed, options);
            Assert.True(expected == found, $"{name}: the gradient of graph {seed} differs from the reference.");
        }
    }

    [Theory, MemberData(nameof(Executions))]
    public void Random_graphs_of_all_dtypes_have_the_reference_bits(string name, ExecutionOptions options)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            string expected = Run(() => RandomTypedGraph.Draw(seed, 20), Oracle);
            string found = Run(() => RandomTypedGraph.Draw(seed, 20), options);
            Assert.True(expected == found, $"{name}: typed graph {seed} differs from the reference.");
        }
    }

    [Theory, MemberData(nameof(Executions))]
    public void Gradients_of_random_graphs_over_halves_have_the_reference_bits(string name, ExecutionOptions options)
    {
        foreach (DType type in (DType[])[DType.Float16, DType.BFloat16])
        {
            for (int seed = 2000; seed < 2012; seed++)
            {
                string expected = RunGradient(seed, Oracle, type);
                string found = RunGradient(seed, options, type);
                Assert.True(expected == found, $"{name}: the gradient of graph {seed} of {type.Name} differs from the reference.");
            }
        }
    }

    static string Run(int seed, ExecutionOptions options) => Run(() => RandomGraph.Draw(seed, 25), options);

    static string Run(Func<Tensor[]> draw, ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        Tensor[] results = draw();
        Tensor.Eval(results);
        return Bits.Hash(results);
    }

    static string RunGradient(int seed, ExecutionOptions options, DType type = DType.Float32)
    {
        using IDisposable scope = Execution.Use(options);
        Tensor result = RandomGraph.Draw(seed, 12, type)[0];
        Tensor loss = (result * result).Sum();
        Node[] leaves = [.. GraphWalk.PostOrder([loss.Node], _ => true).Where(node => node.Value is not null && node.Type == DType.Float32)];
        Func<Tensor[], (Tensor Value, Tensor[] Gradients)> transform = Transform.ValueAndGradient((Tensor[] xs) => new Tensor(Rewrite.Replace([loss.Node], leaves, [.. xs.Select(x => x.Node)])[0]));
        (Tensor value, Tensor[] gradients) = transform([.. leaves.Select(leaf => new Tensor(leaf))]);
        Tensor.Eval([value, .. gradients]);
        return Bits.Hash([value, .. gradients]);
    }

    static string Explain(int seed, ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        return Evaluator.Explain([.. RandomGraph.Draw(seed, 25).Select(tensor => tensor.Node)], []);
    }
}
