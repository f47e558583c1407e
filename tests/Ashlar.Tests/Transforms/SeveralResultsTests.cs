using Ashlar.Schedule;
using Ashlar.Tests.Schedule;

namespace Ashlar.Tests.Transforms;

/// <summary>Functions with several results under rules of their own, and calls with several results by the reference.</summary>
public sealed class SeveralResultsTests
{
    static readonly Tensor At = Tensor.From([0.5, -1.25, 2], 3);

    // Sine and cosine share their derivative's parts; the results differ in shape and dtype.
    static readonly Func<Tensor[], Tensor[]> Plain = xs => [xs[0].Sin() * xs[1], xs[0].Cos().Sum().To(DType.Float32), xs[1].Reshape(1, 3)];

    static readonly Func<Tensor[], Tensor[]> Ruled = Transform.CustomGradient(Plain, (xs, ys, dys) =>
        [dys[0] * xs[1] * xs[0].Cos() - dys[1].To(DType.Float64) * xs[0].Sin(), dys[0] * xs[0].Sin() + dys[2].Reshape(3)]);

    static readonly Func<Tensor[], Tensor[]> Forward = Transform.CustomJvp(Plain, (xs, ys, dxs) =>
        [dxs[0] * xs[0].Cos() * xs[1] + xs[0].Sin() * dxs[1], -(dxs[0] * xs[0].Sin()).Sum().To(DType.Float32), dxs[1].Reshape(1, 3)]);

    public static TheoryData<string> Rules => ["vjp", "jvp", "checkpoint"];

    static Func<Tensor[], Tensor[]> Function(string rule) => rule switch { "vjp" => Ruled, "jvp" => Forward, _ => Transform.Checkpoint(Plain) };

    [Theory, MemberData(nameof(Rules))]
    public void Values_and_derivatives_are_those_of_the_plain_function(string rule)
    {
        Func<Tensor[], Tensor[]> f = Function(rule);
        Tensor[] given = [At, At * 2];
        Tensor[] expected = Plain(given);
        Tensor[] values = f(given);
        Assert.Equal(Bits.Hash(expected), Bits.Hash(values));
        Tensor[] cotangents = [Tensor.From([1.0, 2, 3], 3), Tensor.Scalar(0.5f), Tensor.From([-1.0, 1, 4], 1, 3)];
        Equal(Transform.Vjp(Plain, given).Pullback(cotangents), Transform.Vjp(f, given).Pullback(cotangents));
        Equal(Transform.Jvp(Plain, given, [At, -At]).Tangents, Transform.Jvp(f, given, [At, -At]).Tangents);
    }

    [Theory, MemberData(nameof(Rules))]
    public void An_unused_result_gives_nothing_and_second_order_and_batches_work(string rule)
    {
        Func<Tensor[], Tensor[]> f = Function(rule);
        Func<Tensor, Tensor> g(Func<Tensor[], Tensor[]> of) => x => of([x, x * x])[0].Sum();
        Equal([Transform.Gradient(g(Plain))(At)], [Transform.Gradient(g(f))(At)]);
        Equal([Transform.Hessian(g(Plain))(At)], [Transform.Hessian(g(f))(At)]);
        Tensor batch = Tensor.Stack([At, -At, At * 0.5]);
        Equal([Transform.Vmap(Transform.Gradient(g(Plain)))(batch)], [Transform.Vmap(Transform.Gradient(g(f)))(batch)]);
    }

    [Fact]
    public void A_rule_is_asked_once_for_all_results()
    {
        int asked = 0;
        Func<Tensor[], Tensor[]> f = Transform.CustomGradient(xs => [xs[0].Exp(), xs[0] * 2], (xs, ys, dys) =>
        {
            asked++;
            return [dys[0] * ys[0] + dys[1] * 2];
        });
        Tensor gradient = Transform.Gradient(x => f([x]).Aggregate(Tensor.Scalar(0.0), (sum, y) => sum + y.Sum()))(Tensor.From([0.0, 0], 2));
        Assert.Equal([3.0, 3], gradient.ToArray<double>());
        Assert.Equal(1, asked);
    }

    [Fact]
    public void A_checkpoint_passes_whole_numbers_on()
    {
        Tensor[] results = Transform.Checkpoint(xs => [xs[0].Exp(), xs[0].ArgMax(0)])([At]);
        Assert.Equal(DType.Int64, results[1].DType);
        Assert.Equal(2, results[1].Item<long>());
    }

    [Fact]
    public void The_reference_runs_a_call_once_for_all_its_results()
    {
        int runs = 0;
        var counted = new CustomCall("counted", (shapes, types) => (shapes[0], types[0]), arguments =>
        {
            runs++;
            arguments.Input<double>(0).CopyTo(arguments.Result<double>());
        });
        using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });
        (Tensor[] carries, Tensor[] outputs) = Control.Loop([Tensor.Scalar(1, DType.Float64)], [At], (state, x) => ([counted.Invoke(state[0]) + x[0]], [state[0] * 2, state[0] * 3]));
        Tensor.Eval([.. carries, .. outputs]);
        Assert.Equal(3, runs);
        Assert.Equal([2.0, 3, 0.5], outputs[0].ToArray<double>());
    }

    static void Equal(Tensor[] expected, Tensor[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach ((Tensor a, Tensor b) in expected.Zip(actual))
        {
            Assert.Equal(a.DType, b.DType);
            Assert.Equal([.. a.Shape], [.. b.Shape]);

            // Rules written apart add the same terms in another order.
            Assert.All(a.To(DType.Float64).ToArray<double>().Zip(b.To(DType.Float64).ToArray<double>()), pair => Assert.Equal(pair.First, pair.Second, a.DType == DType.Float32 ? 1e-6 : 1e-13));
        }
    }
}
