using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Nn;

public sealed class StateBufferTests : ReferenceScope
{
    static readonly Tensor X = Tensor.From([.. Enumerable.Range(0, 16).Select(i => (float)i)], 2, 2, 2, 2);

    // Mean of channel 0 is 5.5: after n updates the running mean is 5.5 · (1 - 0.9ⁿ).
    static readonly float[] Means = [0, 0.55f, 1.045f, 1.4905f, 1.89145f];

    [Fact]
    public void An_update_is_carried_out_by_the_step_once()
    {
        var model = new Sequential(new BatchNorm2d(2));
        var rule = new SGD(model.Parameters, 0.1);
        StateBuffer mean = ((BatchNorm2d)model[0]).RunningMean;
        for (int i = 1; i < 5; i++)
        {
            Tensor loss = model.Forward(X).Sum();
            Assert.True(mean.IsPending);
            rule.Step(loss);
            Assert.False(mean.IsPending);
            Assert.Equal(Means[i], mean.Tensor.ToArray<float>()[0], 1e-5f);
        }
    }

    [Fact]
    public void Updates_of_several_forward_passes_follow_each_other_into_one_step()
    {
        var layer = new BatchNorm2d(2);
        Tensor loss = layer.Forward(X).Sum() + layer.Forward(X).Sum() + layer.Forward(X).Sum();
        new SGD(layer.Parameters, 0.1).Step(loss);
        Assert.False(layer.RunningMean.IsPending);
        Assert.Equal(Means[3], layer.RunningMean.Tensor.ToArray<float>()[0], 1e-5f);
    }

    [Fact]
    public void Without_a_step_an_update_is_carried_out_when_the_next_is_recorded()
    {
        var layer = new BatchNorm2d(2);
        for (int i = 1; i < 5; i++)
        {
            layer.Forward(X).ToBytes();
            Assert.Equal(Means[i], layer.RunningMean.Tensor.ToArray<float>()[0], 1e-5f);
        }
    }

    [Fact]
    public void A_layer_that_another_optimizer_steps_over_keeps_its_updates()
    {
        var maker = new Conv2d(2, 2, 1);
        var judge = new BatchNorm2d(2);
        var makerRule = new SGD(maker.Parameters, 0.1);
        float expected = 0;
        for (int i = 0; i < 4; i++)
        {
            Tensor made = maker.Forward(X);
            expected = (0.9f * expected) + (0.1f * made.Mean([0, 2, 3]).ToArray<float>()[0]);
            makerRule.Step((judge.Forward(made) * made).Sum());
        }

        Assert.Equal(expected, judge.StateTensors()["running_mean"].ToArray<float>()[0], 1e-4f);
    }

    [Fact]
    public void Reading_the_state_carries_an_update_out()
    {
        var layer = new BatchNorm2d(2);
        layer.Forward(X);
        Assert.Equal(Means[1], layer.StateTensors()["running_mean"].ToArray<float>()[0], 1e-5f);
        Assert.False(layer.RunningMean.IsPending);
        Assert.Equal(Means[1], layer.RunningMean.Tensor.ToArray<float>()[0], 1e-5f);
    }

    [Fact]
    public void Evaluation_updates_nothing()
    {
        var layer = new BatchNorm2d(2);
        layer.Eval();
        layer.Forward(X).ToBytes();
        Assert.False(layer.RunningMean.IsPending);
        Assert.Equal([0f, 0f], layer.RunningMean.Tensor.ToArray<float>());
    }

    [Fact]
    public void An_evaluated_result_not_read_before_a_step_has_the_statistics_from_before_it()
    {
        var layer = new BatchNorm2d(2);
        layer.Eval();
        Tensor before = layer.Forward(X);
        float[] expected = layer.Forward(X).ToArray<float>();
        layer.Train();
        new SGD(layer.Parameters, 0.1).Step((layer.Forward(X) * X).Sum());
        Assert.Equal(expected, before.ToArray<float>());
    }
}
