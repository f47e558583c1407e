using Ashlar.Nn;
using Ashlar.Optim;
using Ashlar.Schedule;

namespace Ashlar.Learn.Tests.Optim;

[Collection(nameof(PlanCounts))]
public sealed class MixedPrecisionTests
{
    static readonly Tensor X = Tensor.RandomNormal(RandomKey.FromSeed(5), new Shape(16, 6));
    static readonly Tensor Target = (X * 0.5).Tanh();
    static readonly Tensor Y = (X.Slice(1, 0, 3) * 0.5).Tanh() + 1;

    [Theory, InlineData(DType.BFloat16), InlineData(DType.Float16)]
    public void Layers_compute_in_half_and_all_that_is_kept_stays_in_float32(DType half)
    {
        var watch = new Watch();
        Module model = new Sequential(new Scale(), watch, new Tanh(), new Scale());
        new MixedPrecision(half).ApplyTo(model);
        Tensor y = model.Forward(X);

        Assert.Equal(half, watch.Seen);
        Assert.Equal(DType.Float32, y.DType);
        Assert.All(model.Parameters, parameter => Assert.Equal(DType.Float32, parameter.Master.DType));
        Assert.All(model.StateTensors().Values, tensor => Assert.Equal(DType.Float32, tensor.DType));
    }

    // bfloat16 keeps 8 bits: each of a hundred steps may go another way by 1/256 of its length.
    [Theory, InlineData(DType.BFloat16), InlineData(DType.Float16)]
    public void A_model_learns_in_half_as_it_does_in_float32(DType half)
    {
        float Train(DType? type)
        {
            Module model = new Sequential(new Scale(), new Tanh(), new Scale());
            if (type is { } compute)
            {
                new MixedPrecision(compute).ApplyTo(model);
            }

            var rule = new AdamW(model.Parameters, 0.01) { LossScale = type is null ? null : new LossScale(1024) };
            for (int i = 0; i < 100; i++)
            {
                rule.Step(Ashlar.Nn.Loss.MeanSquaredError(model.Forward(X), Target));
            }

            MixedPrecision.RemoveFrom(model);
            return Ashlar.Nn.Loss.MeanSquaredError(model.Forward(X), Target).Item<float>();
        }

        float whole = Train(null);
        Assert.InRange(whole, 0, 0.02f);
        Assert.InRange(Train(half), 0, 0.03f);
    }

    // The law: operands rounded to the half type, the product in float32 and rounded, the sum with the bias in float32 and rounded.
    [Theory, InlineData(DType.BFloat16), InlineData(DType.Float16)]
    public void A_linear_layer_rounds_at_every_primitive(DType half)
    {
        var layer = new Linear(6, 3);
        layer.Initialize(RandomKey.FromSeed(3));
        Tensor Round(Tensor x) => x.To(half).To(DType.Float32);
        Tensor product = Round(Round(X).MatMul(Round(layer.Weight.Master).T));
        Tensor expected = Round(product + Round(layer.Bias!.Master));
        new MixedPrecision(half).ApplyTo(layer);
        Assert.Equal(expected.ToBytes(), layer.Forward(X).ToBytes());
        Assert.Equal(layer.Forward(X).Slice(0, 5, 1).ToBytes(), layer.Forward(X.Slice(0, 5, 1)).ToBytes());
    }

    // bfloat16 keeps 8 bits: the loss of a trained network is near, not equal.
    [Theory, InlineData(DType.BFloat16), InlineData(DType.Float16)]
    public void A_network_of_linear_layers_learns_in_half_with_gradients_of_float32(DType half)
    {
        var watch = new Watch();
        Sequential model = Network(watch);
        new MixedPrecision(half).ApplyTo(model);
        Assert.All(Transform.Gradient(Loss)([.. model.Parameters.Select(parameter => parameter.Master)]), gradient => Assert.Equal(DType.Float32, gradient.DType));

        var rule = new AdamW(model.Parameters, 0.01) { LossScale = new LossScale(1024) };
        float before = Ashlar.Nn.Loss.MeanSquaredError(model.Forward(X), Y).Item<float>();
        for (int i = 0; i < 200; i++)
        {
            rule.Step(Ashlar.Nn.Loss.MeanSquaredError(model.Forward(X), Y));
        }

        Assert.Equal(half, watch.Seen);
        Assert.True(rule.IsLastStepTaken);
        Assert.InRange(Ashlar.Nn.Loss.MeanSquaredError(model.Forward(X), Y).Item<float>(), 0, 0.02f * before);

        // The same network, written with the weights as arguments.
        Tensor Loss(Tensor[] w) => Ashlar.Nn.Loss.MeanSquaredError(
            (X.To(half).MatMul(w[0].To(half).T) + w[1].To(half)).Tanh().MatMul(w[2].To(half).T).To(DType.Float32) + w[3], Y);
    }

    [Theory, InlineData(DType.BFloat16), InlineData(DType.Float16)]
    public void A_step_in_half_has_the_same_bits_on_any_number_of_threads_and_by_the_reference(DType half)
    {
        string Step(ExecutionOptions options)
        {
            using IDisposable scope = Execution.Use(options);
            Sequential model = Network(new Watch());
            new MixedPrecision(half).ApplyTo(model);
            var rule = new SGD(model.Parameters, 0.1);
            rule.Step(Ashlar.Nn.Loss.MeanSquaredError(model.Forward(X), Y));
            rule.Step(Ashlar.Nn.Loss.MeanSquaredError(model.Forward(X), Y));
            return string.Join(' ', model.StateTensors().Values.Select(tensor => Convert.ToHexString(tensor.ToBytes())));
        }

        Assert.Single(new[]
        {
            Step(new() { Threads = 1 }), Step(new() { Threads = 3 }), Step(new() { Fusion = false }), Step(new() { Executor = Executor.Interpreter }), Step(new() { Executor = Executor.Reference }),
        }.Distinct());
    }

    [Fact]
    public void What_is_named_a_norm_stays_in_float32()
    {
        var norm = new NormLike();
        var watch = new Watch();
        var model = new Sequential(new Scale(), norm, watch);
        new MixedPrecision().ApplyTo(model);
        model.Forward(X);
        Assert.Equal(DType.Float32, norm.Seen);
        Assert.Equal(DType.Float32, watch.Seen);
    }

    [Fact]
    public void A_whole_type_is_refused()
    {
        var error = Assert.Throws<DTypeException>(() => new MixedPrecision(DType.Float64).ApplyTo(new Linear(2, 2)));
        Assert.Equal("MixedPrecision: float64 is no half type. Give float16 or bfloat16.", error.Message);
    }

    [Fact]
    public void A_power_of_two_changes_no_bit_and_no_plan_is_built_when_it_changes()
    {
        Module plain = Network(new Watch()), scaled = Network(new Watch());
        var rule = new AdamW(plain.Parameters);
        var other = new AdamW(scaled.Parameters) { LossScale = new LossScale(256, interval: 2) };
        long built = 0;
        Tensor.Eval(X, Y);
        for (int i = 0; i < 6; i++)
        {
            rule.Step(Ashlar.Nn.Loss.MeanSquaredError(plain.Forward(X), Y));
            other.Step(Ashlar.Nn.Loss.MeanSquaredError(scaled.Forward(X), Y));
            built = i == 0 ? Diagnostics.PlansBuilt : built;
        }

        Assert.Equal(built, Diagnostics.PlansBuilt);
        Assert.Equal(2048, other.LossScale!.Value);
        Assert.Equal(plain.StateTensors().Values.Select(tensor => Convert.ToHexString(tensor.ToBytes())), scaled.StateTensors().Values.Select(tensor => Convert.ToHexString(tensor.ToBytes())));
    }

    [Fact]
    public void An_overflow_takes_no_step_and_halves_the_scale_and_the_state_resumes()
    {
        var w = new Parameter(new Shape(2), _ => Tensor.From([1f, 2f], 2));
        var rule = new Adam([w], 0.5) { LossScale = new LossScale(8) };
        rule.Step((w.Tensor * w).Sum());
        float[] before = w.Tensor.ToArray<float>();
        byte[] moment = rule.StateTensors().First(pair => pair.Key.EndsWith("first_moment", StringComparison.Ordinal)).Value.ToBytes();

        rule.Step((w.Tensor * float.PositiveInfinity).Sum());

        Assert.False(rule.IsLastStepTaken);
        Assert.Equal(before, w.Tensor.ToArray<float>());
        Assert.Equal(moment, rule.StateTensors().First(pair => pair.Key.EndsWith("first_moment", StringComparison.Ordinal)).Value.ToBytes());
        Assert.Equal(1, rule.Steps);
        Assert.Equal(4, rule.LossScale!.Value);

        var resumed = new Adam([w], 0.5) { LossScale = new LossScale() };
        resumed.Load(rule.StateTensors());
        Assert.Equal(4, resumed.LossScale!.Value);
        resumed.Step((w.Tensor * w).Sum());
        Assert.True(resumed.IsLastStepTaken);
        Assert.Equal(2, resumed.Steps);
    }

    [Fact]
    public void A_scale_that_does_not_fit_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new LossScale(0));
        Assert.StartsWith("LossScale: initial 0, growth 2, backoff 0.5 and interval 2000 do not fit. The usual ones are 65536, 2, 0.5 and 2000.", error.Message, StringComparison.Ordinal);
    }

    static Sequential Network(Watch watch)
    {
        var model = new Sequential(new Linear(6, 8), watch, new Tanh(), new Linear(8, 3));
        model.Initialize(RandomKey.FromSeed(11));
        return model;
    }

    sealed class Scale : Module
    {
        readonly Parameter _weight;

        public Scale() => _weight = Register("weight", new Parameter(X.Shape, _ => Tensor.Full(X.Shape, 0.75)));

        protected override Tensor Apply(Tensor x) => x * _weight.Tensor;
    }

    sealed class Watch : Module
    {
        public DType? Seen { get; private set; }

        protected override Tensor Apply(Tensor x)
        {
            Seen = x.DType;
            return x;
        }
    }

    sealed class NormLike : Module
    {
        public DType? Seen { get; private set; }

        protected override Tensor Apply(Tensor x)
        {
            Seen = x.DType;
            return x;
        }
    }
}
