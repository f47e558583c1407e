namespace Ashlar.Cpu.Contraction;

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

    /// <summary>How many rows, from the first, end before a column.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Most rows.</param>
    /// <param name="column">The column.</param>
    /// <param name="known">So many are known to, since they end before an earlier column.</param>
    public int Before(int first, int count, int column, int known)
    {
        ReadOnlySpan<int> columns = Columns.AsSpan(first, count);
        int row = known;
        while (row < columns.Length && columns[row] <= column)
        {
            row++;
        }

        return row;
    }

    /// <summary>Whether A of a product is the array with rows and columns exchanged: its k are the rows.</summary>
    public bool AreDepthOf(ContractionNest nest)
    {
        bool fits = nest.M > 0 && nest.Batch * nest.K == Columns.Length;
        for (int i = 0; i < nest.M && fits; i++)
        {
            fits = nest.RowA[i] == i;
        }

        for (int i = 0; i < nest.K && fits; i++)
        {
            fits = nest.DepthA[i] == i * nest.M;
        }

        for (int i = 0; i < nest.Batch && fits; i++)
        {
            fits = nest.BatchA[i] == i * nest.K * nest.M;
        }

        return fits;
    }
}
