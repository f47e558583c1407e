using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>The terms of k that tiles on each panel of columns, or each row and column of an output, compute, where the others are padding.</summary>
sealed unsafe class PanelTerms
{
    readonly int[] _kinds;
    readonly int[][] _starts;
    readonly OffsetTable[] _places;
    readonly OffsetTable[] _depths;

    PanelTerms(TermsInside inside, int[] kinds, int[] depths)
    {
        _kinds = kinds;
        _starts = [.. inside.Terms.Select(terms => Starts(terms, depths.Length))];
        _places = [.. inside.Terms.Select(terms => new OffsetTable([.. terms.Select(k => k % TileShape.Depth)]))];
        _depths = [.. inside.Terms.Select(terms => new OffsetTable([.. terms.Select(k => depths[k])]))];
    }

    /// <summary>The terms of each panel, or null if tiles compute all.</summary>
    public static PanelTerms? Of(ContractionNest nest, Panels columns)
    {
        if (nest.Inside is not { } inside || nest.Type != DType.Float32)
        {
            return null;
        }

        var kinds = new int[columns.Count];
        for (int p = 0; p < columns.Count; p++)
        {
            int first = columns.Starts[p] / inside.Columns;
            bool isAlike = columns.Extents[p] == columns.Widths[p] && (columns.EndBefore(p + 1) - 1) / inside.Columns == first;
            kinds[p] = isAlike ? inside.Kinds[first] : -1;
        }

        return Array.TrueForAll(kinds, kind => kind < 0) ? null : new PanelTerms(inside, kinds, nest.DepthB);
    }

    /// <summary>The terms of each position of an output, or null if tiles compute all.</summary>
    /// <param name="inside">The terms of each, or null.</param>
    /// <param name="depths">[K] offset of each k.</param>
    public static PanelTerms? Of(TermsInside? inside, int[] depths) => inside is null || inside.Terms.Length == 0 ? null : new PanelTerms(inside, inside.Kinds, depths);

    /// <summary>Whether tiles on the panel leave terms out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool LeavesOut(int panel) => _kinds[panel] >= 0;

    /// <summary>How many terms of a chunk of k there are.</summary>
    /// <param name="panel">A panel that leaves terms out.</param>
    /// <param name="start">First k of the chunk.</param>
    public int Count(int panel, int start)
    {
        int[] starts = _starts[_kinds[panel]];
        return starts[(start / TileShape.Depth) + 1] - starts[start / TileShape.Depth];
    }

    /// <summary>[Count] each term's k, from the chunk's first.</summary>
    public int* Places(int panel, int start) => _places[_kinds[panel]].Data + _starts[_kinds[panel]][start / TileShape.Depth];

    /// <summary>[Count] each term's offset in B.</summary>
    public int* Depths(int panel, int start) => _depths[_kinds[panel]].Data + _starts[_kinds[panel]][start / TileShape.Depth];

    /// <summary>Makes pieces of a panel those of its terms alone, if it leaves any out.</summary>
    public void Choose<T>(int panel, int start, ref ColumnPieces<T> pieces)
        where T : unmanaged
    {
        if (LeavesOut(panel))
        {
            pieces.Depths = Depths(panel, start);
            pieces.Terms = Places(panel, start);
            pieces.TermCount = Count(panel, start);
        }
    }

    // Where the terms of each chunk of k begin, and where the last end.
    static int[] Starts(int[] terms, int depth)
    {
        var starts = new int[((depth + TileShape.Depth - 1) / TileShape.Depth) + 1];
        for (int chunk = 1, term = 0; chunk < starts.Length; chunk++)
        {
            while (term < terms.Length && terms[term] < chunk * TileShape.Depth)
            {
                term++;
            }

            starts[chunk] = term;
        }

        return starts;
    }
}
