using System.Globalization;
using System.Text.RegularExpressions;
using Ashlar.Schedule;
using Ashlar.Tests.Schedule;

namespace Ashlar.Tests.Transforms;

public sealed partial class CheckpointTests
{
    const int Blocks = 8;

    static readonly Tensor Input = Tensor.RandomUniform(RandomKey.FromSeed(1), new Shape(64, 32), -1, 1);

    static readonly Tensor[] Weights = [.. Enumerable.Range(0, Blocks).Select(i => Tensor.RandomUniform(RandomKey.FromSeed(2 + i), new Shape(32, 32), -0.3, 0.3))];

    public static TheoryData<string> Policies => [.. ByName.Keys];

    static Dictionary<string, CheckpointPolicy> ByName { get; } = new()
    {
        ["nothing"] = CheckpointPolicy.SaveNothing,
        ["products"] = CheckpointPolicy.SaveProducts,
        ["named"] = CheckpointPolicy.SaveNamed("hidden"),
        ["everything"] = CheckpointPolicy.SaveEverything,
    };

    [Theory, MemberData(nameof(Policies))]
    public void Value_and_gradients_have_the_bits_of_the_plain_function(string policy)
    {
        (Tensor value, Tensor[] gradients) = Run(ByName[policy]);
        (Tensor plainValue, Tensor[] plain) = Run(null);
        Assert.Equal(Bits.Hash([plainValue, .. plain]), Bits.Hash([value, .. gradients]));
    }

    [Theory, MemberData(nameof(Policies))]
    public void The_reference_gives_the_same_bits(string policy)
    {
        Func<Tensor, Tensor> f = Transform.Checkpoint(x => ((x * x).Named("hidden").Exp() * x).Tanh(), ByName[policy]);
        string Hash(Executor executor)
        {
            using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = executor });
            return Bits.Hash(Transform.Gradient(x => f(f(x)).Sum())(Tensor.From([0.5f, -1f, 2f], 3)));
        }

        Assert.Equal(Hash(Executor.Reference), Hash(Executor.Compiled));
    }

    [Fact]
    public void Recomputing_takes_less_memory_and_keeping_products_lies_between()
    {
        long Arena(CheckpointPolicy? policy)
        {
            (Tensor value, Tensor[] gradients) = Run(policy);
            return long.Parse(ArenaBytes().Match(Evaluator.Explain([value.Node, .. gradients.Select(gradient => gradient.Node)], [])).Groups[1].Value, CultureInfo.InvariantCulture);
        }

        long plain = Arena(null);
        long nothing = Arena(CheckpointPolicy.SaveNothing);
        long products = Arena(CheckpointPolicy.SaveProducts);
        Assert.True(nothing < 0.6 * plain, $"arena {nothing} bytes with checkpoints, {plain} without");
        Assert.InRange(products, nothing + 1, plain - 1);
        Assert.Equal(plain, Arena(CheckpointPolicy.SaveEverything));
    }

    [Fact]
    public void A_gradient_of_a_weight_is_computed_when_its_activations_are_there()
    {
        (Tensor value, Tensor[] gradients) = Transform.ValueAndGradient((Tensor[] ws) => ws.Aggregate(Input, (x, w) => x.MatMul(w).Tanh()).Sum())(Weights);
        string plan = Evaluator.Explain([value.Node, .. gradients.Select(gradient => gradient.Node)], []);
        int[] places = [.. Enumerable.Range(1, Blocks).Select(i => plan.IndexOf($"-> result {i}", StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.True(places.OrderDescending().SequenceEqual(places), plan);
    }

    [Fact]
    public void Captured_values_have_their_gradients()
    {
        Tensor x = Tensor.From([1.0, 2], 2);
        Tensor gradient = Transform.Gradient(w => Transform.Checkpoint(t => (t * w * w).Exp())(x).Sum())(Tensor.From([0.5, -0.5], 2));
        Tensor expected = Transform.Gradient(w => (x * w * w).Exp().Sum())(Tensor.From([0.5, -0.5], 2));
        Assert.Equal(expected.ToArray<double>(), gradient.ToArray<double>());
    }

    [Theory, MemberData(nameof(Policies))]
    public void Checkpoints_nest_and_compose_with_every_transform(string policy)
    {
        Func<Tensor, Tensor> inner = Transform.Checkpoint(x => (x * x).Named("hidden").Sin() * x, ByName[policy]);
        Func<Tensor, Tensor> f = x => Transform.Checkpoint(inner, ByName[policy])(x * 0.5).Sum();
        Func<Tensor, Tensor> plain = x => (((x * 0.5) * (x * 0.5)).Sin() * (x * 0.5)).Sum();
        Tensor at = Tensor.From([0.5, -1.5, 2.5], 3);
        GradientCheck.Run(f, at).ThrowIfWrong();
        Assert.Equal(Transform.Gradient(plain)(at).ToArray<double>(), Transform.Gradient(f)(at).ToArray<double>());
        Assert.Equal(Transform.Jvp(plain, at, at).Tangent.Item<double>(), Transform.Jvp(f, at, at).Tangent.Item<double>(), 1e-14);
        Tensor batch = Tensor.From([0.5, -1.5, 2.5, 1, 2, 3], 2, 3);
        Assert.Equal(Transform.Vmap(Transform.Gradient(plain))(batch).ToArray<double>(), Transform.Vmap(Transform.Gradient(f))(batch).ToArray<double>());
        double[] hessian = Transform.Hessian(f)(at).ToArray<double>();
        double[] expected = Transform.Hessian(plain)(at).ToArray<double>();
        Assert.All(expected.Zip(hessian), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Fact]
    public void Nothing_is_kept_where_no_gradient_may_be_asked()
    {
        Tensor y = Transform.Checkpoint(x => x * 2)(Tensor.Scalar(3));
        Assert.Equal(6, y.Item<float>());
        Assert.False(y.Node.IsTraced);
        Assert.Empty(y.Node.Inputs.ToArray());
    }

    static (Tensor Value, Tensor[] Gradients) Run(CheckpointPolicy? policy) => Transform.ValueAndGradient((Tensor[] ws) =>
    {
        Tensor x = Input;
        foreach (Tensor w in ws)
        {
            Tensor Block(Tensor[] given) => (given[0].MatMul(given[1]).Named("hidden").Tanh() * 1.5).Sin().MatMul(given[1]).Sigmoid();
            x = policy is null ? Block([x, w]) : Transform.Checkpoint((Func<Tensor[], Tensor>)Block, policy)([x, w]);
        }

        return (x * x).Sum();
    })(Weights);

    [GeneratedRegex(@"arena (\d+) bytes")]
    private static partial Regex ArenaBytes();
}
