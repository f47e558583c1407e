namespace Ashlar.Cpu.Contraction;

/// <summary>Pixels that are computed together where pixels are broadcast.</summary>
/// <param name="Form">How they lie.</param>
/// <param name="Pixels">How many.</param>
/// <param name="Place">Elements from where the block's first output reads to where the tile's does.</param>
/// <param name="Sums">Pixels of the block before the first.</param>
/// <param name="Position">Row of the output, or behind the rows its column, whose terms the tile has.</param>
readonly record struct PixelTile(PixelTileForm Form, int Pixels, int Place, int Sums, int Position);
