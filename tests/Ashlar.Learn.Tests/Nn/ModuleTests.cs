using Ashlar.Nn;

namespace Ashlar.Learn.Tests.Nn;

public sealed class ModuleTests : ReferenceScope
{
    [Fact]
    public void State_names_are_joined_by_points_and_sorted() =>
        Assert.Equal(
            ["0.bias", "0.weight", "1.bias", "1.running_mean", "1.running_var", "1.weight", "2.0.weight", "2.1.draws"],
            Nested().StateTensors().Keys);

    [Fact]
    public void Printing_a_model_prints_the_code_that_builds_it() =>
        Assert.Equal(
            """
            new Sequential(
                new Conv2d(1, 4, 3, padding: 1),
                new BatchNorm2d(4),
                new Sequential(
                    new Linear(4, 3, bias: false),
                    new Dropout(0.25)))
            """.ReplaceLineEndings("\n"),
            Nested().ToString());

    [Theory]
    [InlineData("new Conv2d(1, 2, (3, 5), stride: 2, padding: (1, 2), dilation: 3, bias: false)")]
    [InlineData("new MaxPool2d(2)")]
    [InlineData("new MaxPool2d(3, stride: (1, 2), padding: 1)")]
    [InlineData("new AvgPool2d((2, 3), stride: 1)")]
    [InlineData("new BatchNorm2d(2, epsilon: 0.001, momentum: 0.5)")]
    [InlineData("new GELU()")]
    [InlineData("new Sequential()")]
    public void A_layer_prints_its_settings(string code)
    {
        Module[] layers =
        [
            new Conv2d(1, 2, (3, 5), stride: 2, padding: (1, 2), dilation: 3, bias: false), new MaxPool2d(2), new MaxPool2d(3, stride: (1, 2), padding: 1),
            new AvgPool2d((2, 3), stride: 1), new BatchNorm2d(2, epsilon: 0.001, momentum: 0.5), new GELU(), new Sequential(),
        ];
        Assert.Contains(layers, layer => layer.ToString() == code);
    }

    [Fact]
    public void A_model_of_ones_own_prints_its_parts() => Assert.Equal("Twice\n{\n    inner: new Linear(2, 2)\n}", new Twice().ToString());

    [Fact]
    public void A_shared_parameter_counts_once()
    {
        var layer = new Linear(2, 2);
        Assert.Equal(["0.weight", "0.bias"], new Sequential(layer, layer).NamedParameters().Select(parameter => parameter.Name));
    }

    [Fact]
    public void Weights_follow_from_key_and_name_alone()
    {
        Module first = Nested();
        Module second = Nested();
        first.Initialize(RandomKey.FromSeed(7));
        Assert.NotEqual(Bytes(first), Bytes(second));
        second.Initialize(RandomKey.FromSeed(7));
        Assert.Equal(Bytes(first), Bytes(second));
    }

    [Fact]
    public void Two_layers_of_one_shape_draw_different_weights()
    {
        var model = new Sequential(new Linear(3, 3), new Linear(3, 3));
        Assert.NotEqual(((Linear)model[0]).Weight.Tensor.ToBytes(), ((Linear)model[1]).Weight.Tensor.ToBytes());
    }

    [Fact]
    public void A_loaded_state_gives_the_same_bits()
    {
        Module first = Nested();
        first.Initialize(RandomKey.FromSeed(7));
        Module second = Nested();
        second.Load(first.StateTensors());
        Assert.Equal(Bytes(first), Bytes(second));
    }

    [Fact]
    public void A_state_is_a_copy_that_later_updates_leave_alone()
    {
        var layer = new Linear(2, 1);
        IReadOnlyDictionary<string, Tensor> state = layer.StateTensors();
        byte[] before = state["weight"].ToBytes();
        for (int i = 0; i < 3; i++)
        {
            layer.Weight.Set(layer.Weight.Tensor + 1);
        }

        Assert.Equal(before, state["weight"].ToBytes());
    }

    [Fact]
    public void A_state_that_does_not_fit_is_refused_with_every_difference()
    {
        Module model = Nested();
        var state = new Dictionary<string, Tensor>(model.StateTensors()) { ["0.weight"] = Tensor.Zeros(new Shape(4, 1, 5, 5)), ["9.weight"] = Tensor.Scalar(1) };
        state.Remove("1.bias");
        state.Remove("0.bias");
        byte[] before = Bytes(model);
        var error = Assert.Throws<StateException>(() => model.Load(state));
        Assert.Equal("Sequential.Load: the state does not fit: 2 missing: 0.bias, 1.bias; 1 unexpected: 9.weight; 1 mismatched: '0.weight' is float32[4, 1, 5, 5], wanted float32[4, 1, 3, 3]. " +
            "Nothing was changed. Build the model as it was when the state was saved.", error.Message);
        Assert.Equal(before, Bytes(model));
    }

    [Fact]
    public void A_checkpoint_gives_back_the_model()
    {
        string path = Path.Combine(Path.GetTempPath(), $"ashlar-{Environment.ProcessId}-checkpoint.safetensors");
        try
        {
            Module first = Nested();
            first.Initialize(RandomKey.FromSeed(3));
            first.Save(path);
            Module second = Nested();
            second.Load(path);
            Assert.Equal(Bytes(first), Bytes(second));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Train_and_Eval_reach_every_module()
    {
        Module model = Nested();
        model.Eval();
        Assert.All(model.NamedModules(), module => Assert.False(module.Module.IsTraining));
        model.Train();
        Assert.All(model.NamedModules(), module => Assert.True(module.Module.IsTraining));
    }

    [Theory, InlineData("inner", "taken"), InlineData("", "empty or has a point"), InlineData("a.b", "empty or has a point")]
    public void A_name_that_cannot_be_is_refused(string name, string fault)
    {
        var error = Assert.Throws<ArgumentException>(() => new Twice().Add(name));
        Assert.Equal($"Twice.Register: the name '{name}' is {fault}. Choose another.", error.Message);
    }

    [Fact]
    public void A_value_of_another_shape_is_refused_by_its_parameters_name()
    {
        var model = new Sequential(new Linear(2, 1));
        var error = Assert.Throws<ShapeException>(() => model.Parameters[0].Set(Tensor.Zeros(new Shape(3))));
        Assert.Equal("Assign: variable '0.weight' is float32[1, 2], the value float32[3]. Give a value of the variable's shape and dtype.", error.Message);
    }

    static Sequential Nested() => new(new Conv2d(1, 4, 3, padding: 1), new BatchNorm2d(4), new Sequential(new Linear(4, 3, bias: false), new Dropout(0.25)));

    static byte[] Bytes(Module module) => [.. module.StateTensors().SelectMany(pair => pair.Value.ToBytes())];

    sealed class Twice : Module
    {
        readonly Linear _inner;

        public Twice() => _inner = Register("inner", new Linear(2, 2));

        public void Add(string name) => Register(name, new ReLU());

        protected override Tensor Apply(Tensor x) => _inner.Forward(_inner.Forward(x));
    }
}
