namespace Ashlar.Cpu.Contraction;

/// <summary>Which terms of k are no padding: outputs near an edge read fewer positions of the window.</summary>
/// <remarks>
/// A term of padding is a weight times +0. If the weight is finite that is ±0, and adding it changes no sum but one of -0, which only products too small to be held leave behind: that becomes +0.
/// So who leaves such terms out looks at the weights before, and at the sums after: those that end as -0 are made again with all terms. Any other sum has the same bits either way.
/// </remarks>
sealed class TermsInside
{
    // Less than one term in so many does not pay for looking at the weights first, where they may be many.
    const int LeastInVain = 16;

    // The same for rows, which few weights are multiplied with.
    const int LeastInVainOfRows = 128;

    // Columns want tiles of their own.
    const int LeastInVainOfColumns = 64;

    TermsInside(int columns, int[] kinds, int[][] terms)
    {
        (Columns, Kinds, Terms) = (columns, kinds, terms);
    }

    /// <summary>Neighbouring columns that share a position and its terms: the images.</summary>
    public int Columns { get; }

    /// <summary>[positions] which of the lists holds for each output position, or for each row of the output and behind the rows each column; -1 where no term is padding.</summary>
    public int[] Kinds { get; }

    /// <summary>[kinds] the k that are no padding, ascending.</summary>
    public int[][] Terms { get; }

    /// <summary>The terms of each position, or null if too few of them are padding.</summary>
    /// <param name="images">Images.</param>
    /// <param name="channels">Input channels.</param>
    /// <param name="row">The rows of the padded copy.</param>
    /// <param name="column">Its columns.</param>
    public static TermsInside? Of(int images, int channels, LaneAxis row, LaneAxis column)
    {
        long all = (long)row.Output * row.Kernel * column.Output * column.Kernel;
        long kept = KeptOf(row) * KeptOf(column);
        return (all - kept) * LeastInVain < all ? null : OfPositions(images, channels, row, column);

        static long KeptOf(LaneAxis axis) => Enumerable.Range(0, axis.Output).Sum(output => (long)Length(Inside(axis, output)));
    }

    /// <summary>The terms of each pixel of an output.</summary>
    /// <param name="channels">Input channels.</param>
    /// <param name="row">The rows.</param>
    /// <param name="column">The columns.</param>
    public static TermsInside OfPixels(int channels, LaneAxis row, LaneAxis column) => OfPositions(1, channels, row, column);

    /// <summary>[output] whether no term of an output is padding along one axis.</summary>
    public static bool[] Whole(LaneAxis axis) => [.. Enumerable.Range(0, axis.Output).Select(output => Length(Inside(axis, output)) == axis.Kernel)];

    /// <summary>The terms of whole rows of the output, whatever their column; and behind them those of each column, in rows of which no term is padding.</summary>
    /// <param name="channels">Input channels.</param>
    /// <param name="row">The rows.</param>
    /// <param name="column">The columns.</param>
    public static TermsInside? OfRowsAndColumns(int channels, LaneAxis row, LaneAxis column)
    {
        Range[] rows = [.. Enumerable.Range(0, row.Output).Select(output => Inside(row, output))];
        Range[] columns = [.. Enumerable.Range(0, column.Output).Select(output => Inside(column, output))];
        rows = Pays(rows, row.Kernel, LeastInVainOfRows) ? rows : Whole(rows, row.Kernel);
        columns = Pays(columns, column.Kernel, LeastInVainOfColumns) ? columns : Whole(columns, column.Kernel);
        Range allRows = Range.EndAt(row.Kernel), allColumns = Range.EndAt(column.Kernel);
        (Range Rows, Range Columns)[] windows = [.. rows.Select(range => (range, allColumns)), .. columns.Select(range => (allRows, range))];
        (Range Rows, Range Columns)[] kinds = [.. windows.Where(window => !window.Equals((allRows, allColumns))).Distinct()];
        return kinds.Length == 0 ? null : new TermsInside(1, [.. windows.Select(window => Array.IndexOf(kinds, window))], [.. kinds.Select(window => TermsOf(channels, window.Rows, row.Kernel, window.Columns, column.Kernel))]);

        static bool Pays(Range[] ranges, int kernel, int least) => ranges.Sum(range => kernel - Length(range)) * (long)least >= (long)ranges.Length * kernel;

        static Range[] Whole(Range[] ranges, int kernel) => [.. ranges.Select(_ => Range.EndAt(kernel))];
    }

    static TermsInside OfPositions(int images, int channels, LaneAxis row, LaneAxis column)
    {
        var kinds = new int[row.Output * column.Output];
        var windows = new List<(Range Rows, Range Columns)>();
        for (int position = 0; position < kinds.Length; position++)
        {
            (Range Rows, Range Columns) window = (Inside(row, position / column.Output), Inside(column, position % column.Output));
            bool isWhole = Length(window.Rows) == row.Kernel && Length(window.Columns) == column.Kernel;
            if (!isWhole && !windows.Contains(window))
            {
                windows.Add(window);
            }

            kinds[position] = isWhole ? -1 : windows.IndexOf(window);
        }

        return new TermsInside(images, kinds, [.. windows.Select(window => TermsOf(channels, window.Rows, row.Kernel, window.Columns, column.Kernel))]);
    }

    static int Length(Range range) => range.End.Value - range.Start.Value;

    // The positions of the window, along one axis, at which an output reads an input.
    static Range Inside(LaneAxis axis, int output)
    {
        int start = 0;
        while (start < axis.Kernel && Place(start) < axis.Target)
        {
            start++;
        }

        int end = start;
        while (end < axis.Kernel && Place(end) < axis.Target + axis.Count)
        {
            end++;
        }

        return start..end;

        int Place(int position) => (output * axis.Stride) + (position * axis.KernelDilation);
    }

    static int[] TermsOf(int channels, Range rows, int kernelRows, Range columns, int kernelColumns)
    {
        var terms = new List<int>(channels * kernelRows * kernelColumns);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int row = rows.Start.Value; row < rows.End.Value; row++)
            {
                int first = ((channel * kernelRows) + row) * kernelColumns;
                terms.AddRange(Enumerable.Range(first + columns.Start.Value, columns.End.Value - columns.Start.Value));
            }
        }

        return [.. terms];
    }
}
