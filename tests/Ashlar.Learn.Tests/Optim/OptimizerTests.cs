using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Optim;

public sealed class OptimizerTests : ReferenceScope
{
    readonly Linear _layer = new(2, 1);

    [Fact]
    public void A_model_whose_weights_are_drawn_where_no_gradient_is_wanted_can_be_trained()
    {
        var model = new Linear(2, 1);
        using (Transform.NoGradient())
        {
            Assert.False(model.Forward(Tensor.Ones(new Shape(1, 2))).Node.IsTraced);
        }

        byte[] before = model.Parameters[0].Master.ToBytes();
        new SGD(model.Parameters, 0.1).Step(model.Forward(Tensor.Ones(new Shape(1, 2))).Sum());
        Assert.NotEqual(before, model.Parameters[0].Master.ToBytes());
    }

    [Fact]
    public void The_loss_of_a_step_has_the_value_from_before_it()
    {
        var rule = new SGD(_layer.Parameters, 0.5);
        Tensor logits = _layer.Forward(Tensor.Ones(new Shape(1, 2)));
        float before = _layer.Forward(Tensor.Ones(new Shape(1, 2))).Item<float>();
        Tensor loss = (logits * logits).Sum();
        rule.Step(loss);
        Assert.NotNull(loss.Node.Value);
        Assert.Equal(before * before, loss.Item<float>());
        Assert.Equal(before, logits.Item<float>());
    }

    [Fact]
    public void State_names_are_the_parameters_names_with_the_moments() =>
        Assert.Equal(
            ["0.bias.first_moment", "0.bias.second_moment", "0.weight.first_moment", "0.weight.second_moment", "learning_rate", "learning_rate_factors", "steps", "weight_decays"],
            new AdamW(new Sequential(_layer).Parameters).StateTensors().Keys);

    [Fact]
    public void Plain_descent_has_no_moments() => Assert.Equal(["learning_rate", "learning_rate_factors", "steps", "weight_decays"], new SGD(_layer.Parameters, 0.1).StateTensors().Keys);

    [Fact]
    public void A_state_that_does_not_fit_is_refused_with_every_difference()
    {
        var rule = new SGD(_layer.Parameters, 0.1, momentum: 0.9);
        var state = new Dictionary<string, Tensor>(rule.StateTensors()) { ["weight.velocity"] = Tensor.Zeros(new Shape(3)), ["other"] = Tensor.Scalar(1) };
        state.Remove("steps");
        var error = Assert.Throws<StateException>(() => rule.Load(state));
        Assert.Equal("SGD.Load: the state does not fit: 1 missing: steps; 1 unexpected: other; 1 mismatched: 'weight.velocity' is float32[3], wanted float32[1, 2]. " +
            "Nothing was changed. Build the model as it was when the state was saved.", error.Message);
    }

    [Fact]
    public void A_loss_without_a_gradient_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new SGD(_layer.Parameters, 0.1).Step(Tensor.Scalar(1)));
        Assert.Equal("SGD.Step: no gradient leads from the loss to a parameter. Compute it from the model's parameters, outside Transform.NoGradient() and without StopGradient().", error.Message);
    }

    [Fact]
    public void No_parameters_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new SGD([], 0.1));
        Assert.StartsWith("SGD: no parameters are given. Give model.Parameters.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_given_twice_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new AdamW([_layer.Weight, _layer.Weight]));
        Assert.StartsWith("AdamW: a parameter is given twice. Give model.Parameters.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_parameters_of_one_name_have_no_common_state()
    {
        var rule = new AdamW([_layer.Weight, new Linear(2, 2).Weight]);
        var error = Assert.Throws<StateException>(rule.StateTensors);
        Assert.Equal("AdamW.StateTensors: two parameters are named 'weight'. Register both models with one module and train its parameters.", error.Message);
    }

    [Fact]
    public void Nesterov_without_momentum_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new SGD(_layer.Parameters, 0.1, nesterov: true));
        Assert.StartsWith("SGD: Nesterov's look ahead asks for momentum and no dampening. Set momentum above 0 and dampening to 0.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_beta_of_1_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(_layer.Parameters, beta2: 1));
        Assert.StartsWith("AdamW: beta2 = 1 lies outside 0 ≤ beta2 < 1. The usual one is 0.999.", error.Message, StringComparison.Ordinal);
    }
}
