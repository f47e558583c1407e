using Ashlar.Nn;

namespace Ashlar.Learn.Tests.Nn;

public sealed class LayerErrorTests : ReferenceScope
{
    [Fact]
    public void Linear_names_the_features_it_takes()
    {
        var error = Assert.Throws<ShapeException>(() => new Linear(784, 10).Forward(Tensor.Zeros(new Shape(2, 783))));
        Assert.Equal("Linear: the input is [2, 783], its last axis must have 784 features. Build Linear(783, 10), or put a Flatten before it.", error.Message);
    }

    [Fact]
    public void Conv2d_names_the_channels()
    {
        var error = Assert.Throws<ShapeException>(() => new Conv2d(3, 4, 3).Forward(Tensor.Zeros(new Shape(2, 1, 8, 8))));
        Assert.Equal("Conv: input channels differ: input [2, 1, 8, 8] has 1, kernel [4, 3, 3, 3] takes 3. Check the input channels of the layer.", error.Message);
    }

    [Fact]
    public void Conv2d_names_a_window_that_does_not_fit()
    {
        var error = Assert.Throws<ShapeException>(() => new Conv2d(1, 4, 5).Forward(Tensor.Zeros(new Shape(2, 1, 4, 8))));
        Assert.Equal("Conv: kernel [4, 1, 5, 5] does not fit into input [2, 1, 4, 8] along axis 2. Use a smaller kernel or more padding.", error.Message);
    }

    [Fact]
    public void Conv2d_refuses_a_stride_of_0()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2d(1, 4, 5, stride: (1, 0)));
        Assert.StartsWith("stride (1, 0) is too small. Give 1 or more for each axis.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pooling_window_must_fit()
    {
        var error = Assert.Throws<ShapeException>(() => new MaxPool2d(3).Forward(Tensor.Zeros(new Shape(1, 1, 2, 4))));
        Assert.Equal("ReduceWindow: window [3, 3] does not fit [1, 1, 2, 4] along axis 2, or its padding covers a whole window. Use a smaller window or less padding.", error.Message);
    }

    [Fact]
    public void BatchNorm2d_names_the_channels()
    {
        var error = Assert.Throws<ShapeException>(() => new BatchNorm2d(3).Forward(Tensor.Zeros(new Shape(2, 4, 1, 1))));
        Assert.Equal("BatchNorm2d: the input is [2, 4, 1, 1], wanted [N, 3, H, W]. Build BatchNorm2d with the channels of the layer before it.", error.Message);
    }

    [Fact]
    public void BatchNorm2d_refuses_to_train_on_one_value()
    {
        var error = Assert.Throws<ShapeException>(() => new BatchNorm2d(3).Forward(Tensor.Zeros(new Shape(1, 3, 1, 1))));
        Assert.Equal("BatchNorm2d: the input [1, 3, 1, 1] has 1 values for each channel, whose variance is not defined. Train with a larger batch, or call Eval().", error.Message);
    }

    [Fact]
    public void Flatten_refuses_a_number()
    {
        var error = Assert.Throws<ShapeException>(() => new Flatten().Forward(Tensor.Scalar(1)));
        Assert.Equal("Flatten: [] has no batch axis. Give [N, …].", error.Message);
    }

    [Fact]
    public void Initialisation_refuses_what_is_no_weight()
    {
        var error = Assert.Throws<ShapeException>(() => Ashlar.Nn.Init.Kaiming.Uniform(RandomKey.FromSeed(0), new Shape(3)));
        Assert.Equal("Kaiming: [3] is no weight. Give [outputs, inputs] or [outputs, inputs, window].", error.Message);
    }
}
