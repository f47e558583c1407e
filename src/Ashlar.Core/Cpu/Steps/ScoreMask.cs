using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Steps;

/// <summary>A mask behind which scores need not be known: they are read through it alone, or multiplied with what is zero there.</summary>
/// <param name="buffer">Buffer of the mask, a byte for each score that is 0 where it is hidden.</param>
/// <param name="rows">Offset of each row's first byte, over all batches.</param>
/// <param name="columns">Bytes of a row, side by side.</param>
/// <param name="factor">Buffer of a float32 for each score, with which sums multiply hidden scores too, or null if none does. Scores may be left out where it is zero and they would be finite.</param>
sealed unsafe class ScoreMask(int buffer, int[] rows, int columns, int? factor)
{
    /// <summary>Buffer of the factors, or null.</summary>
    public int? Factor => factor;

    /// <summary>The columns before which all that some rows see lies.</summary>
    /// <param name="buffers">The plan's buffers.</param>
    /// <param name="first">First row, over all batches.</param>
    /// <param name="end">One past the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
