namespace Ashlar.Cpu.Contraction;

/// <summary>How the panels of an operand are brought into tile order.</summary>
enum PackingWay
{
    /// <summary>Neighbours across the panel are neighbours in memory: registers are copied.</summary>
    Copy,

    /// <summary>Neighbours along k are neighbours in memory: square blocks are transposed in registers.</summary>
    Transpose,

    /// <summary>Element by element.</summary>
    Gather,
}
