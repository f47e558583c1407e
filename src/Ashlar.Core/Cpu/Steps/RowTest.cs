namespace Ashlar.Cpu.Steps;

/// <summary>What a float32 of a row must be for what a mask hides in that row to be zero.</summary>
/// <param name="Binding">Binding of the one value per row.</param>
/// <param name="IsPositive">Whether it must be above zero; otherwise above negative infinity. No number is neither.</param>
readonly record struct RowTest(int Binding, bool IsPositive)
{
    /// <summary>Whether it holds for some rows.</summary>
    /// <param name="values">The first row's value.</param>
    /// <param name="rows">How many.</param>
    public unsafe bool Holds(float* values, int rows)
    {
        float border = IsPositive ? 0 : float.NegativeInfinity;
        bool holds = true;
        for (int row = 0; row < rows; row++)
        {
            holds &= values[row] > border;
        }

        return holds;
    }
}
