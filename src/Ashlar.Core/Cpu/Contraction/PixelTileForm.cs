namespace Ashlar.Cpu.Contraction;

/// <summary>How the pixels of a tile lie.</summary>
enum PixelTileForm
{
    /// <summary>Side by side.</summary>
    Row,

    /// <summary>Half of them side by side, the others below.</summary>
    TwoRows,

    /// <summary>One below the other.</summary>
    Column,
}
