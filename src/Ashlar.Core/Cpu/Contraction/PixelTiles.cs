namespace Ashlar.Cpu.Contraction;

/// <summary>Cuts an output plane into blocks of rows, and these into tiles: along the rows, two of them at a time where they are short, and down the columns at an edge where fewer terms are inside.</summary>
/// <param name="rows">Rows of the plane.</param>
/// <param name="columns">Columns of the plane.</param>
/// <param name="rowStep">Elements of the input from one output to the one below.</param>
/// <param name="columnStep">Elements from one output to its right neighbour.</param>
/// <param name="inside">Which terms rows and columns have, or null for all.</param>
/// <param name="widest">Pixels of the largest tile.</param>
sealed class PixelTiles(int rows, int columns, int rowStep, int columnStep, TermsInside? inside, int widest)
{
    /// <summary>Whether so many pixels can be cut into tiles.</summary>
    public static bool Fit(int pixels, int widest) => pixels >= TileShape.Low && pixels / ((pixels + widest - 1) / widest) >= TileShape.Low;

    /// <summary>[blocks] the tiles of each.</summary>
    /// <param name="rowsInBlock">Rows of a block; the last may have fewer.</param>
    public PixelTile[][] Of(int rowsInBlock)
    {
        int blocks = (rows + rowsInBlock - 1) / rowsInBlock;
        int low = 0, high = columns;
        while (low < columns && HasFewer(rows + low))
        {
            low++;
        }

        while (high > low && HasFewer(rows + high - 1))
        {
            high--;
        }

        bool cutsColumns = high - low < columns && Fit(high - low, widest) && Enumerable.Range(0, blocks).Select(WholeRows).All(whole => whole == 0 || Fit(whole, widest));
        return [.. Enumerable.Range(0, blocks).Select(block => OfBlock(block * rowsInBlock, Math.Min((block + 1) * rowsInBlock, rows), cutsColumns ? low..high : 0..columns))];

        int WholeRows(int block) => Enumerable.Range(block * rowsInBlock, Math.Min(rowsInBlock, rows - (block * rowsInBlock))).Count(row => !HasFewer(row));
    }

    PixelTile[] OfBlock(int first, int end, Range inner)
    {
        var tiles = new List<PixelTile>();
        int innerColumns = inner.End.Value - inner.Start.Value;
        bool pairsRows = columnStep == 1 && 2 * innerColumns <= widest && innerColumns >= TileShape.Low;
        int[] whole = [.. Enumerable.Range(first, end - first).Where(row => !HasFewer(row))];
        for (int row = first; row < end; row++)
        {
            bool isWhole = !HasFewer(row);
            if (isWhole && pairsRows && row + 1 < end && !HasFewer(row + 1))
            {
                Add(PixelTileForm.TwoRows, row, inner.Start.Value, 2 * innerColumns, row);
                row++;
                continue;
            }

            int start = isWhole ? inner.Start.Value : 0;
            Panels cut = Panels.OfPixels((isWhole ? inner.End.Value : columns) - start, widest);
            for (int p = 0; p < cut.Count; p++)
            {
                Add(PixelTileForm.Row, row, start + cut.Starts[p], cut.Extents[p], row);
            }
        }

        for (int column = 0; column < columns && whole.Length > 0; column++)
        {
            Panels cut = Panels.OfPixels(whole.Length, widest);
            for (int p = 0; p < cut.Count && (column < inner.Start.Value || column >= inner.End.Value); p++)
            {
                Add(PixelTileForm.Column, whole[cut.Starts[p]], column, cut.Extents[p], rows + column);
            }
        }

        return [.. tiles];

        void Add(PixelTileForm form, int row, int column, int pixels, int position) =>
            tiles.Add(new PixelTile(form, pixels, ((row - first) * rowStep) + (column * columnStep), ((row - first) * columns) + column, position));
    }

    bool HasFewer(int position) => inside is not null && inside.Kinds[position] >= 0;
}
