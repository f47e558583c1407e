using Ashlar.Nn;
using Ashlar.Optim;
using Ashlar.Training;

namespace Ashlar.Learn.Tests.Training;

[Collection("counters")]
public sealed class TrainerSteadyStateTests
{
    [Theory]
    [InlineData(NaNSearch.Loss)]
    [InlineData(NaNSearch.Gradients)]
    public void A_step_is_one_plan_and_takes_no_memory(NaNSearch search)
    {
        var counts = new Counts();
        Sequential model = Points.Model();
        var trainer = new Trainer<Points.Batch>(model, new AdamW(model.Parameters) { ClipNorm = 1 }, batch => model.Forward(batch.X), Points.Loss)
        {
            Options = new TrainerOptions { MaxSteps = 1600, FindNaN = search },
            Schedule = new CosineSchedule(0.01, 1600, Warmup: 100),
            Callbacks = [counts],
        };
        trainer.Fit(Points.Loader(1), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(800, counts.PlansRun);
        Assert.Equal((0, 0, 0), (counts.PlansBuilt, counts.KernelsCompiled, counts.Allocations));
    }

    sealed class Counts : Callback
    {
        public long PlansRun { get; private set; }

        public long PlansBuilt { get; private set; }

        public long KernelsCompiled { get; private set; }

        public long Allocations { get; private set; }

        // Of the second half: the first warms pools up.
        public override void OnStep(Trainer trainer, StepReport step)
        {
            int sign = step.Step switch { 800 => -1, 1600 => 1, _ => 0 };
            PlansRun += sign * Diagnostics.PlansRun;
            PlansBuilt += sign * Diagnostics.PlansBuilt;
            KernelsCompiled += sign * Diagnostics.KernelsCompiled;
            Allocations += sign * Diagnostics.StorageAllocations;
        }
    }
}
