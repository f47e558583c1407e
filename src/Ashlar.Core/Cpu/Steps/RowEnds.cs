namespace Ashlar.Cpu.Steps;

/// <summary>Where the rows of an array end, as the launch that stored it found: behind, they hold zeros.</summary>
/// <param name="rows">How many rows.</param>
sealed class RowEnds(int rows)
{
    /// <summary>[rows] the column behind which all are zero.</summary>
    public int[] Columns { get; } = new int[rows];

    /// <summary>The column behind which some rows hold zeros.</summary>
    /// <param name="first">First row.</param>
    /// <param name="end">One past the last.</param>
    public int Of(int first, int end)
    {
        int most = 0;
        for (int row = first; row < end; row++)
        {
            most = Math.Max(most, Columns[row]);
        }

        return most;
    }
}
