namespace Ashlar.Cpu.Contraction;

/// <summary>Where the k of an output lie in memory: [channel, row, column] of its kernel, in any order.</summary>
/// <param name="First">Elements before k = 0 of output 0.</param>
/// <param name="Channels">Extent.</param>
/// <param name="ChannelStep">Elements from one channel to the next.</param>
/// <param name="Rows">Extent.</param>
/// <param name="RowStep">Elements from one row to the next.</param>
/// <param name="Columns">Extent.</param>
/// <param name="ColumnStep">Elements from one column to the next.</param>
readonly record struct KeptTerms(int First, int Channels, int ChannelStep, int Rows, int RowStep, int Columns, int ColumnStep)
{
    /// <summary>How many k.</summary>
    public int Depth => Channels * Rows * Columns;

    /// <summary>k that are neighbours: equal to a kernel whose k are.</summary>
    public static KeptTerms Neighbours(int depth) => new(0, 1, 0, 1, 0, depth, 1);

    /// <summary>The k of a convolution's kernel.</summary>
    /// <param name="kernel">[outputs, channels, rows, columns].</param>
    /// <param name="strides">[4] elements from one to the next.</param>
    public static KeptTerms Of(int[] kernel, int[] strides)
    {
        var terms = new KeptTerms(0, kernel[1], strides[1], kernel[2], strides[2], kernel[3], strides[3]);
        return PanelSource.ConstantStep(terms.Offsets()) == 1 ? Neighbours(terms.Depth) : terms;
    }

    /// <summary>[Depth] elements before each.</summary>
    public int[] Offsets()
    {
        int first = First;
        return [.. OffsetGrid.Of([Channels, Rows, Columns], [ChannelStep, RowStep, ColumnStep]).Select(offset => first + offset)];
    }
}
