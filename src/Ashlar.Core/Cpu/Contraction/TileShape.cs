namespace Ashlar.Cpu.Contraction;

/// <summary>The fixed extents of the tiles.</summary>
static class TileShape
{
    /// <summary>Rows of the tall tile.</summary>
    public const int Tall = 6;

    /// <summary>Rows of the low tile, which covers what is left of the rows.</summary>
    public const int Low = 4;

    /// <summary>Extent of k that is summed from +0 before it is added to C. Part of the numerics law, not a setting.</summary>
    public const int Depth = 256;

    /// <summary>Most elements of one tile: six rows of two 512-bit registers of 4-byte elements.</summary>
    public const int MostElements = Tall * MostColumns;

    /// <summary>Most columns of one tile.</summary>
    public const int MostColumns = 32;

    /// <summary>Elements left free after each packed panel, because packing stores whole registers past its last row.</summary>
    public const int Slack = 16;
}
