namespace Ashlar.Lab;

/// <summary>What <c>data.json</c> holds: the data that a run read.</summary>
/// <param name="Files">In the order in which they were named.</param>
/// <param name="Splits">In the order in which they were named.</param>
public sealed record DataRecord(IReadOnlyList<DataFile> Files, IReadOnlyList<DataSplit> Splits)
{
    internal static DataRecord Empty { get; } = new([], []);
}
