using System.Runtime.CompilerServices;
using Ashlar.Cpu.Contraction;

namespace Ashlar.Cpu.Steps;

/// <summary>A mask behind which scores need not be known: they are read through it alone, or multiplied with what is zero there.</summary>
/// <param name="buffer">Buffer of the mask, a byte for each score that is 0 where it is hidden.</param>
/// <param name="rows">Offset of each row's first byte, over all batches.</param>
/// <param name="columns">Bytes of a row, side by side.</param>
/// <param name="factor">Buffer of a float32 for each score, with which sums multiply hidden scores too, or null if none does. Scores may be left out where it is zero and they would be finite.</param>
/// <param name="ends">Where the factor's rows end, if a launch of the plan finds that out.</param>
/// <param name="lowest">Buffer of the number that stands where scores are hidden, or null.</param>
/// <param name="batches">How many batches share the rows; they may share the mask's.</param>
sealed unsafe class ScoreMask(int buffer, int[] rows, int columns, int? factor, RowEnds? ends, int? lowest, int batches)
{
    // What the rows of every batch see, where the batches share a mask: it is found once.
    readonly int[] _seen = AreShared(rows, batches) ? new int[rows.Length / batches] : [];

    /// <summary>Columns of a part of a row.</summary>
    public const int Quantum = 32;

    /// <summary>Whether sums multiply hidden scores with a factor.</summary>
    public bool HasFactor => factor.HasValue;

    /// <summary>Reads the mask, before any thread asks what rows see.</summary>
    public void Read(byte** buffers)
    {
        fixed (int* seen = _seen)
        {
            Find(buffers, 0, _seen.Length, seen);
        }
    }

    /// <summary>Finds for each of some rows the column before which all that it sees lies.</summary>
    /// <param name="buffers">The plan's buffers.</param>
    /// <param name="first">First row, over all batches.</param>
    /// <param name="count">How many.</param>
    /// <param name="seen">Receives the columns.</param>
    public void See(byte** buffers, int first, int count, int* seen)
    {
        if (_seen.Length > 0)
        {
            _seen.AsSpan(first % _seen.Length, count).CopyTo(new Span<int>(seen, count));
        }
        else
        {
            Find(buffers, first, count, seen);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Find(byte** buffers, int first, int count, int* seen)
    {
        // Neighbours see about the same: a row is searched behind what the one before sees, then before that.
        byte* mask = buffers[buffer];
        int last = 0;
        for (int i = 0; i < count; i++)
        {
            byte* row = mask + rows[first + i];
            int behind = new ReadOnlySpan<byte>(row + last, columns - last).LastIndexOfAnyExcept((byte)0);
            last = behind >= 0 ? last + behind + 1 : new ReadOnlySpan<byte>(row, last).LastIndexOfAnyExcept((byte)0) + 1;
            seen[i] = last;
        }
    }

    static bool AreShared(int[] rows, int batches)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] != rows[i % (rows.Length / batches)])
            {
                return false;
            }
        }

        return batches > 0;
    }

    /// <summary>Whether the factor of some rows is zero behind a column.</summary>
    /// <param name="buffers">The plan's buffers.</param>
    /// <param name="first">First row, over all batches.</param>
    /// <param name="count">How many.</param>
    /// <param name="column">The column.</param>
    public bool IsZeroBehind(byte** buffers, int first, int count, int column) =>
        (ends?.Of(first, first + count) ?? ZeroTail.Columns((float*)buffers[factor!.Value] + ((nint)first * columns), count, columns, Quantum)) <= column;

    /// <summary>Whether the number that stands where scores are hidden, if there is one in memory, is -∞.</summary>
    public bool IsLowest(byte** buffers) => lowest is not int place || float.IsNegativeInfinity(*(float*)buffers[place]);
}
