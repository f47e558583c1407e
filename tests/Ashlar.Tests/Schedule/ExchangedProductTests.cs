using Ashlar.Primitives.Contract;

namespace Ashlar.Tests.Schedule;

public sealed class ExchangedProductTests
{
    [Fact]
    public void A_transposed_product_is_one_launch()
    {
        Tensor a = Numbers(5, 300);
        Tensor b = Numbers(300, 7);
        Tensor transposed = a.MatMul(b).T;
        Assert.StartsWith("plan: 1 launches", transposed.Explain(), StringComparison.Ordinal);
        Assert.Equal(Transposed(a.MatMul(b).ToArray<float>(), 5, 7), transposed.ToArray<float>());
    }

    [Fact]
    public void A_batch_of_transposed_products_is_one_launch()
    {
        Tensor product = Numbers(3, 4, 20).MatMul(Numbers(3, 20, 6));
        Assert.StartsWith("plan: 1 launches", product.T.Explain(), StringComparison.Ordinal);
        float[] transposed = product.T.ToArray<float>();
        float[] straight = product.ToArray<float>();
        for (int batch = 0; batch < 3; batch++)
        {
            Assert.Equal(Transposed(straight[(batch * 24)..((batch + 1) * 24)], 4, 6), transposed[(batch * 24)..((batch + 1) * 24)]);
        }
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(20, 17)]
    public void A_convolution_with_its_first_axes_exchanged_is_one_launch(int images, int outputs)
    {
        Tensor x = Numbers(images, 4, 8, 9);
        Tensor w = Numbers(outputs, 4, 3, 3);
        Tensor y = new(Ashlar.Primitives.Op.Conv(x.Node, w.Node, new ConvAttributes([1, 1], [1, 1], [1, 1], [1, 1], [1, 1])));
        Tensor exchanged = y.Permute(1, 0, 2, 3);
        Assert.StartsWith("plan: 1 launches", exchanged.Explain(), StringComparison.Ordinal);
        float[] actual = exchanged.ToArray<float>();
        float[] expected = y.ToArray<float>();
        for (int i = 0; i < expected.Length; i++)
        {
            int image = i / 72 / outputs;
            int output = i / 72 % outputs;
            Assert.Equal(expected[i], actual[(((output * images) + image) * 72) + (i % 72)]);
        }
    }

    [Fact]
    public void A_product_that_is_read_both_ways_is_computed_once()
    {
        Tensor product = Numbers(5, 30).MatMul(Numbers(30, 5));
        Assert.StartsWith("plan: 2 launches", (product + product.T).Explain(), StringComparison.Ordinal);
    }

    static Tensor Numbers(params int[] shape)
    {
        var values = new float[shape.Aggregate(1, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (((i * 37) + (i / 11)) % 101 / 50f) - 1;
        }

        return Tensor.From(values, shape);
    }

    static float[] Transposed(float[] values, int rows, int columns)
    {
        var result = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            result[(i % columns * rows) + (i / columns)] = values[i];
        }

        return result;
    }
}
