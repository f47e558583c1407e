using Ashlar.Cpu.Reduction;

namespace Ashlar.Cpu.Steps;

/// <summary>One pass over a block of rows: a map over all elements, a map over one value per row, or a reduction of the rows.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Work">The map, for the first two.</param>
/// <param name="Reduction">How the elements of a row are combined, for the last.</param>
/// <param name="Source">Binding of the contiguous rows to reduce.</param>
/// <param name="Target">Binding of the one value per row.</param>
/// <param name="ItemSize">Bytes of an element to reduce.</param>
sealed record RowStage(RowStageKind Kind, MapWork? Work, TypedReduction? Reduction, int Source, int Target, int ItemSize)
{
    public static RowStage Map(MapWork work) => new(RowStageKind.Elements, work, null, 0, 0, 0);

    public static RowStage RowMap(MapWork work) => new(RowStageKind.Rows, work, null, 0, 0, 0);

    public static RowStage Reduce(TypedReduction reduction, int source, int target, int itemSize) => new(RowStageKind.Reduction, null, reduction, source, target, itemSize);
}
