namespace Ashlar.Cpu.Contraction;

/// <summary>Columns whose places in C are those of a transposed matrix: column (p, i) lies at i · step + p. Then C is transposed at the end instead of being scattered.</summary>
/// <param name="outer">Extent of p.</param>
/// <param name="inner">Extent of i.</param>
/// <param name="step">From one i to the next.</param>
sealed class ColumnGrid(int outer, int inner, int step)
{
    // Shorter rows are scattered as well.
    const int LeastInner = 8;

    public int Outer => outer;

    public int Inner => inner;

    public int Step => step;

    /// <summary>The grid of the offsets, or null if they are not of this form.</summary>
    public static ColumnGrid? Of(int[] offsets)
    {
        if (offsets.Length < 2 * LeastInner)
        {
            return null;
        }

        long step = offsets[1] - (long)offsets[0];
        int inner = 1;
        while (inner < offsets.Length && offsets[inner] == offsets[0] + (inner * step))
        {
            inner++;
        }

        int outer = offsets.Length / inner;
        if (step < outer || inner < LeastInner || outer < LeastInner || outer * inner != offsets.Length)
        {
            return null;
        }

        for (int i = 0; i < offsets.Length; i++)
        {
            if (offsets[i] != offsets[0] + (i / inner) + (i % inner * step))
            {
                return null;
            }
        }

        return new ColumnGrid(outer, inner, (int)step);
    }
}
