using System.Globalization;
using Ashlar.Training;

namespace Ashlar.Cli.Programs;

/// <summary>Keeps a few checkpoints on the way among the run's artifacts, so that parts of the training can be repeated alone. The files themselves go away again: the store has their bytes.</summary>
/// <param name="folder">Takes each file for a moment.</param>
/// <param name="epochs">Of the whole training.</param>
sealed class MilestoneCheckpoints(string folder, int epochs) : Callback
{
    const int Most = 4;

    readonly int _every = (epochs + Most - 1) / Most;
    bool _due;

    public override void OnEpoch(Trainer trainer, EpochReport epoch) => _due = epoch.Epoch % _every == 0 && epoch.Epoch < epochs;

    public override void OnSettled(Trainer trainer)
    {
        if (_due)
        {
            _due = false;
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"step-{trainer.Step:D8}.safetensors"));
            trainer.Save(path);
            File.Delete(path);
        }
    }
}
