using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Reduction;

/// <summary>Reduces many columns over few rows without memory for lanes: four lanes at a time stay in registers, in the order in which the law folds them.</summary>
/// <remarks>The fold 16-8-4-2-1 is a tree over lanes whose numbers have their bits reversed. Lanes g, g + 8, g + 16 and g + 24 are one branch of it;
/// the branches 0, 4, 2, 6, 1, 5, 3, 7 come one after the other, and each closes what its neighbours left open.</remarks>
static unsafe class FewRowsReduction
{
    /// <summary>Most rows. Beyond, a branch would read more rows at once than prefetchers and address translation follow.</summary>
    public const int MostRows = 256;

    /// <summary>Rows of working memory.</summary>
    public const int OpenBranches = 3;

    const int Branches = 8;

    /// <param name="rows">[rowCount, columns], columns contiguous.</param>
    /// <param name="stride">Elements from a row to the next.</param>
    /// <param name="rowCount">In [0, <see cref="MostRows"/>]; the first row is the first of its block.</param>
    /// <param name="columns">≥ 0.</param>
    /// <param name="open">[3, columns], working memory.</param>
    /// <param name="result">[columns].</param>
    public static void Run<T, TOp>(T* rows, nint stride, int rowCount, int columns, T* open, T* result)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        int waiting = 0;
        for (int step = 0; step < Branches; step++)
        {
            int branch = ((step & 1) << 2) | (step & 2) | (step >> 2);
            int closes = BitOperations.TrailingZeroCount(~step);
            waiting -= closes;
            T* first = open + ((nint)waiting * columns);
            T* target = step == Branches - 1 ? result : first;
            switch (closes)
            {
                case 0:
                    Branch<T, TOp, None>(rows, stride, branch, rowCount, columns, first, target);
                    break;
                case 1:
                    Branch<T, TOp, One>(rows, stride, branch, rowCount, columns, first, target);
                    break;
                case 2:
                    Branch<T, TOp, Two>(rows, stride, branch, rowCount, columns, first, target);
                    break;
                default:
                    Branch<T, TOp, Three>(rows, stride, branch, rowCount, columns, first, target);
                    break;
            }

            waiting++;
        }
    }

    // One branch of every column, with the open branches that it closes: the last of them first.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Branch<T, TOp, TCloses>(T* rows, nint stride, int branch, int rowCount, int columns, T* open, T* target)
        where T : unmanaged
        where TOp : struct, IReduction<T>
        where TCloses : struct, ICount
    {
        int c = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; c <= columns - Vector512<T>.Count; c += Vector512<T>.Count)
            {
                Vector512<T> a0 = Vector512.Create(TOp.Identity), a1 = a0, a2 = a0, a3 = a0;
                T* row = rows + (branch * stride) + c;
                int r = branch;
                for (; r + 24 < rowCount; r += 32, row += 32 * stride)
                {
                    a0 = TOp.Combine(a0, Vector512.Load(row));
                    a1 = TOp.Combine(a1, Vector512.Load(row + (8 * stride)));
                    a2 = TOp.Combine(a2, Vector512.Load(row + (16 * stride)));
                    a3 = TOp.Combine(a3, Vector512.Load(row + (24 * stride)));
                }

                if (r < rowCount) { a0 = TOp.Combine(a0, Vector512.Load(row)); }
                if (r + 8 < rowCount) { a1 = TOp.Combine(a1, Vector512.Load(row + (8 * stride))); }
                if (r + 16 < rowCount) { a2 = TOp.Combine(a2, Vector512.Load(row + (16 * stride))); }
                Vector512<T> all = TOp.Combine(TOp.Combine(a0, a2), TOp.Combine(a1, a3));
                for (int k = TCloses.Value - 1; k >= 0; k--)
                {
                    all = TOp.Combine(Vector512.Load(open + ((nint)k * columns) + c), all);
                }

                all.Store(target + c);
            }
        }

        for (; c <= columns - Vector256<T>.Count; c += Vector256<T>.Count)
        {
            Vector256<T> a0 = Vector256.Create(TOp.Identity), a1 = a0, a2 = a0, a3 = a0;
            T* row = rows + (branch * stride) + c;
            int r = branch;
            for (; r + 24 < rowCount; r += 32, row += 32 * stride)
            {
                a0 = TOp.Combine(a0, Vector256.Load(row));
                a1 = TOp.Combine(a1, Vector256.Load(row + (8 * stride)));
                a2 = TOp.Combine(a2, Vector256.Load(row + (16 * stride)));
                a3 = TOp.Combine(a3, Vector256.Load(row + (24 * stride)));
            }

            if (r < rowCount) { a0 = TOp.Combine(a0, Vector256.Load(row)); }
            if (r + 8 < rowCount) { a1 = TOp.Combine(a1, Vector256.Load(row + (8 * stride))); }
            if (r + 16 < rowCount) { a2 = TOp.Combine(a2, Vector256.Load(row + (16 * stride))); }
            Vector256<T> all = TOp.Combine(TOp.Combine(a0, a2), TOp.Combine(a1, a3));
            for (int k = TCloses.Value - 1; k >= 0; k--)
            {
                all = TOp.Combine(Vector256.Load(open + ((nint)k * columns) + c), all);
            }

            all.Store(target + c);
        }

        for (; c < columns; c++)
        {
            T even = TOp.Combine(Lane<T, TOp>(rows + c, stride, branch, rowCount), Lane<T, TOp>(rows + c, stride, branch + 16, rowCount));
            T all = TOp.Combine(even, TOp.Combine(Lane<T, TOp>(rows + c, stride, branch + 8, rowCount), Lane<T, TOp>(rows + c, stride, branch + 24, rowCount)));
            for (int k = TCloses.Value - 1; k >= 0; k--)
            {
                all = TOp.Combine(open[((nint)k * columns) + c], all);
            }

            target[c] = all;
        }
    }

    static T Lane<T, TOp>(T* column, nint stride, int lane, int rowCount)
        where T : unmanaged
        where TOp : struct, IReduction<T>
    {
        T sum = TOp.Identity;
        for (int r = lane; r < rowCount; r += RowReduction.LaneCount)
        {
            sum = TOp.Combine(sum, column[r * stride]);
        }

        return sum;
    }

    interface ICount
    {
        static abstract int Value { get; }
    }

    readonly struct None : ICount
    {
        public static int Value => 0;
    }

    readonly struct One : ICount
    {
        public static int Value => 1;
    }

    readonly struct Two : ICount
    {
        public static int Value => 2;
    }

    readonly struct Three : ICount
    {
        public static int Value => 3;
    }
}
