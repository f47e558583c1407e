namespace Ashlar.Cpu.Contraction;

/// <summary>Cuts an output plane into blocks of rows, and these into tiles: along the rows, two of them at a time where they are short, and down the columns at an edge where fewer terms are inside.</summary>
/// <param name="wholeRows">[rows of the plane] whether all terms of a row are inside.</param>
/// <param name="wholeColumns">[columns of the plane] whether all terms of a column are.</param>
/// <param name="rowStep">Elements of the input from one output to the one below.</param>
/// <param name="columnStep">Elements from one output to its right neighbour.</param>
/// <param name="widest">Pixels of the largest tile.</param>
sealed class PixelTiles(bool[] wholeRows, bool[] wholeColumns, int rowStep, int columnStep, int widest)
{
    readonly int _rows = wholeRows.Length;
    readonly int _columns = wholeColumns.Length;

    /// <summary>Whether so many pixels can be cut into tiles.</summary>
    public static bool Fit(int pixels, int widest) => pixels >= TileShape.Low && pixels / ((pixels + widest - 1) / widest) >= TileShape.Low;

    /// <summary>[blocks] the tiles of each. The position of a tile is its row of the output, or behind the rows its column; at rows of an edge no column is told from another, at columns only where that pays for tiles of their own.</summary>
    /// <param name="rowsInBlock">Rows of a block; the last may have fewer.</param>
    public PixelTile[][] Of(int rowsInBlock)
    {
        Range inner = CutsColumns(rowsInBlock) ? Inner() : 0.._columns;
        return [.. Blocks(rowsInBlock).Select(rows => OfBlock(rows, inner, cutsCorners: false))];
    }

    /// <summary>[blocks] the tiles of each, in none of which one pixel has other terms than the next; or null if the plane cannot be cut so. The position of a tile is its first pixel.</summary>
    /// <param name="rowsInBlock">Rows of a block; the last may have fewer.</param>
    public PixelTile[][]? OfEqualTerms(int rowsInBlock) =>
        CutsColumns(rowsInBlock) || !wholeColumns.Contains(false) ? [.. Blocks(rowsInBlock).Select(rows => OfBlock(rows, Inner(), cutsCorners: true))] : null;

    IEnumerable<Range> Blocks(int rowsInBlock) => Enumerable.Range(0, (_rows + rowsInBlock - 1) / rowsInBlock).Select(block => (block * rowsInBlock)..Math.Min((block + 1) * rowsInBlock, _rows));

    // Columns all of whose terms are inside.
    Range Inner()
    {
        int low = Array.IndexOf(wholeColumns, true);
        return low < 0 ? 0..0 : low..(Array.LastIndexOf(wholeColumns, true) + 1);
    }

    bool CutsColumns(int rowsInBlock)
    {
        int inner = wholeColumns.Count(isWhole => isWhole);
        return inner < _columns && Fit(inner, widest) && Blocks(rowsInBlock).Select(rows => wholeRows[rows].Count(isWhole => isWhole)).All(whole => whole == 0 || Fit(whole, widest));
    }

    PixelTile[] OfBlock(Range block, Range inner, bool cutsCorners)
    {
        (int first, int end) = (block.Start.Value, block.End.Value);
        var tiles = new List<PixelTile>();
        int innerColumns = inner.End.Value - inner.Start.Value;
        bool pairsRows = columnStep == 1 && 2 * innerColumns <= widest && innerColumns >= TileShape.Low;
        int[] outer = [.. Enumerable.Range(0, _columns).Where(column => column < inner.Start.Value || column >= inner.End.Value)];
        int[] whole = [.. Enumerable.Range(first, end - first).Where(row => wholeRows[row])];
        for (int row = first; row < end; row++)
        {
            if (wholeRows[row] && pairsRows && row + 1 < end && wholeRows[row + 1])
            {
                Add(PixelTileForm.TwoRows, row, inner.Start.Value, 2 * innerColumns);
                row++;
                continue;
            }

            Range columns = wholeRows[row] || cutsCorners ? inner : 0.._columns;
            Panels cut = Panels.OfPixels(columns.End.Value - columns.Start.Value, widest);
            for (int p = 0; p < cut.Count; p++)
            {
                Add(PixelTileForm.Row, row, columns.Start.Value + cut.Starts[p], cut.Extents[p]);
            }

            foreach (int column in outer.Where(_ => !wholeRows[row] && cutsCorners))
            {
                Add(PixelTileForm.Row, row, column, 1);
            }
        }

        foreach (int column in outer.Where(_ => whole.Length > 0))
        {
            Panels cut = Panels.OfPixels(whole.Length, widest);
            for (int p = 0; p < cut.Count; p++)
            {
                Add(PixelTileForm.Column, whole[cut.Starts[p]], column, cut.Extents[p]);
            }
        }

        return [.. tiles];

        void Add(PixelTileForm form, int row, int column, int pixels)
        {
            int position = cutsCorners ? (row * _columns) + column : form == PixelTileForm.Column ? _rows + column : row;
            tiles.Add(new PixelTile(form, pixels, ((row - first) * rowStep) + (column * columnStep), ((row - first) * _columns) + column, position));
        }
    }
}
