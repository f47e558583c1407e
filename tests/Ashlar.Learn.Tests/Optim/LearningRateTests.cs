using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Optim;

[Collection(nameof(PlanCounts))]
public sealed class LearningRateTests : ReferenceScope
{
    [Theory, InlineData(false), InlineData(true)]
    public void Changing_the_learning_rate_builds_no_plan(bool adam)
    {
        var w = new Parameter(new Shape(2, 2), _ => Tensor.Ones(new Shape(2, 2)));
        Optimizer rule = adam ? new AdamW([w]) : new SGD([w], 0.1, momentum: 0.9, dampening: 0.5);
        long built = 0;
        for (int i = 1; i < 6; i++)
        {
            rule.LearningRate = 0.5 / i;
            rule.Step((w.Tensor * w).Sum());
            built = i == 1 ? Diagnostics.PlansBuilt : built;
        }

        Assert.Equal(built, Diagnostics.PlansBuilt);
    }

    [Theory, InlineData(-0.1), InlineData(double.NaN)]
    public void A_learning_rate_that_is_no_number_from_0_is_refused(double rate)
    {
        var w = new Parameter(new Shape(2), _ => Tensor.Ones(new Shape(2)));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new SGD([w], rate));
        Assert.StartsWith(FormattableString.Invariant($"SGD: the learning rate {rate} is no number ≥ 0. Give one such as 0.001."), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_schedule_falls_by_its_factor()
    {
        var schedule = new StepSchedule(1, Period: 3, Factor: 0.5);
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25], Enumerable.Range(0, 7).Select(step => schedule.At(step)));
    }

    [Fact]
    public void A_step_schedule_without_a_period_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new StepSchedule(1, Period: 0).At(1));
        Assert.Equal("StepSchedule: a period of 0 steps never ends. Give 1 or more.", error.Message);
    }

    // √½ and cos are each rounded once, as are three operations behind: four units in the last place.
    [Fact]
    public void A_cosine_schedule_rises_and_falls_along_a_cosine()
    {
        var schedule = new CosineSchedule(Peak: 1, Steps: 12, Floor: 0.5, Warmup: 4);
        double[] expected = [0.25, 0.5, 0.75, 1, 1, 0.98096988312782163, 0.92677669529663687, 0.84567085809127244, 0.75, 0.65432914190872756, 0.57322330470336313, 0.51903011687217837, 0.5, 0.5];
        for (int step = 0; step < expected.Length; step++)
        {
            Assert.Equal(expected[step], schedule.At(step), 1e-15);
        }
    }
}
