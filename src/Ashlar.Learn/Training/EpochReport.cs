namespace Ashlar.Training;

/// <summary>One epoch of a training.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="Epochs">Epochs of the whole training.</param>
/// <param name="Loss">Mean cross-entropy of the epoch's images, each before its step, in nats.</param>
/// <param name="TestAccuracy">Share of the test images that are classified right, 0 to 1.</param>
/// <param name="Seconds">Time since the first step, measuring included.</param>
public readonly record struct EpochReport(int Epoch, int Epochs, double Loss, double TestAccuracy, double Seconds);
