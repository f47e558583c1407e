namespace Ashlar.Cpu.Contraction;

/// <summary>A rough price of a nest as it stands, to choose which operand's index runs along the registers.</summary>
static class TileCost
{
    // Per element, in units of one register-wide multiply-add: moving one element to its place, and packing one.
    const double Scatter = 3;
    const double Packing = 0.5;

    /// <param name="nest">The nest.</param>
    /// <param name="register">Elements of a register.</param>
    /// <returns>Register-wide multiply-adds that would take as long.</returns>
    public static double Of(ContractionNest nest, int register)
    {
        Panels rows = Panels.OfRows(nest.M);
        Panels columns = Panels.OfColumns(nest.N, register);
        double tiles = (double)rows.WidthsBefore[^1] * columns.WidthsBefore[^1] / register * nest.K;
        double scatter = IsContiguous(nest.ColumnC) ? 0 : Scatter * nest.M * nest.N;

        // Columns are packed just before use; rows may travel through memory.
        double packing = Packing * nest.K * (nest.N + (2.0 * nest.M));
        return tiles + scatter + packing;
    }

    static bool IsContiguous(int[] offsets) => offsets.Length < 2 || offsets[1] - (long)offsets[0] == 1;
}
