using Ashlar.Cpu.Reduction;

namespace Ashlar.Cpu.Steps;

/// <summary>A reduction over the rows of a launch, one result for each column.</summary>
/// <param name="Reduction">How elements are combined.</param>
/// <param name="ItemSize">Bytes of one.</param>
/// <param name="Lanes">Buffer of the lanes, [blocks, 32, columns].</param>
/// <param name="Partials">Buffer of the block results, [blocks, columns]; unused with one block.</param>
/// <param name="Target">Buffer of the results.</param>
/// <param name="After">The map over the results, or null.</param>
sealed record ColumnSum(TypedReduction Reduction, int ItemSize, int Lanes, int Partials, int Target, MapWork? After);
