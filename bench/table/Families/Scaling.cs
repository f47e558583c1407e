using Ashlar.Nn;

namespace Ashlar.Bench.Families;

/// <summary>The product on one thread against itself on two, one row for each kind of kernel: what fills the arithmetic units is to gain 1.6, what waits for memory 1.2.</summary>
static class Scaling
{
    static readonly Target Arithmetic = new(1, 1.6);
    static readonly Target MemoryBound = new(1, 1.2);

    public static IEnumerable<IRow> Rows()
    {
        yield return Of("map: tanh", "1 Mi", Arithmetic, [Input.Normal(1 << 20)], Row.Of(x => x[0].Tanh()));
        yield return Of("map: x·w+b", "16 Mi", MemoryBound, [Input.Normal(1 << 24), Input.Normal(1 << 24), Input.Normal(1 << 24)], Row.Of(x => (x[0] * x[1]) + x[2]));
        yield return Of("row: softmax", "4096x1024", MemoryBound, [Input.Normal(4096, 1024)], Row.Of(x => Functional.Softmax(x[0])));
        yield return Of("reduce: sum", "16 Mi", MemoryBound, [Input.Normal(1 << 24)], Row.Of(x => x[0].Sum()));
        yield return Of("contract: sgemm", "64x256x784", Arithmetic, [Input.Normal(64, 784), Input.Normal(784, 256)], Row.Of(x => x[0].MatMul(x[1])));
        yield return Of("contract: sgemm", "1024x1024x1024", Arithmetic, [Input.Normal(1024, 1024), Input.Normal(1024, 1024)], Row.Of(x => x[0].MatMul(x[1])));
        yield return Of("contract: conv 3x3", "b32 128>128x28", Arithmetic, [Input.Normal(32, 128, 28, 28), Input.Normal(128, 128, 3, 3)], Row.Of(x => Functional.Conv2d(x[0], x[1], padding: 1)));
        yield return Of("library: sort rows", "1024x1024", Arithmetic, [Input.Normal(1024, 1024)], Row.Of(x => x[0].Sort()));
        yield return Of("library: fft", "64x4096", Arithmetic, [Input.Normal(64, 4096)], Row.Of(x => x[0].Fft()));
        yield return Of("attention", "512 tokens", Arithmetic, [Input.Normal(1, 12, 512, 64), Input.Normal(1, 12, 512, 64), Input.Normal(1, 12, 512, 64)], Row.Of(x => Functional.ScaledDotProductAttention(x[0], x[1], x[2], causal: true)));
        yield return Of("training step", "cnn", Arithmetic, [], _ => TrainingSteps.Fresh("cnn"));
        yield return Of("training step", "transformer", Arithmetic, [], _ => TrainingSteps.Fresh("transformer"));
    }

    static SpecialRow Of(string kind, string size, Target target, Input[] inputs, Func<Tensor[], Func<Tensor[]>> work) => new($"scaling, {kind}", size, target, (options, threads) =>
    {
        Tensor[] drawn = [.. inputs.Select((input, index) => input.Draw(RandomKey.FromSeed(index + 1)))];
        Tensor.Eval(drawn);
        Product one = new(work(drawn), 1);
        Product more = new(work(drawn), threads);
        int times = options.Times(one.WarmUp(options.WarmUp));
        more.WarmUp(options.WarmUp);
        var rounds = new Rounds("the product on 1 thread");
        for (int i = 0; i < options.Rounds; i++)
        {
            rounds.Add(more.Window(times), one.Window(times));
        }

        return rounds;
    })
    {
        Least = 2,
    };
}
