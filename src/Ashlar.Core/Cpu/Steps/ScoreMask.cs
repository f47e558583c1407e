namespace Ashlar.Cpu.Steps;

/// <summary>A mask through which alone scores are read: what it hides need not be computed.</summary>
/// <param name="buffer">Buffer of the mask, a byte for each score that is 0 where it is hidden.</param>
/// <param name="rows">Offset of each row's first byte, over all batches.</param>
/// <param name="columns">Bytes of a row, side by side.</param>
sealed unsafe class ScoreMask(int buffer, int[] rows, int columns)
{
    /// <summary>The columns before which all that some rows see lies.</summary>
    /// <param name="buffers">The plan's buffers.</param>
    /// <param name="first">First row, over all batches.</param>
    /// <param name="end">One past the last.</param>
    public int Columns(byte** buffers, int first, int end)
    {
        byte* mask = buffers[buffer];
        int seen = 0;
        for (int row = end - 1; row >= first && seen < columns; row--)
        {
            seen += 1 + new ReadOnlySpan<byte>(mask + rows[row] + seen, columns - seen).LastIndexOfAnyExcept((byte)0);
        }

        return seen;
    }
}
