using Ashlar.Tests.Schedule;
using FsCheck.Fluent;

namespace Ashlar.Tests.Transforms;

/// <summary>The transforms of any function agree with each other.</summary>
public sealed class RandomFunctionTests
{
    // Values stay near 1, so that a dozen operations in float64 differ by far less between two orders of the same sums.
    const double Tolerance = 1e-11;

    static readonly Tensor X = Tensor.From([0.4, -0.9, 0.7], 3);
    static readonly Tensor V = Tensor.From([0.2, 1.0, -0.5], 3);
    static readonly Tensor U = Tensor.From([1.0, -0.3, 0.6], 3);
    static readonly Tensor Both = Tensor.From([0.4, -0.9, 0.7, 0.2, 1.0, -0.5], 2, 3);

    static readonly Func<Tensor, Tensor, Tensor>[] Steps =
    [
        (x, _) => x.Sin(),
        (x, _) => (x * 0.5).Exp() - 1,
        (x, _) => x.Tanh() * 1.5,
        (x, _) => x.Flip(0) * x,
        (x, y) => x + (y * 0.25),
        (x, y) => x / ((y * y) + 1),
        (x, _) => x - x.Mean(),
        (x, y) => (x.Reshape(3, 1) * y.Reshape(1, 3)).Sum([1]) * 0.3,
        (x, y) => (x.Reshape(1, 3).MatMul(y.Reshape(3, 1)).Reshape(1) * x).Sigmoid(),
        (x, y) => Control.Loop(2, x, (_, t) => (t * y).Cos()),
        (x, y) => Control.Cond(x.Sum() > y.Sum(), x, t => t * 0.5, t => t.Sin() * y),
        (x, y) => Transform.CustomGradient(t => t.Cos(), (t, _, dy) => -(dy * t.Sin()))(x) + y,
    ];

    [Fact]
    public void Forward_and_reverse_mode_agree_on_random_functions() => Hold(codes =>
    {
        double along = (Transform.Jvp(t => Run(codes, t), X, V).Tangent * U).Sum().Item<double>();
        double back = (Transform.Vjp(t => Run(codes, t), X).Pullback(U) * V).Sum().Item<double>();
        return Math.Abs(along - back) <= Tolerance * (1 + Math.Abs(back));
    });

    [Fact]
    public void A_batch_of_gradients_of_a_random_function_is_a_loop_over_them() => Hold(codes =>
    {
        Func<Tensor, Tensor> gradient = Transform.Gradient(t => Run(codes, t).Sum());
        byte[] loop = [.. Bits.Of(gradient(X)), .. Bits.Of(gradient(V))];
        return loop.AsSpan().SequenceEqual(Bits.Of(Transform.Vmap(gradient)(Both)));
    });

    [Fact]
    public void A_checkpoint_of_a_random_function_changes_no_bit_of_its_gradient() => Hold(codes =>
    {
        Tensor plain = Transform.Gradient(t => Run(codes, t).Sum())(X);
        Tensor saved = Transform.Gradient(t => Transform.Checkpoint(u => Run(codes, u))(t).Sum())(X);
        return Bits.Of(plain).AsSpan().SequenceEqual(Bits.Of(saved));
    });

    static void Hold(Func<int[], bool> agrees)
    {
        var config = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(30).WithReplay(new FsCheck.Replay(new FsCheck.Rnd(7, 13), null)).WithEndSize(30);
        FsCheck.Check.One(config, Prop.ForAll(FsCheck.FSharp.ArbMap.defaults.ArbFor<int[]>(), agrees));
    }

    // A number chooses a step and, for its second operand, an earlier value of the chain.
    static Tensor Run(int[] codes, Tensor x)
    {
        var values = new List<Tensor> { x };
        foreach (int code in codes.Take(7))
        {
            uint choice = (uint)code;
            values.Add(Steps[choice % Steps.Length](values[^1], values[(int)(choice / Steps.Length % values.Count)]));
        }

        return values[^1];
    }
}
