using Ashlar.Nn;

namespace Ashlar.Learn.Tests.Nn;

public sealed class DropoutTests : ReferenceScope
{
    static readonly Tensor Ones = Tensor.Ones(new Shape(100, 100));

    // 10,000 draws: the standard deviation of the share is below 0.005, and the key is fixed.
    [Theory, InlineData(0.1), InlineData(0.5), InlineData(0.9)]
    public void The_share_of_dropped_elements_is_the_probability_and_the_others_are_scaled(double probability)
    {
        float[] y = new Dropout(probability).Forward(Ones).ToArray<float>();
        Assert.InRange(y.Count(value => value == 0) / 10_000.0, probability - 0.015, probability + 0.015);
        Assert.Equal([0f, (float)(1 / (1 - probability))], y.Distinct().Order());
    }

    [Fact]
    public void Masks_differ_from_step_to_step_and_layer_to_layer_and_repeat_with_the_key()
    {
        Sequential first = Two();
        Sequential second = Two();
        byte[][] masks = [.. Masks(first), .. Masks(first)];
        Assert.Equal(4, masks.Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(masks, [.. Masks(second), .. Masks(second)]);
    }

    [Fact]
    public void Another_key_gives_other_masks()
    {
        Sequential first = Two();
        Sequential second = Two();
        second.Initialize(RandomKey.FromSeed(1));
        Assert.NotEqual(Masks(first), Masks(second));
    }

    [Fact]
    public void A_resumed_run_goes_on_with_the_next_mask()
    {
        Sequential first = Two();
        Masks(first);
        Sequential second = Two();
        second.Load(first.StateTensors());
        Assert.Equal(Masks(first), Masks(second));
    }

    [Fact]
    public void Evaluation_changes_nothing_and_draws_nothing()
    {
        var dropout = new Dropout();
        dropout.Eval();
        Assert.Same(Ones, dropout.Forward(Ones));
        Assert.Equal(0, dropout.StateTensors()["draws"].Item<long>());
    }

    [Theory, InlineData(1), InlineData(-0.5), InlineData(double.NaN)]
    public void A_probability_outside_its_range_is_refused(double probability)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(probability));
        Assert.StartsWith(FormattableString.Invariant($"Dropout: the probability {probability} lies outside 0 ≤ p < 1. Give the share of elements to drop."), error.Message, StringComparison.Ordinal);
    }

    static Sequential Two() => new(new Dropout(), new Dropout());

    static byte[][] Masks(Sequential model) => [model[0].Forward(Ones).ToBytes(), model[1].Forward(Ones).ToBytes()];
}
