using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Contract;
using Ashlar.Schedule;

namespace Ashlar.Tests.Schedule;

public sealed class KeptWeightsTests
{
    // More reads of one value than any rule waits for.
    const int ManyReads = 70;

    [Theory]
    [InlineData(1, false)]
    [InlineData(8, false)]
    [InlineData(8, true)]
    public void Weights_that_are_read_often_and_then_change_give_the_bits_of_the_definition(int rows, bool snapshots)
    {
        Tensor x = Drawn(1, rows, 300);
        var weight = new Variable(new Shape(130, 300), DType.Float32, "weight", snapshots);
        weight.Set(Evaluator.Value(Drawn(2, 130, 300).Node));
        for (int step = 0; step < 3; step++)
        {
            byte[] expected = Defined(() => Layer(x, weight)).ToBytes();
            for (int read = 0; read < ManyReads; read++)
            {
                Assert.Equal(expected, Layer(x, weight).ToBytes());
            }

            Assert.True(weight.Leaf.Value!.HasForms);
            Tensor next = (new Tensor(weight.Leaf) * 0.5f) + 0.25f;
            Evaluator.Assign([], [new Assignment(weight, next.Node)]);
        }
    }

    [Fact]
    public void A_constant_matrix_times_many_vectors_gives_the_bits_of_the_definition()
    {
        Tensor a = Drawn(1, 200, 300);
        Tensor.Eval(a);
        Assert.False(a.Node.Value!.HasForms);
        for (int read = 0; read < ManyReads; read++)
        {
            Tensor x = Drawn(3 + read, 300);
            Assert.Equal(Defined(() => a.MatMul(x)).ToBytes(), a.MatMul(x).ToBytes());
        }

        Assert.True(a.Node.Value!.HasForms);
    }

    // Sums of few and of many products, with maps that fill a register and maps that do not; the gradient reads the same kernel exchanged and turned round.
    [Theory]
    [InlineData(1, 32, 14)]
    [InlineData(3, 64, 7)]
    [InlineData(1, 1040, 4)]
    public void Kernels_that_are_read_often_and_then_change_give_the_bits_of_the_definition(int images, int channels, int side)
    {
        Tensor x = Drawn(1, images, channels, side, side);
        Tensor upstream = Drawn(2, images, 128, side, side);
        Tensor.Eval(x, upstream);
        var weight = new Variable(new Shape(128, channels, 3, 3), DType.Float32, "weight", snapshots: false);
        weight.Set(Evaluator.Value(Drawn(3, 128, channels, 3, 3).Node));
        Tensor Forward() => Convolved(x, weight);
        Tensor Backward() => Transform.Vjp(input => Convolved(input, weight), x).Item2(upstream);
        for (int step = 0; step < 2; step++)
        {
            byte[] forward = Defined(Forward).ToBytes();
            byte[] backward = Defined(Backward).ToBytes();
            for (int read = 0; read < ManyReads; read++)
            {
                Assert.Equal(forward, Forward().ToBytes());
                Assert.Equal(backward, Backward().ToBytes());
            }

            Assert.True(weight.Leaf.Value!.HasForms);
            Evaluator.Assign([], [new Assignment(weight, ((new Tensor(weight.Leaf) * 0.5f) + 0.25f).Node)]);
        }
    }

    [Fact]
    public void Weights_that_change_in_every_step_are_not_laid_out()
    {
        Tensor x = Drawn(1, 8, 300);
        var weight = new Variable(new Shape(130, 300), DType.Float32, "weight", snapshots: false);
        weight.Set(Evaluator.Value(Drawn(2, 130, 300).Node));
        for (int step = 0; step < ManyReads; step++)
        {
            Tensor next = new Tensor(weight.Leaf) + (0.001f * Layer(x, weight).Sum());
            Evaluator.Assign([], [new Assignment(weight, next.Node)]);
            Assert.False(weight.Leaf.Value!.HasForms);
        }
    }

    // As a recurrent network that is written out: the same weights many times in the step that changes them.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_that_one_step_reads_often_and_changes_are_read_as_they_are_afterwards(bool snapshots)
    {
        Tensor[] inputs = [.. Enumerable.Range(0, ManyReads).Select(i => Drawn(3 + i, 8, 300))];
        Tensor.Eval(inputs);
        var weight = new Variable(new Shape(130, 300), DType.Float32, "weight", snapshots);
        weight.Set(Evaluator.Value(Drawn(2, 130, 300).Node));
        for (int step = 0; step < 3; step++)
        {
            Tensor sum = inputs.Select(x => Layer(x, weight).Sum()).Aggregate((a, b) => a + b);
            Tensor next = new Tensor(weight.Leaf) + (0.001f * sum);
            Evaluator.Assign([], [new Assignment(weight, next.Node)]);
            Assert.Equal(Defined(() => Layer(inputs[0], weight)).ToBytes(), Layer(inputs[0], weight).ToBytes());
        }
    }

    static Tensor Layer(Tensor x, Variable weight) => x.MatMul(new Tensor(weight.Leaf).T).Relu();

    static Tensor Convolved(Tensor x, Variable weight) => new(Op.Conv(x.Node, weight.Leaf, new ConvAttributes([1, 1], [1, 1], [1, 1], [1, 1], [1, 1])));

    static Tensor Drawn(int seed, params int[] shape) => Tensor.RandomNormal(RandomKey.FromSeed(seed), new Shape(shape));

    static Tensor Defined(Func<Tensor> value)
    {
        using IDisposable scope = Execution.Use(new ExecutionOptions { Executor = Executor.Reference });
        Tensor defined = value();
        Tensor.Eval(defined);
        return defined;
    }
}
