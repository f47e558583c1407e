using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Optim;

/// <summary>What happens to gradients and parameters around the rule: accumulation, clipping, groups, averages.</summary>
[Collection(nameof(PlanCounts))]
public sealed class GradientTests
{
    readonly Parameter _w = new(new Shape(3), _ => Tensor.From([1f, -2f, 3f], 3));

    [Fact]
    public void Accumulated_parts_make_the_step_of_their_sum()
    {
        var other = new Parameter(new Shape(3), _ => Tensor.From([1f, -2f, 3f], 3));
        SGD whole = new([_w], 0.25, momentum: 0.5), parts = new([other], 0.25, momentum: 0.5);
        for (int i = 0; i < 3; i++)
        {
            whole.Step((_w.Tensor * _w).Sum() + (_w.Tensor * 3).Sum());
            parts.Accumulate((other.Tensor * other).Sum());
            parts.Step((other.Tensor * 3).Sum());
        }

        Assert.Equal(_w.Tensor.ToArray<float>(), other.Tensor.ToArray<float>());
        Assert.Equal(3, parts.Steps);
        Assert.Equal(0, parts.AccumulatedBatches);
    }

    [Fact]
    public void A_step_without_a_loss_takes_what_was_accumulated_and_builds_plans_once()
    {
        var rule = new SGD([_w], 0.25);
        long built = 0;
        for (int i = 0; i < 5; i++)
        {
            rule.Accumulate((_w.Tensor * 1).Sum());
            rule.Accumulate((_w.Tensor * 1).Sum());
            Assert.Equal(2, rule.AccumulatedBatches);
            rule.Step();
            built = i == 0 ? Diagnostics.PlansBuilt : built;
        }

        Assert.Equal([-1.5f, -4.5f, 0.5f], _w.Tensor.ToArray<float>());
        Assert.Equal(built, Diagnostics.PlansBuilt);
    }

    [Fact]
    public void A_step_without_anything_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new SGD([_w], 0.25).Step());
        Assert.Equal("SGD.Step: nothing was accumulated. Give a loss, or call Accumulate(loss) before.", error.Message);
    }

    [Fact]
    public void What_waits_for_a_step_is_not_saved()
    {
        var rule = new SGD([_w], 0.25);
        rule.Accumulate(_w.Tensor.Sum());
        var error = Assert.Throws<InvalidOperationException>(rule.StateTensors);
        Assert.Equal("SGD.StateTensors: gradients of 1 losses wait for a step. Take it first, then save.", error.Message);
    }

    [Fact]
    public void The_norm_before_clipping_is_told_and_a_new_limit_builds_no_plan()
    {
        var rule = new SGD([_w], 0) { ClipNorm = 0.5 };
        rule.Step((_w.Tensor * Tensor.From([3f, 4f, 0f], 3)).Sum());
        Assert.Equal(5f, rule.GradientNorm!.Item<float>());
        long built = Diagnostics.PlansBuilt;
        rule.ClipNorm = 0.25;
        rule.Step((_w.Tensor * Tensor.From([0f, 0f, 7f], 3)).Sum());
        Assert.Equal(7f, rule.GradientNorm!.Item<float>());
        Assert.Equal(built, Diagnostics.PlansBuilt);
    }

    [Fact]
    public void A_limit_that_is_not_positive_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new SGD([_w], 0.1) { ClipNorm = 0 });
        Assert.StartsWith("SGD: ClipNorm is 0. Give a positive number, or null for no clipping.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_has_its_own_rate_and_decay_and_leaves_the_first()
    {
        var layer = new Linear(2, 1);
        var rule = new AdamW(layer.Parameters, 0.5);
        ParameterGroup biases = rule.Group([layer.Bias!]);
        (biases.LearningRateFactor, biases.WeightDecay) = (0, 0.5);
        float bias = layer.Bias!.Tensor.Item<float>();

        rule.Step(layer.Forward(Tensor.Ones(new Shape(1, 2))).Sum());

        Assert.Equal(bias, layer.Bias!.Tensor.Item<float>());
        Assert.Equal([layer.Weight], rule.Groups[0].Parameters);
        Assert.Equal(0.01, rule.Groups[0].WeightDecay);
    }

    [Fact]
    public void A_group_of_strangers_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new SGD([_w], 0.1).Group([new Linear(2, 2).Weight]));
        Assert.StartsWith("SGD.Group: parameter 'weight' is not trained here. Give some of the optimizer's Parameters.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_negative_decay_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new SGD([_w], 0.1).Groups[0].WeightDecay = -1);
        Assert.StartsWith("ParameterGroup: WeightDecay -1 is no number ≥ 0. Give one such as 0.01.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exponential_average_follows_and_swaps_and_returns_bit_for_bit()
    {
        var average = WeightAverage.Exponential([_w], decay: 0.75);
        _w.Set(Tensor.From([5f, 6f, 7f], 3));
        average.Update();
        average.Swap();
        Assert.Equal([2f, 0f, 4f], _w.Tensor.ToArray<float>());
        Assert.Throws<InvalidOperationException>(average.Update);
        average.Swap();
        Assert.Equal([5f, 6f, 7f], _w.Tensor.ToArray<float>());
    }

    [Fact]
    public void A_stochastic_average_is_the_mean_of_its_updates_and_resumes()
    {
        var average = WeightAverage.Stochastic([_w]);
        foreach (float value in new[] { 1f, 2f, 6f })
        {
            _w.Set(Tensor.Full(new Shape(3), value));
            average.Update();
        }

        var resumed = WeightAverage.Stochastic([_w]);
        resumed.Load(average.StateTensors());
        _w.Set(Tensor.Full(new Shape(3), 7));
        resumed.Update();
        resumed.Swap();

        // Thirds are rounded.
        Assert.All(_w.Tensor.ToArray<float>(), value => Assert.Equal(4f, value, 1e-6f));
    }

    [Fact]
    public void The_mean_of_ASGD_begins_at_its_start()
    {
        var rule = new ASGD([_w], 0.5, lambda: 0, start: 1);
        rule.Step(_w.Tensor.Sum());
        Assert.Equal(_w.Tensor.ToArray<float>(), rule.Average(_w).ToArray<float>());
        rule.Step(_w.Tensor.Sum());
        rule.Step(_w.Tensor.Sum());
        rule.Step(_w.Tensor.Sum());

        // w is 0.5, 0, -0.5, -1 at the first place; the mean begins with the third.
        Assert.Equal(-0.75f, rule.Average(_w).ToArray<float>()[0], 1e-6f);
    }
}
