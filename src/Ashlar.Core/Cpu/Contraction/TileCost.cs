namespace Ashlar.Cpu.Contraction;

/// <summary>A rough price of a nest as it stands, to choose which operand's index runs along the registers.</summary>
static class TileCost
{
    // Per element, in units of one register-wide multiply-add: moving one to its place, packing one beside its neighbours, and packing one whose neighbours along k are.
    const double Scatter = 12;
    const double Copy = 0.25;
    const double Transpose = 1;

    /// <param name="nest">The nest.</param>
    /// <param name="register">Elements of a register.</param>
    /// <param name="tallest">Rows of the tallest tile.</param>
    /// <returns>Register-wide multiply-adds that would take as long.</returns>
    public static double Of(ContractionNest nest, int register, int tallest)
    {
        Panels rows = Panels.OfRows(nest.M, tallest);
        Panels columns = Panels.OfColumns(nest.N, register);
        double tiles = (double)rows.WidthsBefore[^1] * columns.WidthsBefore[^1] / register * nest.K;
        double sums = Math.Ceiling((double)nest.K / TileShape.Depth);
        double scatter = IsContiguous(nest.ColumnC) ? 0 : Scatter * nest.M * nest.N * sums;
        double packedRows = IsContiguous(nest.DepthA) && PanelSource.ConstantStep(nest.RowA).HasValue ? Copy : 3 * Copy;
        double packedColumns = IsContiguous(nest.ColumnB) ? Copy : Transpose;
        return tiles + scatter + (nest.K * ((packedRows * nest.M) + (packedColumns * nest.N)));
    }

    static bool IsContiguous(int[] offsets) => offsets.Length < 2 || offsets[1] - (long)offsets[0] == 1;
}
