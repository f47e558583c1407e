namespace Ashlar.Cpu.Contraction;

/// <summary>An axis of C cut into panels, each as wide as one tile.</summary>
sealed class Panels
{
    Panels(int[] starts, int[] extents, int[] widths)
    {
        Starts = starts;
        Extents = extents;
        Widths = widths;
        WidthsBefore = new int[starts.Length + 1];
        for (int i = 0; i < starts.Length; i++)
        {
            WidthsBefore[i + 1] = WidthsBefore[i] + widths[i];
        }
    }

    /// <summary>Number of panels.</summary>
    public int Count => Starts.Length;

    /// <summary>[Count] first index of each panel.</summary>
    public int[] Starts { get; }

    /// <summary>[Count] indices in each panel.</summary>
    public int[] Extents { get; }

    /// <summary>[Count] rows or columns of the tile that computes the panel; what is beyond the extent is computed and thrown away.</summary>
    public int[] Widths { get; }

    /// <summary>[Count + 1] running sum of the widths.</summary>
    public int[] WidthsBefore { get; }

    /// <summary>Elements of room for panels [first, end) packed at the given depth.</summary>
    public long PackedLength(int first, int end, int depth) => ((long)(WidthsBefore[end] - WidthsBefore[first]) * depth) + ((long)(end - first) * TileShape.Slack);

    /// <summary>One past the last index of panels before <paramref name="end"/>.</summary>
    public int EndBefore(int end) => Starts[end - 1] + Extents[end - 1];

    /// <summary>Rows in as few panels as can be, of even and nearly equal heights: low tiles have too few sums to keep two multiply-add units busy.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="tallest">Rows of the tallest tile.</param>
    /// <param name="blocks">Blocks into which the panels are cut evenly.</param>
    public static Panels OfRows(int rows, int tallest, int blocks = 1)
    {
        int count = (rows + tallest - 1) / tallest;
        count = (count + blocks - 1) / blocks * blocks;
        int pairs = (rows + 1) / 2;
        var widths = new int[count];
        for (int i = 0; i < count; i++)
        {
            widths[i] = Math.Max(TileShape.Low, 2 * (PairsBefore(i + 1) - PairsBefore(i)));
        }

        return Cut(rows, widths);

        // The first panel is the highest, and blocks of panels are as even as the panels.
        int PairsBefore(int panel) => (int)((((long)panel * pairs) + count - 1) / count);
    }

    /// <summary>Pixels of a row in as few panels as can be, of nearly equal widths.</summary>
    /// <param name="pixels">How many, at least <see cref="TileShape.Low"/>.</param>
    /// <param name="widest">Pixels of the widest tile.</param>
    public static Panels OfPixels(int pixels, int widest)
    {
        int count = (pixels + widest - 1) / widest;
        var widths = new int[count];
        for (int i = 0; i < count; i++)
        {
            widths[i] = Math.Max(TileShape.Low, (pixels + count - 1 - i) / count);
        }

        return Cut(pixels, widths);
    }

    /// <summary>Columns in panels of two registers; the last has one where that is enough.</summary>
    /// <param name="columns">How many.</param>
    /// <param name="register">Elements of a register.</param>
    /// <param name="repeats">Whether the last panel reaches back instead of past the end.</param>
    public static Panels OfColumns(int columns, int register, bool repeats = false)
    {
        var widths = new int[(columns + (2 * register) - 1) / (2 * register)];
        Array.Fill(widths, 2 * register);
        int rest = columns % (2 * register);
        if (rest > 0 && rest <= register)
        {
            widths[^1] = register;
        }

        Panels panels = Cut(columns, widths);
        if (repeats && columns >= panels.Widths[^1])
        {
            panels.Starts[^1] = columns - widths[^1];
            panels.Extents[^1] = widths[^1];
        }

        return panels;
    }

    static Panels Cut(int extent, int[] widths)
    {
        var starts = new int[widths.Length];
        var extents = new int[widths.Length];
        int start = 0;
        for (int i = 0; i < widths.Length; i++)
        {
            starts[i] = start;
            extents[i] = Math.Min(widths[i], extent - start);
            start += extents[i];
        }

        return new Panels(starts, extents, widths);
    }
}
