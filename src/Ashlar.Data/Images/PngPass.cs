namespace Ashlar.Data.Images;

/// <summary>One of the reduced pictures that an interlaced picture is stored as; a plain one is a single pass.</summary>
/// <param name="Row">First row of the picture that the pass holds.</param>
/// <param name="Column">First column.</param>
/// <param name="RowStep">From one row of the pass to the next, in rows of the picture.</param>
/// <param name="ColumnStep">From one column of the pass to the next.</param>
/// <param name="Height">Rows of the pass.</param>
/// <param name="Width">Columns of the pass.</param>
readonly record struct PngPass(int Row, int Column, int RowStep, int ColumnStep, int Height, int Width)
{
    // Adam7: W3C Portable Network Graphics, 8.2.
    static readonly (int Row, int Column, int RowStep, int ColumnStep)[] Adam7 =
        [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)];

    /// <summary>The passes that hold a pixel, in the order they are stored.</summary>
    public static PngPass[] Of(PngHeader header) => header.IsInterlaced
        ? [.. Adam7
            .Select(p => new PngPass(p.Row, p.Column, p.RowStep, p.ColumnStep, Extent(header.Height, p.Row, p.RowStep), Extent(header.Width, p.Column, p.ColumnStep)))
            .Where(pass => pass.Height > 0 && pass.Width > 0)]
        : [new PngPass(0, 0, 1, 1, header.Height, header.Width)];

    static int Extent(int whole, int first, int step) => (whole - first + step - 1) / step;
}
