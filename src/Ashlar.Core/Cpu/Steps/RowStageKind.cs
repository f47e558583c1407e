namespace Ashlar.Cpu.Steps;

/// <summary>What one pass over a block of rows does.</summary>
enum RowStageKind : byte
{
    /// <summary>A map over all elements.</summary>
    Elements,

    /// <summary>A map over one value per row.</summary>
    Rows,

    /// <summary>A reduction of each row to one value.</summary>
    Reduction,
}
