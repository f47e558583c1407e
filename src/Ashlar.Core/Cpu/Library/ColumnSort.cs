using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Library;

/// <summary>Up to 256 unsigned words sorted as sixteen vectors. First each lane is sorted down its column, for which nothing moves across lanes; then columns that are neighbours are merged, to pairs, fours, eights and sixteen.
/// Most steps of a merge go down the columns too (as in Wassenberg et al. 2022, "Vectorized and performance-portable quicksort"; the network of 61 comparisons in 9 rounds is that of Dobbelaere's list).</summary>
static unsafe class ColumnSort
{
    const int Lanes = 16;
    const byte TurnFour = 0b00_01_10_11;

    /// <summary>Most words.</summary>
    public const int Most = Lanes * Lanes;

    /// <summary>Words of working memory.</summary>
    public const int Work = 2 * Most;

    /// <summary>Sorts words in place.</summary>
    /// <param name="words">[count].</param>
    /// <param name="work">[<see cref="Work"/>], aligned to 4 bytes.</param>
    /// <param name="count">In (128, 256].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(uint* words, uint* work, int count)
    {
        SortColumns(words, work, count);
        MergeOnes(work);
        MergeRows(work);
        MergePairs(work);
        MergeRows(work);
        MergeFours(work);
        MergeRows(work);
        MergeEights(work);
        MergeRows(work);
        uint* sorted = work + Most;
        SquareTranspose.Run(work, Lanes, sorted, Lanes);
        int i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            Vector512.Load(sorted + i).Store(words + i);
        }

        WideSort.Save(words + i, count - i, Vector512.Load(sorted + Math.Min(i, Most - Lanes)));
    }

    // Missing words are larger than all.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SortColumns(uint* words, uint* rows, int count)
    {
        Vector512<uint> v0 = Vector512.Load(words);
        Vector512<uint> v1 = Vector512.Load(words + Lanes);
        Vector512<uint> v2 = Vector512.Load(words + (2 * Lanes));
        Vector512<uint> v3 = Vector512.Load(words + (3 * Lanes));
        Vector512<uint> v4 = Vector512.Load(words + (4 * Lanes));
        Vector512<uint> v5 = Vector512.Load(words + (5 * Lanes));
        Vector512<uint> v6 = Vector512.Load(words + (6 * Lanes));
        Vector512<uint> v7 = Vector512.Load(words + (7 * Lanes));
        Vector512<uint> v8 = WideSort.Part(words + (8 * Lanes), Math.Clamp(count - (8 * Lanes), 0, Lanes));
        Vector512<uint> v9 = WideSort.Part(words + (9 * Lanes), Math.Clamp(count - (9 * Lanes), 0, Lanes));
        Vector512<uint> v10 = WideSort.Part(words + (10 * Lanes), Math.Clamp(count - (10 * Lanes), 0, Lanes));
        Vector512<uint> v11 = WideSort.Part(words + (11 * Lanes), Math.Clamp(count - (11 * Lanes), 0, Lanes));
        Vector512<uint> v12 = WideSort.Part(words + (12 * Lanes), Math.Clamp(count - (12 * Lanes), 0, Lanes));
        Vector512<uint> v13 = WideSort.Part(words + (13 * Lanes), Math.Clamp(count - (13 * Lanes), 0, Lanes));
        Vector512<uint> v14 = WideSort.Part(words + (14 * Lanes), Math.Clamp(count - (14 * Lanes), 0, Lanes));
        Vector512<uint> v15 = WideSort.Part(words + (15 * Lanes), Math.Clamp(count - (15 * Lanes), 0, Lanes));

        WideSort.Order(ref v0, ref v5);
        WideSort.Order(ref v1, ref v4);
        WideSort.Order(ref v2, ref v12);
        WideSort.Order(ref v3, ref v13);
        WideSort.Order(ref v6, ref v7);
        WideSort.Order(ref v8, ref v9);
        WideSort.Order(ref v10, ref v15);
        WideSort.Order(ref v11, ref v14);

        WideSort.Order(ref v0, ref v2);
        WideSort.Order(ref v1, ref v10);
        WideSort.Order(ref v3, ref v6);
        WideSort.Order(ref v4, ref v7);
        WideSort.Order(ref v5, ref v14);
        WideSort.Order(ref v8, ref v11);
        WideSort.Order(ref v9, ref v12);
        WideSort.Order(ref v13, ref v15);

        WideSort.Order(ref v0, ref v8);
        WideSort.Order(ref v1, ref v3);
        WideSort.Order(ref v2, ref v11);
        WideSort.Order(ref v4, ref v13);
        WideSort.Order(ref v5, ref v9);
        WideSort.Order(ref v6, ref v10);
        WideSort.Order(ref v7, ref v15);
        WideSort.Order(ref v12, ref v14);

        WideSort.Order(ref v0, ref v1);
        WideSort.Order(ref v2, ref v4);
        WideSort.Order(ref v3, ref v8);
        WideSort.Order(ref v5, ref v6);
        WideSort.Order(ref v7, ref v12);
        WideSort.Order(ref v9, ref v10);
        WideSort.Order(ref v11, ref v13);
        WideSort.Order(ref v14, ref v15);

        WideSort.Order(ref v1, ref v3);
        WideSort.Order(ref v2, ref v5);
        WideSort.Order(ref v4, ref v8);
        WideSort.Order(ref v6, ref v9);
        WideSort.Order(ref v7, ref v11);
        WideSort.Order(ref v10, ref v13);
        WideSort.Order(ref v12, ref v14);

        WideSort.Order(ref v1, ref v2);
        WideSort.Order(ref v3, ref v5);
        WideSort.Order(ref v4, ref v11);
        WideSort.Order(ref v6, ref v8);
        WideSort.Order(ref v7, ref v9);
        WideSort.Order(ref v10, ref v12);
        WideSort.Order(ref v13, ref v14);

        WideSort.Order(ref v2, ref v3);
        WideSort.Order(ref v4, ref v5);
        WideSort.Order(ref v6, ref v7);
        WideSort.Order(ref v8, ref v9);
        WideSort.Order(ref v10, ref v11);
        WideSort.Order(ref v12, ref v13);

        WideSort.Order(ref v4, ref v6);
        WideSort.Order(ref v5, ref v7);
        WideSort.Order(ref v8, ref v10);
        WideSort.Order(ref v9, ref v11);

        WideSort.Order(ref v3, ref v4);
        WideSort.Order(ref v5, ref v6);
        WideSort.Order(ref v7, ref v8);
        WideSort.Order(ref v9, ref v10);
        WideSort.Order(ref v11, ref v12);

        v0.Store(rows);
        v1.Store(rows + Lanes);
        v2.Store(rows + (2 * Lanes));
        v3.Store(rows + (3 * Lanes));
        v4.Store(rows + (4 * Lanes));
        v5.Store(rows + (5 * Lanes));
        v6.Store(rows + (6 * Lanes));
        v7.Store(rows + (7 * Lanes));
        v8.Store(rows + (8 * Lanes));
        v9.Store(rows + (9 * Lanes));
        v10.Store(rows + (10 * Lanes));
        v11.Store(rows + (11 * Lanes));
        v12.Store(rows + (12 * Lanes));
        v13.Store(rows + (13 * Lanes));
        v14.Store(rows + (14 * Lanes));
        v15.Store(rows + (15 * Lanes));
    }

    // Each word of the left columns meets the one of the right columns that stands at the same place from the end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void MergeOnes(uint* rows)
    {
        for (nint i = 0; i < Lanes / 2; i++)
        {
            Vector512<uint> a = Vector512.Load(rows + (i * Lanes));
            Vector512<uint> b = Vector512.Load(rows + ((Lanes - 1 - i) * Lanes));
            Vector512<uint> right = Vector512.Create(0u, ~0u, 0u, ~0u, 0u, ~0u, 0u, ~0u, 0u, ~0u, 0u, ~0u, 0u, ~0u, 0u, ~0u);
            WideSort.Exchange(a, WideSort.Apart1(b), right).Store(rows + (i * Lanes));
            WideSort.Exchange(b, WideSort.Apart1(a), right).Store(rows + ((Lanes - 1 - i) * Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void MergePairs(uint* rows)
    {
        for (nint i = 0; i < Lanes / 2; i++)
        {
            Vector512<uint> a = Vector512.Load(rows + (i * Lanes));
            Vector512<uint> b = Vector512.Load(rows + ((Lanes - 1 - i) * Lanes));
            Vector512<uint> right = Vector512.Create(0u, 0u, ~0u, ~0u, 0u, 0u, ~0u, ~0u, 0u, 0u, ~0u, ~0u, 0u, 0u, ~0u, ~0u);
            WideSort.MergePairs(WideSort.Exchange(a, Avx512F.Shuffle(b, TurnFour), right)).Store(rows + (i * Lanes));
            WideSort.MergePairs(WideSort.Exchange(b, Avx512F.Shuffle(a, TurnFour), right)).Store(rows + ((Lanes - 1 - i) * Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void MergeFours(uint* rows)
    {
        Vector512<uint> turn = Vector512.Create(7u, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);
        for (nint i = 0; i < Lanes / 2; i++)
        {
            Vector512<uint> a = Vector512.Load(rows + (i * Lanes));
            Vector512<uint> b = Vector512.Load(rows + ((Lanes - 1 - i) * Lanes));
            Vector512<uint> right = Vector512.Create(0u, 0u, 0u, 0u, ~0u, ~0u, ~0u, ~0u, 0u, 0u, 0u, 0u, ~0u, ~0u, ~0u, ~0u);
            WideSort.MergeFours(WideSort.Exchange(a, Avx512F.PermuteVar16x32(b, turn), right)).Store(rows + (i * Lanes));
            WideSort.MergeFours(WideSort.Exchange(b, Avx512F.PermuteVar16x32(a, turn), right)).Store(rows + ((Lanes - 1 - i) * Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void MergeEights(uint* rows)
    {
        for (nint i = 0; i < Lanes / 2; i++)
        {
            Vector512<uint> a = Vector512.Load(rows + (i * Lanes));
            Vector512<uint> b = Vector512.Load(rows + ((Lanes - 1 - i) * Lanes));
            Vector512<uint> right = Vector512.Create(0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u);
            WideSort.MergeEights(WideSort.Exchange(a, WideSort.Reverse(b), right)).Store(rows + (i * Lanes));
            WideSort.MergeEights(WideSort.Exchange(b, WideSort.Reverse(a), right)).Store(rows + ((Lanes - 1 - i) * Lanes));
        }
    }

    // Sorts columns whose words fall and rise at most once: exchanges of rows 8, 4, 2 and 1 apart.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void MergeRows(uint* rows)
    {
        Vector512<uint> v0 = Vector512.Load(rows);
        Vector512<uint> v1 = Vector512.Load(rows + Lanes);
        Vector512<uint> v2 = Vector512.Load(rows + (2 * Lanes));
        Vector512<uint> v3 = Vector512.Load(rows + (3 * Lanes));
        Vector512<uint> v4 = Vector512.Load(rows + (4 * Lanes));
        Vector512<uint> v5 = Vector512.Load(rows + (5 * Lanes));
        Vector512<uint> v6 = Vector512.Load(rows + (6 * Lanes));
        Vector512<uint> v7 = Vector512.Load(rows + (7 * Lanes));
        Vector512<uint> v8 = Vector512.Load(rows + (8 * Lanes));
        Vector512<uint> v9 = Vector512.Load(rows + (9 * Lanes));
        Vector512<uint> v10 = Vector512.Load(rows + (10 * Lanes));
        Vector512<uint> v11 = Vector512.Load(rows + (11 * Lanes));
        Vector512<uint> v12 = Vector512.Load(rows + (12 * Lanes));
        Vector512<uint> v13 = Vector512.Load(rows + (13 * Lanes));
        Vector512<uint> v14 = Vector512.Load(rows + (14 * Lanes));
        Vector512<uint> v15 = Vector512.Load(rows + (15 * Lanes));

        WideSort.Order(ref v0, ref v8);
        WideSort.Order(ref v1, ref v9);
        WideSort.Order(ref v2, ref v10);
        WideSort.Order(ref v3, ref v11);
        WideSort.Order(ref v4, ref v12);
        WideSort.Order(ref v5, ref v13);
        WideSort.Order(ref v6, ref v14);
        WideSort.Order(ref v7, ref v15);

        WideSort.Order(ref v0, ref v4);
        WideSort.Order(ref v1, ref v5);
        WideSort.Order(ref v2, ref v6);
        WideSort.Order(ref v3, ref v7);
        WideSort.Order(ref v8, ref v12);
        WideSort.Order(ref v9, ref v13);
        WideSort.Order(ref v10, ref v14);
        WideSort.Order(ref v11, ref v15);

        WideSort.Order(ref v0, ref v2);
        WideSort.Order(ref v1, ref v3);
        WideSort.Order(ref v4, ref v6);
        WideSort.Order(ref v5, ref v7);
        WideSort.Order(ref v8, ref v10);
        WideSort.Order(ref v9, ref v11);
        WideSort.Order(ref v12, ref v14);
        WideSort.Order(ref v13, ref v15);

        WideSort.Order(ref v0, ref v1);
        WideSort.Order(ref v2, ref v3);
        WideSort.Order(ref v4, ref v5);
        WideSort.Order(ref v6, ref v7);
        WideSort.Order(ref v8, ref v9);
        WideSort.Order(ref v10, ref v11);
        WideSort.Order(ref v12, ref v13);
        WideSort.Order(ref v14, ref v15);

        v0.Store(rows);
        v1.Store(rows + Lanes);
        v2.Store(rows + (2 * Lanes));
        v3.Store(rows + (3 * Lanes));
        v4.Store(rows + (4 * Lanes));
        v5.Store(rows + (5 * Lanes));
        v6.Store(rows + (6 * Lanes));
        v7.Store(rows + (7 * Lanes));
        v8.Store(rows + (8 * Lanes));
        v9.Store(rows + (9 * Lanes));
        v10.Store(rows + (10 * Lanes));
        v11.Store(rows + (11 * Lanes));
        v12.Store(rows + (12 * Lanes));
        v13.Store(rows + (13 * Lanes));
        v14.Store(rows + (14 * Lanes));
        v15.Store(rows + (15 * Lanes));
    }
}
