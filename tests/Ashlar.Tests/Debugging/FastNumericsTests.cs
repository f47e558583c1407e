using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Contract;
using Ashlar.Schedule;

namespace Ashlar.Tests.Debugging;

public sealed class FastNumericsTests
{
    public static TheoryData<int[], int[], int> Cases => new()
    {
        { [2, 32, 16, 16], [32, 32, 3, 3], 1 },
        { [5, 40, 7, 7], [35, 40, 3, 3], 1 },
        { [1, 33, 30, 13], [64, 33, 3, 3], 0 },
        { [3, 64, 9, 21], [48, 64, 3, 3], 2 },

        // Many tiles, in chunks with a rest; few for their outputs, with channels in pieces.
        { [2, 33, 42, 45], [37, 33, 3, 3], 1 },
        { [6, 130, 7, 7], [150, 130, 3, 3], 1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_convolution_stays_within_the_stated_error(int[] input, int[] kernel, int padding)
    {
        Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(input));
        Tensor w = Tensor.RandomNormal(RandomKey.FromSeed(2), new Shape(kernel));
        Tensor.Eval(x, w);
        double[] exact = Conv(x.To(DType.Float64), w.To(DType.Float64), padding).ToArray<double>();
        long before = Diagnostics.FastLaunches;
        float[] fast = Fast(x, w, padding, threads: 2);
        Assert.Equal(before + 1, Diagnostics.FastLaunches);
        Assert.NotEqual(Conv(x, w, padding).ToArray<float>(), fast);
        double largest = exact.Max(Math.Abs);
        for (int i = 0; i < exact.Length; i++)
        {
            // The bound that the documentation states.
            Assert.InRange(fast[i] - exact[i], -2e-5 * largest, 2e-5 * largest);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_bits_do_not_depend_on_threads(int[] input, int[] kernel, int padding)
    {
        Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(3), new Shape(input));
        Tensor w = Tensor.RandomNormal(RandomKey.FromSeed(4), new Shape(kernel));
        Tensor.Eval(x, w);
        Assert.Equal(Fast(x, w, padding, threads: 1), Fast(x, w, padding, threads: 3));
    }

    [Fact]
    public void The_gradient_of_the_input_stays_within_the_stated_error()
    {
        Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(5), new Shape(2, 32, 12, 10));
        Tensor w = Tensor.RandomNormal(RandomKey.FromSeed(6), new Shape(36, 32, 3, 3));
        Tensor.Eval(x, w);
        Tensor Gradient() => Transform.Gradient(z => (Conv(z, w, 1) * Conv(z, w, 1)).Sum())(x);
        float[] exact = Gradient().ToArray<float>();
        float[] fast;
        using (Numerics.Fast())
        {
            fast = Gradient().ToArray<float>();
        }

        // Two convolutions one after the other, so twice the bound of one.
        double bound = 4e-5 * exact.Max(Math.Abs);
        Assert.All(exact.Zip(fast), pair => Assert.InRange(pair.Second - pair.First, -bound, bound));
        Assert.NotEqual(exact, fast);
    }

    [Fact]
    public void Outside_the_scope_every_bit_is_the_laws()
    {
        Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(7), new Shape(2, 32, 12, 12));
        Tensor w = Tensor.RandomNormal(RandomKey.FromSeed(8), new Shape(32, 32, 3, 3));
        Tensor.Eval(x, w);
        float[] before = Conv(x, w, 1).ToArray<float>();
        Fast(x, w, 1, threads: 2);
        Assert.Equal(before, Conv(x, w, 1).ToArray<float>());
    }

    static float[] Fast(Tensor x, Tensor w, int padding, int threads)
    {
        using IDisposable options = Execution.Use(Execution.Options with { Threads = threads });
        using IDisposable fast = Numerics.Fast();
        return Conv(x, w, padding).ToArray<float>();
    }

    static Tensor Conv(Tensor x, Tensor w, int padding)
    {
        Node y = Op.Conv(x.Node, w.Node, new ConvAttributes([1, 1], [padding, padding], [padding, padding], [1, 1], [1, 1]));
        return new Tensor(y);
    }
}
