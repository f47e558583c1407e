namespace Ashlar.Training;

/// <summary>What a training came to.</summary>
public sealed record TrainingResult
{
    /// <summary>Whether it was cancelled before its last step.</summary>
    public required bool IsInterrupted { get; init; }

    /// <summary>Epochs that were finished.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps taken.</summary>
    public required long Steps { get; init; }

    /// <summary>Mean cross-entropy of the last finished epoch in nats, or null before the first.</summary>
    public double? TrainLoss { get; init; }

    /// <summary>Share of the test images classified right after the last finished epoch, 0 to 1, or null before the first.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Time from the first step to the end, the measuring after each epoch included, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Training images for each second of the steps, without measuring.</summary>
    public required double ImagesPerSecond { get; init; }
}
