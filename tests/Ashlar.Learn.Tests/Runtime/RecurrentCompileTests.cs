using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Learn.Tests.Runtime;

/// <summary>The process-wide counters are read here, so nothing else may run beside these tests.</summary>
[Collection("counters")]
public sealed class RecurrentCompileTests
{
    [Fact]
    public void New_sequence_lengths_plan_anew_and_compile_nothing()
    {
        var model = new LSTM(3, 4, layers: 2);
        var optimizer = new SGD(model.Parameters, 0.01);
        Step(model, optimizer, 5);
        Step(model, optimizer, 6);
        long plans = Diagnostics.PlansBuilt;
        long kernels = Diagnostics.KernelsCompiled;

        for (int length = 7; length <= 12; length++)
        {
            Step(model, optimizer, length);
        }

        Assert.Equal(6, Diagnostics.PlansBuilt - plans);
        Assert.Equal(0, Diagnostics.KernelsCompiled - kernels);
    }

    static void Step(LSTM model, SGD optimizer, int length)
    {
        (Tensor output, (Tensor hidden, _)) = model.ForwardWithState(Tensor.RandomUniform(RandomKey.FromSeed(length), new Shape(length, 2, 3)));
        optimizer.Step((output * output).Mean() + hidden.Mean());
    }
}
