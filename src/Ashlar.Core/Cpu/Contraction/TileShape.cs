namespace Ashlar.Cpu.Contraction;

/// <summary>The fixed extents of the tiles.</summary>
static class TileShape
{
    /// <summary>Rows of the tallest tile, in thirty-two registers.</summary>
    public const int Tallest = 12;

    /// <summary>Rows of the tallest tile in sixteen registers.</summary>
    public const int Tall = 6;

    /// <summary>Rows of the tallest tile one register wide, in thirty-two registers.</summary>
    public const int TallestNarrow = 16;

    /// <summary>Rows of the lowest tile.</summary>
    public const int Low = 4;

    /// <summary>Extent of k that is summed from +0 before it is added to C. Part of the numerics law, not a setting.</summary>
    public const int Depth = 256;

    /// <summary>Most elements of one tile: twelve rows of two 512-bit registers of 4-byte elements.</summary>
    public const int MostElements = Tallest * MostColumns;

    /// <summary>Most columns of one tile.</summary>
    public const int MostColumns = 32;

    /// <summary>Elements left free after each packed panel, because packing stores whole registers past its last row; the last one counts <see cref="LeadingZeros"/>.</summary>
    public const int Slack = 16;
}
