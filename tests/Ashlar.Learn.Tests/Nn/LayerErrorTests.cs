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
        Assert.Equal("Conv2d: the input is [2, 1, 8, 8], wanted [N, 3, H, W]. Build Conv2d with the channels of the layer before it, or reshape the input.", error.Message);
    }

    [Fact]
    public void Conv2d_names_a_window_that_does_not_fit()
    {
        var error = Assert.Throws<ShapeException>(() => new Conv2d(1, 4, 5).Forward(Tensor.Zeros(new Shape(2, 1, 4, 8))));
        Assert.Equal("Conv2d: the window 5 does not fit the input [2, 1, 4, 8] with padding 0. Use a smaller window, more padding or a larger input.", error.Message);
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
        Assert.Equal("MaxPool2d: the window 3 with padding 0 does not fit the input [1, 1, 2, 4]. Give […, H, W] that holds a window, and padding below the window's extent.", error.Message);
    }

    [Fact]
    public void Groups_must_divide_the_channels()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Conv2d(4, 6, 3, groups: 4));
        Assert.StartsWith("Conv2d: 4 groups do not divide 4 inputs and 6 outputs. Make both multiples of the groups.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transposed_convolution_refuses_output_padding_that_no_stride_explains()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new ConvTranspose2d(1, 1, 3, stride: 2, outputPadding: 2).Forward(Tensor.Zeros(new Shape(1, 1, 2, 2))));
        Assert.StartsWith("ConvTranspose2d: outputPadding 2 must be below stride 2 or dilation 1. Give less, or pad the result.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transposed_convolution_refuses_padding_that_leaves_nothing()
    {
        var error = Assert.Throws<ShapeException>(() => new ConvTranspose1d(1, 1, 3, padding: 2).Forward(Tensor.Zeros(new Shape(1, 1, 2))));
        Assert.Equal("ConvTranspose1d: padding 2 leaves nothing of the result for the input [1, 1, 2] and the window 3. Use less padding.", error.Message);
    }

    [Fact]
    public void A_dilated_window_may_not_hold_padding_alone()
    {
        var error = Assert.Throws<ShapeException>(() => new MaxPool1d(2, padding: 1, dilation: 2).Forward(Tensor.Zeros(new Shape(1, 1, 1))));
        Assert.Equal("MaxPool1d: window 0 along axis 2 of [1, 1, 1] holds padding alone. Use less dilation or padding.", error.Message);
    }

    [Fact]
    public void A_module_without_a_forward_of_one_tensor_says_so()
    {
        var error = Assert.Throws<InvalidOperationException>(() => ((Module)new MaxUnpool1d(2)).Forward(Tensor.Zeros(new Shape(1, 1, 1))));
        Assert.Equal("MaxUnpool1d: it does not take one tensor alone. Call the Forward that its documentation names, or apply its parts.", error.Message);
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
