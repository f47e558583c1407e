namespace Ashlar.Training;

/// <summary>How an image classifier is trained: AdamW with a learning rate that rises over a tenth of the first epoch and falls along half a cosine.</summary>
public sealed record ImageTrainingOptions
{
    /// <summary>Passes over the training images, 1 or more.</summary>
    public int Epochs { get; init; } = 5;

    /// <summary>Images of a step, 1 or more.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>The largest learning rate, above 0.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Share of the weights that a step of rate 1 takes away, 0 or more.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Decides first weights, order of images and dropout.</summary>
    public long Seed { get; init; }

    /// <summary>Folder for checkpoints: <c>last.safetensors</c> after every epoch and where the run is interrupted; null for none.</summary>
    public string? Checkpoints { get; init; }

    /// <summary>Steps from one checkpoint to the next, beside those after epochs; null for none.</summary>
    public int? CheckpointEverySteps { get; init; }

    /// <summary>A checkpoint to go on from: the weights become those of a run that was never stopped. Null to begin anew.</summary>
    public string? Resume { get; init; }

    /// <summary>Tries everything with so many batches of one epoch; null for a real run.</summary>
    public int? FastRun { get; init; }

    /// <summary>Learns the first so many batches by heart and measures on them; null for a real run.</summary>
    public int? OverfitBatches { get; init; }

    /// <exception cref="ArgumentException">A setting lies outside its range; all that do are named.</exception>
    internal void Check()
    {
        List<string> faults = [];
        Require(faults, Epochs >= 1, $"{Epochs} epochs");
        Require(faults, BatchSize >= 1, $"a batch of {BatchSize}");
        Require(faults, double.IsFinite(LearningRate) && LearningRate > 0, FormattableString.Invariant($"the learning rate {LearningRate}"));
        Require(faults, double.IsFinite(WeightDecay) && WeightDecay >= 0, FormattableString.Invariant($"the weight decay {WeightDecay}"));
        if (faults.Count > 0)
        {
            throw new ArgumentException($"ImageTrainingOptions: {string.Join(", ", faults)} cannot be used. Epochs and batch are 1 or more, the learning rate above 0, the weight decay 0 or more.");
        }
    }

    static void Require(List<string> faults, bool met, string fault)
    {
        if (!met)
        {
            faults.Add(fault);
        }
    }
}
