using System.Text.Json;
using Ashlar.Nn;

namespace Ashlar.Learn.Tests.Nn;

public sealed class TorchActivationTests : ReferenceScope
{
    static readonly Dictionary<string, Func<Module>> Layers = new()
    {
        ["ReLU6"] = () => new ReLU6(),
        ["LeakyReLU"] = () => new LeakyReLU(),
        ["LeakyReLU(0.25)"] = () => new LeakyReLU(0.25),
        ["PReLU"] = Slopes,
        ["RReLU in evaluation"] = () => Evaluated(new RReLU(0.125, 0.375)),
        ["ELU"] = () => new ELU(),
        ["ELU(0.5)"] = () => new ELU(0.5),
        ["SELU"] = () => new SELU(),
        ["CELU(0.75)"] = () => new CELU(0.75),
        ["GELU"] = () => new GELU(),
        ["GELU with tanh"] = () => new GELU(tanh: true),
        ["SiLU"] = () => new SiLU(),
        ["Mish"] = () => new Mish(),
        ["Softplus"] = () => new Softplus(),
        ["Softplus(2.5)"] = () => new Softplus(2.5),
        ["Softsign"] = () => new Softsign(),
        ["Softshrink"] = () => new Softshrink(),
        ["Hardshrink(0.75)"] = () => new Hardshrink(0.75),
        ["Tanhshrink"] = () => new Tanhshrink(),
        ["Hardtanh(-2, 3)"] = () => new Hardtanh(-2, 3),
        ["Hardsigmoid"] = () => new Hardsigmoid(),
        ["Hardswish"] = () => new Hardswish(),
        ["Sigmoid"] = () => new Sigmoid(),
        ["LogSigmoid"] = () => new LogSigmoid(),
        ["Tanh"] = () => new Tanh(),
        ["Threshold(0.5, -2)"] = () => new Threshold(0.5, -2),
        ["GLU"] = () => new GLU(),
        ["GLU(0)"] = () => new GLU(0),
        ["GEGLU"] = () => new GEGLU(),
        ["SwiGLU"] = () => new SwiGLU(),
        ["Softmax"] = () => new Softmax(),
        ["Softmax(0)"] = () => new Softmax(0),
        ["LogSoftmax"] = () => new LogSoftmax(),
        ["Softmin"] = () => new Softmin(),
        ["Softmax2d"] = () => new Softmax2d(),
        ["Maxout(3)"] = () => new Maxout(3),
    };

    static readonly string[] ChangeShape = ["GLU", "GEGLU", "SwiGLU", "Maxout"];

    public static TheoryData<string> Names => [.. Layers.Keys];

    /// <summary>Those that act on one element at a time.</summary>
    public static TheoryData<string> Elementwise => [.. Layers.Keys.Where(name => !ChangeShape.Any(name.StartsWith) && !name.Contains("Softm", StringComparison.Ordinal))];

    [Fact]
    public void Every_recorded_activation_is_compared() =>
        Assert.Equal(TorchVectors.Kind("activations", "torch_training").EnumerateObject().Select(record => record.Name).Order(StringComparer.Ordinal), Layers.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Names))]
    public void An_activation_has_PyTorchs_values_and_gradients(string name)
    {
        JsonElement record = TorchVectors.Of("activations", name, "torch_training");
        Tensor dy = record.GetProperty("dy").Tensor();
        Module layer = Layers[name]();
        Tensor? y = null;

        Tensor dx = Transform.Gradient(x => ((y = layer.Forward(x)) * dy).Sum())(record.GetProperty("x").Tensor());

        TorchVectors.AssertClose(record.GetProperty("y"), layer.Forward(record.GetProperty("x").Tensor()));
        TorchVectors.AssertClose(record.GetProperty("dx"), dx);
    }

    [Theory, MemberData(nameof(Elementwise))]
    public void An_activation_keeps_NaN_and_the_shape_of_any_tensor(string name)
    {
        if (name == "PReLU")
        {
            name = "LeakyReLU";
        }

        Module layer = Layers[name]();
        Assert.True(float.IsNaN(layer.Forward(Tensor.Scalar(double.NaN)).Item<float>()));
        Assert.Equal(new Shape(2, 0, 3), layer.Forward(Tensor.Zeros(new Shape(2, 0, 3))).Shape);
        Assert.Empty(layer.Forward(Tensor.Zeros(new Shape(2, 0, 3))).ToArray<float>());
        Assert.Equal(DType.Float64, layer.Forward(Tensor.Ones(new Shape(2), DType.Float64)).DType);
    }

    [Theory, MemberData(nameof(Elementwise))]
    public void An_activation_of_a_huge_number_has_a_finite_value_and_gradient(string name)
    {
        Module layer = Layers[name]();
        Tensor x = Tensor.From([-1e9f, -100f, 0f, 100f, 1e9f, 3f], 1, 3, 2);
        (Tensor value, Tensor gradient) = Transform.ValueAndGradient((Tensor t) => layer.Forward(t).Sum())(x);
        Assert.True(float.IsFinite(value.Item<float>()));
        Assert.All(gradient.ToArray<float>(), element => Assert.True(float.IsFinite(element)));
    }

    [Fact]
    public void Every_activation_prints_the_code_that_builds_it()
    {
        Assert.Equal("new LeakyReLU(0.25)", new LeakyReLU(0.25).ToString());
        Assert.Equal("new GELU(tanh: true)", new GELU(true).ToString());
        Assert.Equal("new PReLU(3, 0.25)", new PReLU(3).ToString());
        Assert.Equal("new Softmax(-1)", new Softmax().ToString());
        Assert.Equal("new Mish()", new Mish().ToString());
    }

    [Fact]
    public void Slopes_of_training_are_uniform_and_repeat_with_the_key_and_go_on_with_the_state()
    {
        var layer = new RReLU(0.25, 0.5);
        layer.Initialize(RandomKey.FromSeed(4));
        Tensor x = Tensor.Full(new Shape(4000), -1);
        float[] first = layer.Forward(x).ToArray<float>();
        var state = layer.StateTensors();
        float[] second = layer.Forward(x).ToArray<float>();
        var again = new RReLU(0.25, 0.5);
        again.Initialize(RandomKey.FromSeed(4));
        again.Load(state);

        Assert.Equal(second, again.Forward(x).ToArray<float>());
        Assert.NotEqual(first, second);
        Assert.All(first, value => Assert.InRange(value, -0.5f, -0.25f));

        // The mean of 4,000 uniform slopes is within 0.5 % of the middle: three standard errors.
        Assert.Equal(-0.375, first.Average(), 0.0035);
    }

    [Fact]
    public void Gates_refuse_an_odd_axis()
    {
        var error = Assert.Throws<ShapeException>(() => new GLU().Forward(Tensor.Zeros(new Shape(2, 3))));
        Assert.Equal("Glu: axis 1 of [2, 3] is odd and has no halves. Double the outputs of the layer before it.", error.Message);
    }

    [Fact]
    public void Maxout_refuses_groups_that_do_not_fill_the_axis()
    {
        var error = Assert.Throws<ShapeException>(() => new Maxout(2).Forward(Tensor.Zeros(new Shape(2, 3))));
        Assert.Equal("Maxout: groups of 2 do not fill axis 1 of [2, 3]. Give a divisor of 3.", error.Message);
    }

    [Fact]
    public void PRelu_refuses_other_channels()
    {
        var error = Assert.Throws<ShapeException>(() => new PReLU(2).Forward(Tensor.Zeros(new Shape(2, 3))));
        Assert.Equal("PRelu: the weight is [2], the input [2, 3] has 3 channels. Give one weight, or one for each channel of axis 1.", error.Message);
    }

    [Fact]
    public void RReLU_refuses_bounds_that_are_no_interval()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new RReLU(0.5, 0.25));
        Assert.StartsWith("RReLU: slopes from 0.5 to 0.25 are no interval. Give the smaller first, such as 0.125 and 0.3333.", error.Message, StringComparison.Ordinal);
    }

    static PReLU Slopes()
    {
        var layer = new PReLU(3);
        layer.Weight.Set(Tensor.From([0.25f, 0.5f, -0.5f], 3));
        return layer;
    }

    static Module Evaluated(Module module)
    {
        module.Eval();
        return module;
    }
}
