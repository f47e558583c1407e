namespace Ashlar.Training;

/// <summary>How long a <see cref="Trainer{TBatch}"/> trains, and when it measures. At least one of the three limits must be set.</summary>
public sealed record TrainerOptions
{
    /// <summary>Passes over the training data, earlier runs included; null for no limit.</summary>
    public int? MaxEpochs { get; init; }

    /// <summary>Steps, earlier runs included; null for no limit.</summary>
    public long? MaxSteps { get; init; }

    /// <summary>Time of one run, looked at between steps; null for no limit. How many steps are taken depends on the machine then, what each does does not.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>Micro-batches of a step: their losses are divided by their number and their gradients added. The last step of an epoch may have fewer.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Epochs from one validation to the next; 0 for none at the end of epochs.</summary>
    public int ValidateEveryEpochs { get; init; } = 1;

    /// <summary>Steps from one validation to the next, beside those at the end of epochs; null for none.</summary>
    public int? ValidateEverySteps { get; init; }

    /// <summary>Batches of a validation; null for all.</summary>
    public int? ValidationBatches { get; init; }

    /// <summary>Validation batches that are measured before the first step, so that a fault there shows at once; their values are dropped.</summary>
    public int SanityBatches { get; init; } = 2;

    /// <summary>Tries every part of the program with so many batches of one epoch and of each validation, and writes no checkpoint; null for a real run.</summary>
    public int? FastRun { get; init; }

    /// <summary>Learns the first so many batches by heart, in the same order every epoch, and measures on them, too: a model that cannot has a fault. Null for a real run.</summary>
    public int? OverfitBatches { get; init; }

    /// <summary>What ends the training, if it is not finite, with an exception that names operation, tensor, step and line.</summary>
    public NaNSearch FindNaN { get; init; } = NaNSearch.Loss;

    /// <exception cref="ArgumentException">A setting lies outside its range; all that do are named.</exception>
    internal void Check()
    {
        List<string> faults = [];
        Require(faults, MaxEpochs is null or >= 0 && MaxSteps is null or >= 0, $"{MaxEpochs} epochs or {MaxSteps} steps");
        Require(faults, MaxEpochs is not null || MaxSteps is not null || MaxTime is not null || FastRun is not null, "neither MaxEpochs nor MaxSteps nor MaxTime");
        Require(faults, Accumulate >= 1, $"{Accumulate} micro-batches");
        Require(faults, ValidateEveryEpochs >= 0 && ValidateEverySteps is null or >= 1, $"a validation every {ValidateEveryEpochs} epochs or {ValidateEverySteps} steps");
        Require(faults, ValidationBatches is null or >= 1 && SanityBatches >= 0, $"{ValidationBatches} validation or {SanityBatches} sanity batches");
        Require(faults, FastRun is null or >= 1 && OverfitBatches is null or >= 1 && (FastRun is null || OverfitBatches is null), $"FastRun {FastRun} and OverfitBatches {OverfitBatches}");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"TrainerOptions: {string.Join(", ", faults)} cannot be used. Set an end; counts are 1 or more; take FastRun or OverfitBatches, not both.");
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
