using Ashlar.Nn;
using Ashlar.Optim;
using Ashlar.Schedule;

namespace Ashlar.Learn.Tests.Runtime;

[CollectionDefinition("counters", DisableParallelization = true)]
public sealed class Counters;

/// <summary>The process-wide counters are read here, so nothing else may run beside these tests.</summary>
[Collection("counters")]
public sealed class SteadyStateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_training_step_takes_no_memory_and_compiles_nothing(int threads)
    {
        using IDisposable scope = Execution.Use(new ExecutionOptions { Threads = threads });
        (Module model, Optimizer optimizer) = Network();
        Train(model, optimizer, batch: 4, steps: 1500);

        long allocations = Diagnostics.StorageAllocations;
        long bytes = Diagnostics.StorageBytes;
        long plans = Diagnostics.PlansBuilt;
        long kernels = Diagnostics.KernelsCompiled;
        long run = Diagnostics.PlansRun;
        Train(model, optimizer, batch: 4, steps: 1500);

        Assert.Equal(1500, Diagnostics.PlansRun - run);
        Assert.Equal(0, Diagnostics.PlansBuilt - plans);
        Assert.Equal(0, Diagnostics.KernelsCompiled - kernels);
        Assert.Equal(0, Diagnostics.StorageAllocations - allocations);
        Assert.Equal(bytes, Diagnostics.StorageBytes);
    }

    [Fact]
    public void A_new_batch_size_builds_a_plan_and_compiles_nothing()
    {
        (Module model, Optimizer optimizer) = Network();
        Train(model, optimizer, batch: 4, steps: 2);
        long plans = Diagnostics.PlansBuilt;
        long kernels = Diagnostics.KernelsCompiled;

        Train(model, optimizer, batch: 7, steps: 2);

        Assert.Equal(1, Diagnostics.PlansBuilt - plans);
        Assert.Equal(0, Diagnostics.KernelsCompiled - kernels);
    }

    [Fact]
    public void A_new_learning_rate_builds_no_plan()
    {
        (Module model, Optimizer optimizer) = Network();
        Train(model, optimizer, batch: 4, steps: 2);
        long plans = Diagnostics.PlansBuilt;

        optimizer.LearningRate = 0.5e-3;
        Train(model, optimizer, batch: 4, steps: 2);

        Assert.Equal(0, Diagnostics.PlansBuilt - plans);
    }

    static (Module Model, Optimizer Optimizer) Network()
    {
        var model = new Sequential(
            new Conv2d(1, 4, 3), new BatchNorm2d(4), new ReLU(), new MaxPool2d(2), new Flatten(), new Dropout(0.25), new Linear(36, 10));
        model.Initialize(RandomKey.FromSeed(3));
        return (model, new AdamW(model.Parameters, learningRate: 1e-3));
    }

    static void Train(Module model, Optimizer optimizer, int batch, int steps)
    {
        var pixels = new float[batch * 64];
        var labels = new int[batch];
        for (int step = 0; step < steps; step++)
        {
            pixels.AsSpan().Fill(step % 7);
            labels.AsSpan().Fill(step % 10);
            Tensor loss = Loss.CrossEntropy(model.Forward(Tensor.From(pixels, batch, 1, 8, 8)), Tensor.From(labels, batch));
            optimizer.Step(loss);
            Assert.False(float.IsNaN(loss.Item<float>()));
        }
    }
}
