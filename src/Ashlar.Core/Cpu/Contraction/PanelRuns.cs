namespace Ashlar.Cpu.Contraction;

/// <summary>Each panel as a list of runs of consecutive offsets.</summary>
sealed class PanelRuns
{
    /// <param name="panels">The panels.</param>
    /// <param name="across">[extent] offsets across the panels.</param>
    /// <param name="ends">[extent] from <see cref="OffsetTable.RunEnds"/>, or empty for no runs at all.</param>
    /// <param name="register">Elements of a register.</param>
    public PanelRuns(Panels panels, int[] across, int[] ends, int register)
    {
        var first = new int[panels.Count + 1];
        var reach = new int[panels.Count];
        List<int> offsets = [];
        List<int> lengths = [];
        for (int p = 0; p < panels.Count && ends.Length > 0; p++)
        {
            int end = panels.Starts[p] + panels.Extents[p];
            for (int i = panels.Starts[p]; i < end;)
            {
                int length = Math.Min(ends[i], end) - i;
                offsets.Add(across[i]);
                lengths.Add(length);
                reach[p] = Math.Max(reach[p], across[i] + ((length + register - 1) / register * register));
                i += length;
            }

            first[p + 1] = offsets.Count;
        }

        First = new OffsetTable(first);
        Offsets = new OffsetTable([.. offsets]);
        Lengths = new OffsetTable([.. lengths]);
        Reach = new OffsetTable(reach);
    }

    /// <summary>[panels + 1] index of the first run of each panel.</summary>
    public OffsetTable First { get; }

    /// <summary>[runs] offset of the run's first element.</summary>
    public OffsetTable Offsets { get; }

    /// <summary>[runs] elements of the run.</summary>
    public OffsetTable Lengths { get; }

    /// <summary>Whether the panel is a single run.</summary>
    public unsafe bool IsOneRun(int panel) => First.Data[panel + 1] - First.Data[panel] == 1;

    /// <summary>[panels] one past the greatest offset that loading whole registers touches.</summary>
    public OffsetTable Reach { get; }
}
