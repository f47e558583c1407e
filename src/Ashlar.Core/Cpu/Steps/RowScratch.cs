namespace Ashlar.Cpu.Steps;

/// <summary>Memory that lives for one block of rows.</summary>
/// <param name="ItemSize">Bytes of an element.</param>
/// <param name="IsPerRow">One value a row, or one for each element.</param>
/// <param name="IsGiven">Whether the caller of the passes brings it, because it outlives them.</param>
/// <param name="Ahead">The buffer whose rows of the next block stand for it, because they are fetched; below 0 for none.</param>
readonly record struct RowScratch(int ItemSize, bool IsPerRow, bool IsGiven = false, int Ahead = -1);
