using Ashlar.Training;

namespace Ashlar.Learn.Tests.Training;

/// <summary>Lines of these very files are named in the messages.</summary>
[Collection(nameof(PlanCounts))]
public sealed class NaNSearchTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NaNSearch.Loss)]
    [InlineData(NaNSearch.Gradients)]
    public void A_loss_that_is_no_number_names_step_operation_and_line(NaNSearch search)
    {
        Trainer<Points.Batch> trainer = Failing(search, 6, logits => (logits - 100).Log());
        string message = Assert.Throws<NumericsException>(() => trainer.Fit(Points.Loader(1), cancellation: Token)).Message;
        Assert.StartsWith("Trainer.Fit: step 6 (epoch 2, batch 1): the loss NaN is not finite", message, StringComparison.Ordinal);
        Assert.Matches(@"Numerics: Log at .*NaNSearchTests\.cs:\d+.* gives NaN at \[0, 0\] of float32\[5, 2\]", message);
    }

    [Fact]
    public void A_gradient_that_is_no_number_is_found_before_it_does_harm()
    {
        Trainer<Points.Batch> trainer = Failing(NaNSearch.Gradients, 6, logits => (logits * 0).Abs().Sqrt());
        string message = Assert.Throws<NumericsException>(() => trainer.Fit(Points.Loader(1), cancellation: Token)).Message;
        Assert.StartsWith("Trainer.Fit: step 6 (epoch 2, batch 1): the gradient is not finite and nothing was changed. Numerics: ", message, StringComparison.Ordinal);
        Assert.Matches(@"the gradient of \w+ at .*NaNSearchTests\.cs:\d+", message);
        Assert.Equal(5, trainer.Step);
        Assert.All(trainer.Model.Parameters, parameter => Assert.DoesNotContain(float.NaN, parameter.Master.ToArray<float>()));
    }

    [Fact]
    public void A_gradient_that_did_harm_shows_in_the_next_loss()
    {
        Trainer<Points.Batch> trainer = Failing(NaNSearch.Loss, 6, logits => (logits * 0).Abs().Sqrt());
        string message = Assert.Throws<NumericsException>(() => trainer.Fit(Points.Loader(1), cancellation: Token)).Message;
        Assert.Equal(
            "Trainer.Fit: step 7 (epoch 2, batch 2): the loss NaN is not finite. Weights were not finite before it: the step before made them so. "
            + "Go on from a checkpoint with FindNaN = NaNSearch.Gradients to see the operation; the same steps follow.",
            message);
    }

    [Fact]
    public void Saved_before_the_harm_it_can_be_found_afterwards()
    {
        string folder = Directory.CreateTempSubdirectory("ashlar-").FullName;
        var checkpoint = new ModelCheckpoint(folder);
        Trainer<Points.Batch> trainer = Failing(NaNSearch.Loss, 6, logits => (logits * 0).Abs().Sqrt(), checkpoint);
        Assert.Throws<NumericsException>(() => trainer.Fit(Points.Loader(1), cancellation: Token));

        // The checkpoint of the first epoch: that of the exception would hold what the harm did.
        Trainer<Points.Batch> again = Failing(NaNSearch.Gradients, 2, logits => (logits * 0).Abs().Sqrt(), new ModelCheckpoint(folder));
        string message = Assert.Throws<NumericsException>(() => again.Fit(Points.Loader(1), resume: checkpoint.LastPath, cancellation: Token)).Message;
        Assert.StartsWith("Trainer.Fit: step 6 (epoch 2, batch 1): the gradient is not finite", message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_infinite_loss_is_found_too()
    {
        Trainer<Points.Batch> trainer = Failing(NaNSearch.Loss, 1, logits => (logits.Abs() + 200).Exp());
        string message = Assert.Throws<NumericsException>(() => trainer.Fit(Points.Loader(1), cancellation: Token)).Message;
        Assert.StartsWith("Trainer.Fit: step 1 (epoch 1, batch 0): the loss Infinity is not finite.", message, StringComparison.Ordinal);
        Assert.Matches(@"Numerics: Exp at .* gives \+∞", message);
    }

    [Fact]
    public void With_micro_batches_all_of_them_are_looked_at()
    {
        Trainer<Points.Batch> trainer = Points.Trainer(new TrainerOptions { MaxEpochs = 2, Accumulate = 2 }, loss: Broken(3, logits => (logits - 100).Log()));
        string message = Assert.Throws<NumericsException>(() => trainer.Fit(Points.Loader(1), cancellation: Token)).Message;
        Assert.StartsWith("Trainer.Fit: step 2 (epoch 1, batches 2 to 3): the loss NaN", message, StringComparison.Ordinal);
        Assert.Contains("Numerics: Log at", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_looks_if_nobody_is_asked()
    {
        FitResult result = Failing(NaNSearch.None, 2, logits => (logits - 100).Log()).Fit(Points.Loader(1), cancellation: Token);
        Assert.Equal(12, result.Steps);
        Assert.Equal(double.NaN, result.Loss);
    }

    static Trainer<Points.Batch> Failing(NaNSearch search, int call, Func<Tensor, Tensor> fault, params IReadOnlyList<Callback> callbacks) =>
        Points.Trainer(new TrainerOptions { MaxEpochs = 3, FindNaN = search }, callbacks, loss: Broken(call, fault));

    // From one call on, so that the same step fails again.
    static Func<Tensor, Points.Batch, Tensor> Broken(int call, Func<Tensor, Tensor> fault)
    {
        int calls = 0;
        return (logits, batch) => ++calls >= call ? fault(logits).Mean() : Points.Loss(logits, batch);
    }
}
