namespace Ashlar.Cpu.Contraction;

/// <summary>Where tiles are put: C, by its offset tables.</summary>
sealed class TileTarget
{
    readonly bool[] _takesRegisters;

    /// <param name="rows">[M] offset of each row.</param>
    /// <param name="columns">[N] offset of each column.</param>
    /// <param name="rowPanels">Panels of rows.</param>
    /// <param name="columnPanels">Panels of columns.</param>
    public TileTarget(int[] rows, int[] columns, Panels rowPanels, Panels columnPanels)
    {
        RowPanels = rowPanels;
        ColumnPanels = columnPanels;
        Rows = new OffsetTable(rows);
        Columns = new OffsetTable(columns);
        int[] ends = OffsetTable.RunEnds(columns, int.MaxValue);
        ColumnRunEnds = new OffsetTable(ends);
        _takesRegisters = new bool[columnPanels.Count];
        for (int p = 0; p < columnPanels.Count; p++)
        {
            int start = columnPanels.Starts[p];
            _takesRegisters[p] = ends[start] >= start + columnPanels.Widths[p];
        }
    }

    public Panels RowPanels { get; }

    public Panels ColumnPanels { get; }

    /// <summary>[M] offset of each row.</summary>
    public OffsetTable Rows { get; }

    /// <summary>[N] offset of each column.</summary>
    public OffsetTable Columns { get; }

    /// <summary>[N] one past the last column of the run of neighbours that each column lies in.</summary>
    public OffsetTable ColumnRunEnds { get; }

    /// <summary>Whether the tile at the panels is full and its columns are neighbours, so that registers may be stored.</summary>
    public bool TakesRegisters(int rowPanel, int columnPanel) =>
        _takesRegisters[columnPanel] && RowPanels.Extents[rowPanel] == RowPanels.Widths[rowPanel];
}
