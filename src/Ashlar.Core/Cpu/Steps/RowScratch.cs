namespace Ashlar.Cpu.Steps;

/// <summary>Memory that lives for one block of rows.</summary>
/// <param name="ItemSize">Bytes of an element.</param>
/// <param name="IsPerRow">One value a row, or one for each element.</param>
/// <param name="IsGiven">Whether the caller of the passes brings it, because it outlives them.</param>
readonly record struct RowScratch(int ItemSize, bool IsPerRow, bool IsGiven = false);
