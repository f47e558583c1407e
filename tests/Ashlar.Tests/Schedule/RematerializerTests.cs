using System.Globalization;
using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Schedule;

namespace Ashlar.Tests.Schedule;

/// <summary>Large values that are computed again where their gradients read them.</summary>
public sealed class RematerializerTests
{
    const int Rows = 128;
    const int Wide = 512;
    const int Narrow = 16;
    const int Layers = 3;
    const long WideBytes = Rows * Wide * sizeof(float);

    // The scalar definitions take a while: once for all executions.
    static readonly Lazy<string> Definitions = new(() => Hash(new ExecutionOptions { Executor = Executor.Reference }));

    public static TheoryData<string, ExecutionOptions> Executions => ExecutorTests.Executions;

    // The biases that are read again are updated in the same plan: what is computed again must read them before.
    [Theory, MemberData(nameof(Executions))]
    public void Steps_have_the_bits_of_the_definitions(string name, ExecutionOptions options) =>
        Assert.True(Definitions.Value == Hash(options), name);

    // Of each layer the product is kept; what the activation and its gradient would keep is not. Two arrays more live while a gradient is computed.
    [Fact]
    public void One_array_of_each_activation_waits_for_its_gradient()
    {
        (Node loss, Assignment[] updates) = Step(Variables());
        string text = Evaluator.Explain([loss], updates);
        string arena = text.Split("arena ")[1].Split(' ')[0];
        Assert.InRange(long.Parse(arena, CultureInfo.InvariantCulture), Layers * WideBytes, (Layers + 2) * WideBytes);
    }

    // What others read is there for them.
    [Fact]
    public void A_value_that_is_a_result_is_stored_once()
    {
        Tensor x = Draw(1, Rows, Narrow);
        Tensor w = Draw(2, Narrow, Wide);
        (Tensor[] values, Func<Tensor[], Tensor[]> pullback) = Transform.Vjp(inputs => [Gelu(inputs[0].MatMul(inputs[1]))], [x, w]);
        Tensor[] results = [.. values, .. pullback([Draw(3, Rows, Wide)])];
        string compiled = Evaluated(results);

        using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });
        (values, pullback) = Transform.Vjp(inputs => [Gelu(inputs[0].MatMul(inputs[1]))], [x, w]);
        Assert.Equal(Evaluated([.. values, .. pullback([Draw(3, Rows, Wide)])]), compiled);

        static string Evaluated(Tensor[] results)
        {
            Tensor.Eval(results);
            return Bits.Hash(results);
        }
    }

    static string Hash(ExecutionOptions options)
    {
        using IDisposable scope = Execution.Use(options);
        Variable[] variables = Variables();
        for (int step = 0; step < 2; step++)
        {
            (Node loss, Assignment[] updates) = Step(variables);
            Evaluator.Assign([loss], updates);
        }

        return Bits.Hash([.. variables.Select(variable => new Tensor(variable.Leaf))]);
    }

    static Variable[] Variables()
    {
        var variables = new List<Variable>();
        for (int layer = 0; layer < Layers; layer++)
        {
            foreach (int[] shape in (int[][])[[Narrow, Wide], [Wide], [Wide, Narrow], [Narrow], [Narrow]])
            {
                var variable = new Variable(new Shape(shape), DType.Float32, $"v{variables.Count}", snapshots: false);
                Tensor value = Draw(variables.Count + 10, shape) * 0.3;
                Evaluator.Assign([], [new Assignment(variable, value.Node)]);
                variables.Add(variable);
            }
        }

        return [.. variables];
    }

    static (Node Loss, Assignment[] Updates) Step(Variable[] variables)
    {
        Tensor h = Draw(1, Rows, Narrow);
        Tensor[] leaves = [.. variables.Select(variable => new Tensor(variable.Leaf))];
        for (int layer = 0; layer < Layers; layer++)
        {
            Tensor[] part = leaves[(5 * layer)..(5 * (layer + 1))];
            Tensor centred = h - h.Mean([-1], keepAxes: true);
            Tensor normal = centred * ((centred * centred).Mean([-1], keepAxes: true) + 1e-5).Rsqrt() * part[4];
            h += Gelu(normal.MatMul(part[0]) + part[1]).MatMul(part[2]) + part[3];
        }

        Tensor loss = (h * h).Mean();
        Node[] gradients = Gradients.Of(loss.Node, [.. variables.Select(variable => variable.Leaf)]);
        return (loss.Node, [.. variables.Select((variable, i) => new Assignment(variable, (leaves[i] - (new Tensor(gradients[i]) * 0.1)).Node))]);
    }

    static Tensor Gelu(Tensor x) => x * 0.5 * ((x * 0.70710678118654752).Erf() + 1);

    static Tensor Draw(int seed, params int[] shape)
    {
        Tensor value = Tensor.RandomNormal(RandomKey.FromSeed(seed), new Shape(shape));
        Tensor.Eval(value);
        return value;
    }
}
