using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Optim;

public sealed class SkippedStepTests
{
    static readonly Tensor X = Tensor.RandomNormal(RandomKey.FromSeed(5), new Shape(8, 3));

    [Fact]
    public void A_step_whose_gradients_are_no_numbers_changes_nothing()
    {
        (Sequential model, AdamW optimizer) = Make();
        optimizer.SkipsNonFinite = true;
        optimizer.Step(model.Forward(X).Square().Mean());
        string before = Hash(model, optimizer);

        // The loss is 0, its gradient is not: the slope of a root at 0.
        optimizer.Step((model.Forward(X) * 0).Abs().Sqrt().Mean());

        Assert.False(optimizer.IsLastStepTaken);
        Assert.Equal(before, Hash(model, optimizer));
        optimizer.Step(model.Forward(X).Square().Mean());
        Assert.True(optimizer.IsLastStepTaken);
        Assert.Equal(2, optimizer.Steps);
    }

    [Fact]
    public void Looking_for_them_changes_no_bit()
    {
        (Sequential model, AdamW optimizer) = Make();
        (Sequential other, AdamW looking) = Make();
        looking.SkipsNonFinite = true;
        for (int step = 0; step < 3; step++)
        {
            optimizer.Step(model.Forward(X).Square().Mean());
            looking.Step(other.Forward(X).Square().Mean());
        }

        Assert.Equal(Hash(model, optimizer), Hash(other, looking));
    }

    [Fact]
    public void Discarded_gradients_leave_no_trace()
    {
        (Sequential model, AdamW optimizer) = Make();
        (Sequential other, AdamW never) = Make();
        optimizer.Accumulate(model.Forward(X * 2).Square().Mean());
        optimizer.Discard();
        Assert.Equal(0, optimizer.AccumulatedBatches);
        foreach ((Sequential each, AdamW rule) in new[] { (model, optimizer), (other, never) })
        {
            rule.Accumulate(each.Forward(X).Mean());
            rule.Step(each.Forward(X).Square().Mean());
        }

        Assert.Equal(model.Parameters[0].Master.ToArray<float>(), other.Parameters[0].Master.ToArray<float>());
    }

    static (Sequential Model, AdamW Optimizer) Make()
    {
        var model = new Sequential(new Linear(3, 4), new BatchNorm1d(4), new Linear(4, 2));
        model.Initialize(RandomKey.FromSeed(1));
        return (model, new AdamW(model.Parameters));
    }

    static string Hash(Module model, Optimizer optimizer) => WeightsHash.Of(model.StateTensors().Concat(optimizer.StateTensors()).Select((pair, i) => SafetensorsTensor.From($"{i} {pair.Key}", pair.Value)));
}
