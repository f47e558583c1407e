using Ashlar.Primitives;
using Ashlar.Primitives.Contract;

namespace Ashlar.Tests.Schedule;

public sealed class ApartGroupsTests
{
    [Fact]
    public void The_weight_gradient_of_a_depthwise_convolution_is_one_launch_with_the_bits_of_each_channel_alone()
    {
        const int Channels = 20;
        Tensor x = Numbers(3, Channels, 9, 8);
        Tensor w = Numbers(Channels, 1, 3, 3);
        Tensor dy = Numbers(3, Channels, 5, 4);
        Tensor gradient = Gradient(x, w, dy, Channels);
        Assert.StartsWith("plan: 1 launches", gradient.Explain(), StringComparison.Ordinal);
        float[] all = gradient.ToArray<float>();
        for (int channel = 0; channel < Channels; channel++)
        {
            Range one = channel..(channel + 1);
            Tensor alone = Gradient(x[.., one], w[one], dy[.., one], groups: 1);
            Assert.Equal(alone.ToArray<float>(), all[(channel * 9)..((channel + 1) * 9)]);
        }
    }

    [Fact]
    public void Groups_that_no_such_kernel_takes_are_copied()
    {
        Tensor gradient = Gradient(Numbers(2, 6, 7, 7), Numbers(4, 3, 3, 3), Numbers(2, 4, 4, 4), groups: 2);
        float[] values = gradient.ToArray<float>();
        for (int group = 0; group < 2; group++)
        {
            Range inputs = (group * 3)..((group + 1) * 3);
            Range outputs = (group * 2)..((group + 1) * 2);
            Tensor alone = Gradient(Numbers(2, 6, 7, 7)[.., inputs], Numbers(4, 3, 3, 3)[outputs], Numbers(2, 4, 4, 4)[.., outputs], groups: 1);
            Assert.Equal(alone.ToArray<float>(), values[(group * 54)..((group + 1) * 54)]);
        }
    }

    static Tensor Gradient(Tensor x, Tensor w, Tensor dy, int groups) =>
        Transform.Vjp(kernel => new Tensor(Op.Conv(x.Node, kernel.Node, new ConvAttributes([2, 2], [1, 1], [1, 1], [1, 1], [1, 1], groups))), w).Item2(dy);

    static Tensor Numbers(params int[] shape)
    {
        var values = new float[shape.Aggregate(1, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (((i * 37) + (i / 11)) % 101 / 50f) - 1;
        }

        return Tensor.From(values, shape);
    }
}
