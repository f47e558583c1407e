using Ashlar.Training;

namespace Ashlar.Lab;

/// <summary>Writes the hash chain of a training: a link every n steps, at checkpoints, and at the end.</summary>
sealed class RunChain(Run run, int every) : Callback
{
    Trainer? _trainer;
    ChainLink? _last;

    public override string Name => "Chain";

    public override void OnFitStart(Trainer trainer)
    {
        _trainer = trainer;

        // Links of steps that are taken again are written again; what they stand on is the link before.
        _last = run.ChainSoFar().LastOrDefault(link => link.Step <= trainer.Step);
    }

    public override void OnSettled(Trainer trainer)
    {
        if (trainer.Step % every == 0)
        {
            Write();
        }

        // Who repeats an interval wants its end, where OnFitEnd writes a link.
        if (trainer.Step >= ReproductionRequest.Current?.StopAt)
        {
            trainer.Stop();
        }
    }

    public override void OnFitEnd(Trainer trainer, FitResult result)
    {
        Write();
        run.Weights = _last?.Weights ?? run.Weights;
        _trainer = null;
    }

    /// <summary>A link for the present step, if a training is under way and has none yet.</summary>
    public void Write()
    {
        if (_trainer is null || !run.IsRecording || _last?.Step == _trainer.Step)
        {
            return;
        }

        _last = run.LogChain(_trainer.Step, _trainer.StateHashes(), _last);
    }
}
