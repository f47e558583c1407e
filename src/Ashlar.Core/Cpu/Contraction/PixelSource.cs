namespace Ashlar.Cpu.Contraction;

/// <summary>Where pixels that are broadcast are read: from a copy with its padding, or where the image lies, by tiles that leave all padding out.</summary>
sealed class PixelSource
{
    // Channels in a row that a tile reads, and as many of them as may lie in one place of the first-level cache.
    const int Channels = 64;
    const int MostInPlace = 4;
    const int WayBytes = 4096;
    const int LineBytes = 64;

    // Pixels of a plane for each pixel at a corner and each output: a corner is a tile of its own, which keeps few of the multiply-adds busy, and the more outputs there are the less a copy costs.
    const double LeastPixels = 1.5;

    // Lists of terms, one for each kind of edge.
    const long MostTerms = 1 << 20;

    PixelSource(int[] places, int rowStep, int columnStep, PixelTile[][] tiles, TermsInside? inside)
    {
        Places = new OffsetTable(places);
        (RowStep, ColumnStep, Tiles) = (rowStep, columnStep, tiles);
        Terms = PanelTerms.Of(inside, places);
    }

    /// <summary>[K] offset of each weight's pixel.</summary>
    public OffsetTable Places { get; }

    /// <summary>Elements from one output to the one below.</summary>
    public int RowStep { get; }

    /// <summary>Elements from one output to its right neighbour.</summary>
    public int ColumnStep { get; }

    /// <summary>[row blocks] the tiles of each.</summary>
    public PixelTile[][] Tiles { get; }

    /// <summary>Which terms of k tiles at an edge may leave out as padding, if all weights are finite, by the tile's position; or null.</summary>
    public PanelTerms? Terms { get; }

    /// <summary>Elements from the image's first to the one that output 0 reads first, which may be padding.</summary>
    public nint Start { get; private init; }

    /// <summary>Copies: rows of padding are left out, and columns where that pays; corners are computed.</summary>
    public static PixelSource OfCopy(InputBlock input, LaneAxis row, LaneAxis column, int channels, int rowsInBlock, int widest)
    {
        var inside = TermsInside.OfRowsAndColumns(channels, row, column);
        bool[] whole = [.. Enumerable.Range(0, row.Output + column.Output).Select(place => inside is null || inside.Kinds[place] < 0)];
        var tiles = new PixelTiles(whole[..row.Output], whole[row.Output..], input.RowStep, input.ColumnStep, widest);
        return new PixelSource(input.Places(), input.RowStep, input.ColumnStep, tiles.Of(rowsInBlock), inside);
    }

    /// <summary>Images in place, or null where tiles cannot be cut so, or channels would compete for the same lines of a cache.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="inputStrides">[4] element strides of the input.</param>
    /// <param name="row">The rows.</param>
    /// <param name="column">The columns.</param>
    /// <param name="rowsInBlock">Rows of the output in a block.</param>
    /// <param name="widest">Pixels of the largest tile.</param>
    public static PixelSource? InPlace(ConvolutionShape shape, int[] inputStrides, LaneAxis row, LaneAxis column, int rowsInBlock, int widest)
    {
        (long channelStride, long rowStride) = (inputStrides[1], inputStrides[2]);
        (long rowStep, long start) = (row.Stride * rowStride, -((shape.PaddingLow?[0] ?? 0) * rowStride) - (shape.PaddingLow?[1] ?? 0));
        long reach = (Math.Abs(channelStride) * shape.Kernel[1]) + (Math.Abs(rowStride) * (row.Padded + shape.Input[2]));
        if (reach > int.MaxValue || PlacesOf(channelStride, Math.Min(shape.Kernel[1], Channels)) * MostInPlace < Math.Min(shape.Kernel[1], Channels))
        {
            return null;
        }

        bool[] wholeRows = TermsInside.Whole(row), wholeColumns = TermsInside.Whole(column);
        long corners = (long)wholeRows.Count(isWhole => !isWhole) * wholeColumns.Count(isWhole => !isWhole);
        if (row.Output * column.Output < LeastPixels * corners * (shape.Kernel[0] / shape.Groups))
        {
            return null;
        }

        var tiles = new PixelTiles(wholeRows, wholeColumns, (int)rowStep, column.Stride, widest);
        var inside = TermsInside.OfPixels(shape.Kernel[1], row, column);
        if (inside.Terms.Sum(terms => (long)terms.Length) > MostTerms || tiles.OfEqualTerms(rowsInBlock) is not { } cut)
        {
            return null;
        }

        int[] places = OffsetGrid.Of(shape.Kernel[1..], [(int)channelStride, row.KernelDilation * (int)rowStride, column.KernelDilation]);
        return new PixelSource(places, (int)rowStep, column.Stride, cut, inside) { Start = (nint)start };
    }

    static int PlacesOf(long channelStride, int channels) =>
        Enumerable.Range(0, channels).Select(channel => Math.Abs(channel * channelStride * sizeof(float)) % WayBytes / LineBytes).Distinct().Count();
}
