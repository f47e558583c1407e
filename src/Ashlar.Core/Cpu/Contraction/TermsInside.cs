namespace Ashlar.Cpu.Contraction;

/// <summary>Which terms of k are no padding, for the columns of a convolution whose images are nearest: outputs near an edge read fewer positions of the window.</summary>
/// <remarks>A term of padding adds ±0, which changes no sum but one of -0: see <see cref="PartialSums{T, TVector, TLanes}"/>.</remarks>
sealed class TermsInside
{
    // Less than one term in so many does not pay for looking at the weights first.
    const int LeastInVain = 16;

    TermsInside(int columns, int[] kinds, int[][] terms)
    {
        (Columns, Kinds, Terms) = (columns, kinds, terms);
    }

    /// <summary>Neighbouring columns that share their terms: the images at one output position.</summary>
    public int Columns { get; }

    /// <summary>[positions] which of the lists holds for the position's columns; -1 where no term is padding.</summary>
    public int[] Kinds { get; }

    /// <summary>[kinds] the k that are no padding, ascending.</summary>
    public int[][] Terms { get; }

    /// <summary>The terms, or null if too few of them are padding.</summary>
    /// <param name="images">Images.</param>
    /// <param name="channels">Input channels.</param>
    /// <param name="row">The rows of the padded copy.</param>
    /// <param name="column">Its columns.</param>
    public static TermsInside? Of(int images, int channels, LaneAxis row, LaneAxis column)
    {
        var kinds = new int[row.Output * column.Output];
        var windows = new List<(Range Rows, Range Columns)>();
        long kept = 0;
        for (int position = 0; position < kinds.Length; position++)
        {
            (Range Rows, Range Columns) window = (Inside(row, position / column.Output), Inside(column, position % column.Output));
            bool isWhole = Length(window.Rows) == row.Kernel && Length(window.Columns) == column.Kernel;
            if (!isWhole && !windows.Contains(window))
            {
                windows.Add(window);
            }

            kinds[position] = isWhole ? -1 : windows.IndexOf(window);

            kept += (long)Length(window.Rows) * Length(window.Columns);
        }

        long all = (long)kinds.Length * row.Kernel * column.Kernel;
        return (all - kept) * LeastInVain < all ? null : new TermsInside(images, kinds, [.. windows.Select(window => TermsOf(channels, window.Rows, row.Kernel, window.Columns, column.Kernel))]);

        static int Length(Range range) => range.End.Value - range.Start.Value;
    }

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
