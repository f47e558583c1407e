namespace Ashlar.Cpu.Contraction;

/// <summary>A rough price of a nest as it stands, to choose which operand's index runs along the registers.</summary>
static class TileCost
{
    // Per element, in units of one register-wide multiply-add: packing one beside its neighbours, packing one whose neighbours are along k,
    // moving one to its place, and moving one where places a power of two apart compete for the same lines of the cache.
    const double Copy = 0.25;
    const double Transpose = 0.5;
    const double Scatter = 3;
    const double FarScatter = 14;
    const int FarStep = 256;

    // Tiles that read both operands where they are and store where C is; for a short k all else takes twice the price below.
    const double Direct = 0.5;

    // A tile one register wide waits for its broadcasts.
    const double Narrow = 1.25;

    /// <param name="nest">The nest.</param>
    /// <param name="register">Elements of a register.</param>
    /// <param name="registerBytes">Width of the registers.</param>
    /// <returns>Register-wide multiply-adds that would take as long.</returns>
    public static double Of(ContractionNest nest, int register, int registerBytes)
    {
        Panels rows = Panels.OfRows(nest.M, ContractionPlan.TallestTile(nest, register, registerBytes));
        Panels columns = Panels.OfColumns(nest.N, register);
        double tiles = (double)rows.WidthsBefore[^1] * columns.WidthsBefore[^1] / register * nest.K;
        tiles *= columns.WidthsBefore[^1] == register ? Narrow : 1;
        double scatter = 0;
        if (ColumnGrid.Of(nest.ColumnC) is not null)
        {
            scatter = Scatter * nest.M * nest.N;
        }
        else if (!IsContiguous(nest.ColumnC))
        {
            double sums = ContractionPlan.WouldSplitDepth(nest, rows.Count, columns.Count) ? 1 : Math.Min(ContractionPlan.ManySums - 1, Math.Ceiling((double)nest.K / TileShape.Depth));
            scatter = ((nest.ColumnC[1] - nest.ColumnC[0]) % FarStep == 0 ? FarScatter : Scatter) * nest.M * nest.N * sums;
        }

        bool inPlace = IsContiguous(nest.DepthA) && PanelSource.ConstantStep(nest.RowA).HasValue;
        if (inPlace && rows.WidthsBefore[^1] == nest.M && nest.N > 1 && nest.K <= TileShape.Depth && scatter == 0 && IsContiguous(nest.ColumnB))
        {
            return tiles * Direct;
        }

        double packedRows = inPlace ? Copy : IsContiguous(nest.RowA) ? 2 * Copy : Copy + Transpose;
        double packedColumns = IsContiguous(nest.ColumnB) ? Copy : Transpose;
        return tiles + scatter + (nest.K * ((packedRows * nest.M) + (packedColumns * nest.N)));
    }

    static bool IsContiguous(int[] offsets) => offsets.Length < 2 || offsets[1] - (long)offsets[0] == 1;
}
