using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>What is known of one operand before its data: its offsets, its panels, and the way to pack them.</summary>
sealed class PanelSource
{
    // Below this mean length of a run, copying or transposing whole registers gains nothing over single elements.
    const double ShortestUsefulRun = 4;

    readonly long[] _chunkLeast;
    readonly long[] _chunkMost;

    /// <param name="panels">The panels across the operand: rows of A or columns of B.</param>
    /// <param name="batch">[Batch] offsets.</param>
    /// <param name="across">[M] or [N] offsets.</param>
    /// <param name="depth">[K] offsets.</param>
    /// <param name="register">Elements of a register.</param>
    /// <param name="padding">Which elements are padding, or null for none.</param>
    public PanelSource(Panels panels, int[] batch, int[] across, int[] depth, int register, PaddedColumns? padding = null)
    {
        Panels = panels;
        Across = new OffsetTable(across);
        Depth = new OffsetTable(depth);
        Least = Lowest(batch) + Lowest(across) + Lowest(depth);
        End = Highest(batch) + Highest(across) + Highest(depth) + 1;
        _chunkLeast = ByChunk(depth, Lowest);
        _chunkMost = ByChunk(depth, Highest);
        DepthStep = ConstantStep(depth);
        AcrossStep = ConstantStep(across);

        int[] acrossEnds = OffsetTable.RunEnds(across, int.MaxValue);
        int[] depthEnds = OffsetTable.RunEnds(depth, TileShape.Depth);
        int[] descendingEnds = OffsetTable.RunEnds(depth, TileShape.Depth, -1);
        Descends = MeanRun(descendingEnds) > MeanRun(depthEnds);
        depthEnds = Descends ? descendingEnds : depthEnds;
        double acrossRun = MeanRun(acrossEnds);
        double depthRun = MeanRun(depthEnds);
        bool copy = acrossRun >= Math.Min(across.Length, ShortestUsefulRun) && (across.Length > 1 || depthRun < ShortestUsefulRun);
        Way = copy ? PackingWay.Copy : depthRun >= ShortestUsefulRun ? PackingWay.Transpose : PackingWay.Gather;
        DepthRunEnds = new OffsetTable(depthEnds);
        if (padding is not null)
        {
            (Way, Least, End, Positions) = (PackingWay.Copy, padding.Least, padding.End, padding.Positions);
            LanesInside = new OffsetTable(padding.Lanes(panels));
            var places = new int[depth.Length];
            for (int k = 0; k < places.Length; k++)
            {
                places[k] = k % Positions * PanelPieces.RegistersInPanel * register;
            }

            MaskPlaces = new OffsetTable(places);
        }

        Pieces = new PanelPieces(panels, across, Way == PackingWay.Copy ? acrossEnds : [], register);
    }

    public Panels Panels { get; }

    public OffsetTable Across { get; }

    public OffsetTable Depth { get; }

    /// <summary>The least offset that the nest reads.</summary>
    public long Least { get; }

    /// <summary>One past the greatest offset that the nest reads.</summary>
    public long End { get; }

    /// <summary>Elements from each k to the next, where that is the same everywhere.</summary>
    public int? DepthStep { get; }

    /// <summary>Elements from each row or column to the next, where that is the same everywhere.</summary>
    public int? AcrossStep { get; }

    /// <summary>Whether k is contiguous and the rows are evenly apart.</summary>
    public bool IsRowMajor => _chunkLeast.Length > 0 && DepthStep == 1 && AcrossStep.HasValue;

    /// <summary>Whether the rows are contiguous for each k and the k evenly apart.</summary>
    public bool IsColumnMajor => _chunkLeast.Length > 0 && AcrossStep == 1 && DepthStep.HasValue;

    public PackingWay Way { get; }

    /// <summary>Whether the runs along k go backwards through memory, as in a kernel turned round.</summary>
    public bool Descends { get; }

    /// <summary>[K] one past the last k of each run of consecutive offsets; runs end at chunks.</summary>
    public OffsetTable DepthRunEnds { get; }

    /// <summary>What fills the registers of each panel; empty unless the way is <see cref="PackingWay.Copy"/>.</summary>
    public PanelPieces Pieces { get; }

    /// <summary>Positions of the window of which some are padding: k stands for position k mod this; 0 without padding.</summary>
    public int Positions { get; }

    /// <summary>[panels · positions] the lanes that are no padding, as bits; null without padding.</summary>
    public OffsetTable? LanesInside { get; }

    /// <summary>[K] where the masks of each k lie among those of the panel; null without padding.</summary>
    public OffsetTable? MaskPlaces { get; }

    /// <summary>Whether packing is little more than a copy.</summary>
    public bool IsCheap => Way == PackingWay.Copy && Pieces.PerRegister < 1.5;

    /// <summary>Whether loading the panel's registers over the chunk of k touches only what the nest reads anyway, up to its gaps.</summary>
    /// <param name="batchOffset">Offset of the batch.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="start">First k of the chunk.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayLoadRegisters(int batchOffset, int panel, int start) =>
        (long)batchOffset + _chunkLeast[start / TileShape.Depth] + Pieces.Least(panel) >= Least
        && (long)batchOffset + _chunkMost[start / TileShape.Depth] + Pieces.Most(panel) <= End;

    /// <summary>How many of the chunk's first k may be loaded as registers: all, or those before the first whose registers would leave the operand.</summary>
    /// <param name="batchOffset">Offset of the batch.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="start">First k of the chunk.</param>
    /// <param name="depth">Number of k.</param>
    public unsafe int RegistersFit(int batchOffset, int panel, int start, int depth)
    {
        if (MayLoadRegisters(batchOffset, panel, start))
        {
            return depth;
        }

        long least = Least - batchOffset - Pieces.Least(panel);
        long most = End - batchOffset - Pieces.Most(panel);
        int* depths = Depth.Data + start;
        int k = 0;
        while (k < depth && depths[k] >= least && depths[k] <= most)
        {
            k++;
        }

        return k;
    }

    static long Lowest(ReadOnlySpan<int> offsets)
    {
        int least = int.MaxValue;
        foreach (int offset in offsets)
        {
            least = Math.Min(least, offset);
        }

        return offsets.IsEmpty ? 0 : least;
    }

    static long Highest(ReadOnlySpan<int> offsets)
    {
        int most = int.MinValue;
        foreach (int offset in offsets)
        {
            most = Math.Max(most, offset);
        }

        return offsets.IsEmpty ? 0 : most;
    }

    static long[] ByChunk(int[] depth, Func<ReadOnlySpan<int>, long> summary)
    {
        var summaries = new long[(depth.Length + TileShape.Depth - 1) / TileShape.Depth];
        for (int i = 0; i < summaries.Length; i++)
        {
            int start = i * TileShape.Depth;
            summaries[i] = summary(depth.AsSpan(start, Math.Min(TileShape.Depth, depth.Length - start)));
        }

        return summaries;
    }

    /// <summary>From each offset to the next, where that is the same everywhere; 0 for fewer than two.</summary>
    public static int? ConstantStep(ReadOnlySpan<int> offsets)
    {
        if (offsets.Length < 2)
        {
            return 0;
        }

        for (int i = 1; i < offsets.Length; i++)
        {
            if (offsets[i] - (long)offsets[i - 1] != offsets[1] - (long)offsets[0])
            {
                return null;
            }
        }

        return offsets[1] - offsets[0];
    }

    static double MeanRun(int[] ends)
    {
        int runs = 0;
        for (int i = 0; i < ends.Length; i = ends[i])
        {
            runs++;
        }

        return runs == 0 ? 0 : (double)ends.Length / runs;
    }
}
