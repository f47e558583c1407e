using Ashlar.Schedule;

namespace Ashlar.Tests.Schedule;

/// <summary>Results that are written past the caches: large ones, whose bits the interpreter gives, which writes no such way.</summary>
public sealed class StreamedResultTests
{
    const int Large = (2 << 20) + 48;

    [Fact]
    public void A_large_map_has_the_bits_of_the_interpreter()
    {
        Tensor x = Numbers(Large + 5);
        Agree(() => [(x * 0.5f) + x]);
        Agree(() => [x.To(DType.Float64) * 3.0]);
        Agree(() => [x.Slice(0, 1, Large + 3) + 1f]);
    }

    [Fact]
    public void Large_rows_have_the_bits_of_the_interpreter()
    {
        Tensor x = Numbers(Large / 500 * 512).Reshape(Large / 500, 512);
        Agree(() => [(x * x[0]) + 1f]);
        Agree(() => Centred(x));
        Agree(() => [x[.., 1..] + 1f]);
    }

    // The first result is read again by a later pass over the row.
    static Tensor[] Centred(Tensor x)
    {
        Tensor y = x - x.Mean([1], keepAxes: true);
        return [y, y * (y * y).Sum([1], keepAxes: true)];
    }

    static Tensor Numbers(int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = ((i * 7919L) % 10_007 / 5000f) - 1f;
        }

        return Tensor.From(values, count);
    }

    static void Agree(Func<Tensor[]> f)
    {
        string[] expected = Run(new ExecutionOptions { Executor = Executor.Interpreter, Threads = 2 });
        Assert.Equal(expected, Run(new ExecutionOptions { Threads = 3 }));

        string[] Run(ExecutionOptions options)
        {
            using IDisposable scope = Execution.Use(options);
            Tensor[] results = f();
            Tensor.Eval(results);
            return [.. results.Select(result => Bits.Hash(result))];
        }
    }
}
