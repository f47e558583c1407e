using Ashlar.Ir;

namespace Ashlar.Cpu.Steps;

/// <summary>One pass over a block of rows: a map over all elements, a map over one value per row, or a reduction of the rows.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Work">The map, for the first two.</param>
/// <param name="Reduce">How the elements of a row are combined.</param>
/// <param name="Type">Dtype of the reduced elements.</param>
/// <param name="Source">Binding of the contiguous rows to reduce.</param>
/// <param name="Target">Binding of the one value per row.</param>
sealed record RowStage(RowStageKind Kind, MapWork? Work, ReduceKind Reduce, DType Type, int Source, int Target)
{
    public static RowStage Map(MapWork work) => new(RowStageKind.Elements, work, default, default, 0, 0);

    public static RowStage RowMap(MapWork work) => new(RowStageKind.Rows, work, default, default, 0, 0);

    public static RowStage Reduction(ReduceKind kind, DType type, int source, int target) => new(RowStageKind.Reduction, null, kind, type, source, target);
}
