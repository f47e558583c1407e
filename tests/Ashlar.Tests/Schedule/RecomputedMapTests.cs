using Ashlar.Schedule;

namespace Ashlar.Tests.Schedule;

public sealed class RecomputedMapTests
{
    static Tensor Draw(long seed, params int[] shape) => Tensor.RandomNormal(RandomKey.FromSeed(seed), new Shape(shape));

    static Tensor Normalize(Tensor x, int[] axes)
    {
        Tensor mean = x.Mean(axes, keepAxes: true);
        Tensor centred = x - mean;
        Tensor variance = (centred * centred).Mean(axes, keepAxes: true);
        return centred * (variance + 1e-5).Rsqrt();
    }

    [Fact]
    public void Batch_less_its_mean_is_never_written()
    {
        Tensor x = Draw(1, 700, 300);
        Tensor.Eval(x);

        string plan = Normalize(x, [0]).Explain();

        // Mean, variance and result; the differences are computed by each reader.
        Assert.StartsWith("plan: 3 launches", plan, StringComparison.Ordinal);
    }

    // A matrix by columns, in rectangles of several blocks and rests; channels between other axes; rows.
    [Theory]
    [InlineData(new[] { 4200, 20 }, new[] { 0 })]
    [InlineData(new[] { 300, 130 }, new[] { 0 })]
    [InlineData(new[] { 6, 5, 9, 40 }, new[] { 0, 2, 3 })]
    [InlineData(new[] { 40, 300 }, new[] { 1 })]
    public void Values_and_gradients_have_the_bits_of_the_definition(int[] shape, int[] axes)
    {
        Tensor x = Draw(1, shape);
        Tensor g = Draw(2, shape);
        Tensor.Eval(x, g);

        byte[][] definition = Run(new ExecutionOptions { Executor = Executor.Reference });

        foreach (int threads in (int[])[1, 3])
        {
            Assert.Equal(definition, Run(new ExecutionOptions { Threads = threads }));
        }

        byte[][] Run(ExecutionOptions options)
        {
            using IDisposable scope = Execution.Use(options);
            (Tensor[] values, Func<Tensor[], Tensor[]> pullback) = Transform.Vjp(inputs => [Normalize(inputs[0], axes)], [x]);
            Tensor[] results = [.. values, .. pullback([g])];
            Tensor.Eval(results);
            return [.. results.Select(result => result.ToBytes())];
        }
    }
}
