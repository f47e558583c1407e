using Ashlar.Nn;
using Ashlar.Onnx.Values;

namespace Ashlar.Models.Tests.Onnx;

public sealed class TransposedConvolutionTests
{
    // Windows side by side take another way than others; the layer takes the general one.
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(3, 2)]
    [InlineData(1, 1)]
    public void Windows_side_by_side_have_the_bits_of_the_general_way(int window, int stride)
    {
        Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(2, 5, 4, 3));
        Tensor w = Tensor.RandomNormal(RandomKey.FromSeed(2), new Shape(5, 3, window, window));
        Tensor b = Tensor.RandomNormal(RandomKey.FromSeed(3), new Shape(3));
        Tensor wanted = Functional.ConvTranspose2d(x, w, b, stride);
        Assert.Equal(wanted.ToBytes(), Run(x, w, b, stride, stride).ToBytes());
    }

    [Fact]
    public void One_and_three_axes_are_laid_too()
    {
        Tensor one = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(1, 4, 6));
        Tensor oneWeight = Tensor.RandomNormal(RandomKey.FromSeed(2), new Shape(4, 2, 3));
        Assert.Equal(Functional.ConvTranspose1d(one, oneWeight, stride: 3).ToBytes(), Run(one, oneWeight, null, 3).ToBytes());
        Tensor three = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(1, 2, 2, 3, 4));
        Tensor threeWeight = Tensor.RandomNormal(RandomKey.FromSeed(2), new Shape(2, 3, 2, 2, 2));
        Assert.Equal(Functional.ConvTranspose3d(three, threeWeight, stride: 2).ToBytes(), Run(three, threeWeight, null, 2, 2, 2).ToBytes());
    }

    [Fact]
    public void Many_channels_keep_the_order_of_their_sums()
    {
        Tensor x = Tensor.RandomNormal(RandomKey.FromSeed(1), new Shape(1, 100, 2, 2));
        Tensor w = Tensor.RandomNormal(RandomKey.FromSeed(2), new Shape(100, 2, 2, 2));
        Assert.Equal(Functional.ConvTranspose2d(x, w, stride: 2).ToBytes(), Run(x, w, null, 2, 2).ToBytes());
    }

    [Fact]
    public void Nearest_neighbours_of_whole_multiples_are_repeated()
    {
        OnnxValue x = TestModel.F([1, 2, 3, 4], 1, 1, 2, 2);
        Assert.Equal([1f, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4, 3, 3, 4, 4],
            TestModel.Floats("Resize", [x, TestModel.F([], 0), TestModel.F([1, 1, 3, 2])], [TestModel.Text("mode", "nearest"), TestModel.Text("coordinate_transformation_mode", "asymmetric"), TestModel.Text("nearest_mode", "floor")]));
    }

    static Tensor Run(Tensor x, Tensor w, Tensor? b, params long[] strides) =>
        ((OnnxTensor)TestModel.Run("ConvTranspose", b is null ? [x, w] : [x, w, b], [TestModel.Ints("strides", strides)])[0]).Tensor;
}
