using Ashlar.Ir;
using Ashlar.Schedule;

namespace Ashlar.Tests.Values;

/// <summary>What holds for every function of tensors: gradients of two orders, forward against reverse mode, a batch against a loop.</summary>
public sealed class FunctionContractTests
{
    // Both modes carry out the same products in other orders: a few dozen roundings of float64, relative to the sum of the sizes of the terms.
    const double FewRoundings = 1e-12;

    [Theory, MemberData(nameof(FunctionRows.Differentiable), MemberType = typeof(FunctionRows))]
    public void Gradients_of_orders_1_and_2_agree_with_finite_differences(string name)
    {
        FunctionRow row = FunctionRows.Named(name);
        GradientCheck.Run(xs => Flat(row.Call(xs)), At(row), directions: 2).ThrowIfWrong();
    }

    [Theory, MemberData(nameof(FunctionRows.Differentiable), MemberType = typeof(FunctionRows))]
    public void Forward_and_reverse_mode_agree(string name)
    {
        FunctionRow row = FunctionRows.Named(name);
        Tensor[] at = At(row);
        int[] floating = [.. Enumerable.Range(0, at.Length).Where(i => at[i].DType.IsFloating)];
        Tensor[] Function(Tensor[] xs)
        {
            Tensor[] all = [.. at];
            for (int i = 0; i < floating.Length; i++)
            {
                all[floating[i]] = xs[i];
            }

            return [Flat(row.Call(all))];
        }

        Tensor[] xs = [.. floating.Select(i => at[i])];
        Tensor[] tangents = [.. xs.Select((x, i) => Random(x.Shape, i))];
        Tensor forward = Transform.Jvp(Function, xs, tangents).Tangents[0];
        Tensor cotangent = Random(forward.Shape, 99);
        Tensor[] reverse = Transform.Vjp(Function, xs).Pullback([cotangent]);
        double byForward = (forward * cotangent).Sum().Item<double>();
        double byReverse = reverse.Select((gradient, i) => (gradient * tangents[i]).Sum().Item<double>()).Sum();
        double size = 1 + (forward * cotangent).Abs().Sum().Item<double>();
        Assert.True(Math.Abs(byForward - byReverse) <= FewRoundings * size, $"{name}: forward {byForward:R}, reverse {byReverse:R}");
    }

    [Theory, MemberData(nameof(FunctionRows.Mapped), MemberType = typeof(FunctionRows))]
    public void A_batch_has_the_bits_of_a_loop(string name)
    {
        using IDisposable reference = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });
        FunctionRow row = FunctionRows.Named(name);
        var batches = new Tensor[row.Operands.Length];
        var examples = new Tensor[3][];
        for (int e = 0; e < examples.Length; e++)
        {
            examples[e] = new Tensor[batches.Length];
        }

        for (int i = 0; i < batches.Length; i++)
        {
            (Node batch, Node[] each) = row.Operands[i].Batch((uint)i + 1, DType.Float64);
            batches[i] = new Tensor(batch);
            for (int e = 0; e < each.Length; e++)
            {
                examples[e][i] = new Tensor(each[e]);
            }
        }

        Tensor[] mapped = Transform.Vmap(xs => row.Call(xs))(batches);
        Tensor[][] looped = [.. examples.Select(row.Call)];
        for (int result = 0; result < mapped.Length; result++)
        {
            Tensor expected = Tensor.Stack([.. looped.Select(results => results[result])]);
            Assert.Equal(expected.Shape, mapped[result].Shape);
            Assert.Equal(expected.DType, mapped[result].DType);
            Assert.Equal(expected.ToBytes(), mapped[result].ToBytes());
        }
    }

    static Tensor[] At(FunctionRow row) => [.. row.Operands.Select((operand, i) => new Tensor(operand.Constant((uint)i + 1, DType.Float64)))];

    // Every floating result in one vector.
    static Tensor Flat(Tensor[] results) => Tensor.Concat([.. results.Where(y => y.DType.IsFloating).Select(y => y.Reshape(y.Size))]);

    static Tensor Random(Shape shape, int stream) => Tensor.RandomUniform(RandomKey.FromSeed(4).Fold(stream), shape, -1, 1, DType.Float64);
}
