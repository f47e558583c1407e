namespace Ashlar.Cpu.Contraction;

/// <summary>What is known of one operand before its data: its offsets, its panels, and the way to pack them.</summary>
sealed class PanelSource
{
    // Below this mean length of a run, copying or transposing whole registers gains nothing over single elements.
    const double ShortestUsefulRun = 4;

    /// <param name="panels">The panels across the operand: rows of A or columns of B.</param>
    /// <param name="batch">[Batch] offsets.</param>
    /// <param name="across">[M] or [N] offsets.</param>
    /// <param name="depth">[K] offsets.</param>
    /// <param name="register">Elements of a register.</param>
    public PanelSource(Panels panels, int[] batch, int[] across, int[] depth, int register)
    {
        Panels = panels;
        Across = new OffsetTable(across);
        Depth = new OffsetTable(depth);
        End = (long)Most(batch) + Most(across) + Most(depth) + 1;
        DepthStep = ConstantStep(depth);

        int[] acrossEnds = OffsetTable.RunEnds(across, int.MaxValue);
        int[] depthEnds = OffsetTable.RunEnds(depth, TileShape.Depth);
        double acrossRun = MeanRun(acrossEnds);
        double depthRun = MeanRun(depthEnds);
        bool copy = acrossRun >= Math.Min(across.Length, ShortestUsefulRun) && (across.Length > 1 || depthRun < ShortestUsefulRun);
        Way = copy ? PackingWay.Copy : depthRun >= ShortestUsefulRun ? PackingWay.Transpose : PackingWay.Gather;
        DepthRunEnds = new OffsetTable(depthEnds);
        Runs = new PanelRuns(panels, across, Way == PackingWay.Copy ? acrossEnds : [], register);
    }

    public Panels Panels { get; }

    public OffsetTable Across { get; }

    public OffsetTable Depth { get; }

    /// <summary>One past the greatest offset that the nest reads: registers are loaded whole only below it.</summary>
    public long End { get; }

    /// <summary>Elements from each k to the next, where that is the same everywhere.</summary>
    public int? DepthStep { get; }

    public PackingWay Way { get; }

    /// <summary>[K] one past the last k of each run of consecutive offsets; runs end at chunks.</summary>
    public OffsetTable DepthRunEnds { get; }

    /// <summary>The runs of consecutive offsets in each panel; empty unless the way is <see cref="PackingWay.Copy"/>.</summary>
    public PanelRuns Runs { get; }

    static int Most(ReadOnlySpan<int> offsets)
    {
        int most = 0;
        foreach (int offset in offsets)
        {
            most = Math.Max(most, offset);
        }

        return most;
    }

    static int? ConstantStep(ReadOnlySpan<int> offsets)
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
