using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Optim;

public sealed class LoopTrainingTests
{
    static readonly Tensor Inputs = Tensor.RandomUniform(RandomKey.FromSeed(1), new Shape(5, 4, 3), -1, 1);

    [Fact]
    public void A_loss_that_contains_a_loop_trains_as_the_unrolled_one_does()
    {
        (float[] losses, float[] weights) = Train((state, x, layer) => Control.Loop(state, x, (h, slice) => (Step(h, slice, layer), h)).Carry);
        (float[] unrolledLosses, float[] unrolledWeights) = Train((state, x, layer) =>
        {
            for (int i = 0; i < 5; i++)
            {
                state = Step(state, x.Slice(0, i, 1).Reshape(4, 3), layer);
            }

            return state;
        });
        Assert.Equal(unrolledLosses[0], losses[0]);

        // The gradient of the weights is one product over all steps, whose sum has another order than the unrolled steps' sums: some 1e-7 at each of 30 updates.
        Assert.All(unrolledLosses.Zip(losses), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * pair.First));
        Assert.All(unrolledWeights.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.True(losses[^1] < 0.5 * losses[0]);
    }

    static (float[] Losses, float[] Weights) Train(Func<Tensor, Tensor, Linear, Tensor> run)
    {
        var layer = new Linear(3, 3, bias: false);
        layer.Initialize(RandomKey.FromSeed(2));
        var optimizer = new AdamW(layer.Parameters, learningRate: 0.05);
        var losses = new float[30];
        for (int i = 0; i < losses.Length; i++)
        {
            Tensor last = run(Tensor.Zeros(new Shape(4, 3)), Inputs, layer);
            Tensor wanted = last - 0.25;
            Tensor loss = (wanted * wanted).Sum();
            optimizer.Step(loss);
            losses[i] = loss.Item<float>();
        }

        return (losses, layer.Weight.Tensor.ToArray<float>());
    }

    static Tensor Step(Tensor state, Tensor x, Linear layer) => (layer.Forward(state + x) + 0.1).Tanh();
}
