using System.Diagnostics;
using Ashlar.Nn;
using Ashlar.Optim;

namespace Ashlar.Bench.Core;

/// <summary>What a batch size that was not seen before costs: a training step that builds its plan, less the same step again.</summary>
static class PlanBuilding
{
    const int FirstBatch = 33;
    const int Batches = 20;

    public static void Measure(Report report)
    {
        report.Head("(c) a new batch size: a plan is built");
        Measure(report, "perceptron 64-128-10", () => new Sequential(new Linear(64, 128), new ReLU(), new Linear(128, 10)), batch => new Shape(batch, 64));
        Measure(
            report,
            "convolutions 1-8-16, 12 x 12",
            () => new Sequential(new Conv2d(1, 8, 3), new ReLU(), new MaxPool2d(2), new Conv2d(8, 16, 3), new ReLU(), new Flatten(), new Linear(144, 10)),
            batch => new Shape(batch, 1, 12, 12));
    }

    static void Measure(Report report, string name, Func<Module> build, Func<int, Shape> inputs)
    {
        Module model = build();
        model.Initialize(RandomKey.FromSeed(1));
        var optimizer = new AdamW(model.Parameters);
        for (int i = 0; i < 40; i++)
        {
            Step(model, optimizer, inputs(FirstBatch - 1 - (i % 4)));
        }

        var added = new Samples();
        var again = new Samples();
        long compiled = Diagnostics.KernelsCompiled;
        long built = Diagnostics.PlansBuilt;
        for (int batch = FirstBatch; batch < FirstBatch + Batches; batch++)
        {
            double first = Step(model, optimizer, inputs(batch));
            double second = Step(model, optimizer, inputs(batch));
            added.Add(first - second);
            again.Add(second);
        }

        report.Add($"{name}: building", added, "ms", 1e3);
        report.Add($"{name}: a step with its plan", again, "ms", 1e3);
        report.Say($"  {Diagnostics.PlansBuilt - built} plans built for {Batches} batch sizes, {Diagnostics.KernelsCompiled - compiled} kernels compiled");
    }

    static double Step(Module model, Optimizer optimizer, Shape inputs)
    {
        var x = Tensor.From(new float[inputs.Size], [.. inputs.Extents]);
        var target = Tensor.From(new int[inputs[0]], inputs[0]);
        long start = Stopwatch.GetTimestamp();
        Tensor loss = Loss.CrossEntropy(model.Forward(x), target);
        optimizer.Step(loss);
        _ = loss.Item<float>();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
