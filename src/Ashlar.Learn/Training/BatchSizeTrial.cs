namespace Ashlar.Training;

/// <summary>What a batch size costs.</summary>
/// <param name="BatchSize">Examples of a step.</param>
/// <param name="ExamplesPerSecond">How fast they are learned, from one step.</param>
/// <param name="Bytes">Memory for tensors of the whole process at the time.</param>
public sealed record BatchSizeTrial(int BatchSize, double ExamplesPerSecond, long Bytes);
