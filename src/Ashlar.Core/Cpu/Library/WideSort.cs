using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Library;

/// <summary>Unsigned words sorted by vectors of sixteen: Quicksort whose partition compresses a vector to either side, down to pieces that networks sort in registers
/// (Bramas 2017, "A novel hybrid quicksort algorithm vectorized using AVX-512"; the networks are those of Batcher 1968).</summary>
static unsafe class WideSort
{
    const int Lanes = 16;
    const int Few = 8 * Lanes;

    /// <summary>Words of working memory beyond those that are sorted.</summary>
    public const int RoomBehind = ColumnSort.Work;

    /// <summary>Whether the machine has the vectors.</summary>
    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>Sorts words in place.</summary>
    /// <param name="words">[count].</param>
    /// <param name="other">[count + <see cref="RoomBehind"/>], working memory.</param>
    /// <param name="count">≥ 0.</param>
    public static void Run(uint* words, uint* other, int count) => Sort(words, other, count, 2 * BitOperations.Log2((uint)count | 1));

    /// <summary>Moves the words below a pivot to the front.</summary>
    /// <param name="words">[count].</param>
    /// <param name="other">[count + <see cref="RoomBehind"/>], working memory.</param>
    /// <param name="count">≥ 16.</param>
    /// <returns>How many are below; none behind is smaller than any of them.</returns>
    public static int Halve(uint* words, uint* other, int count) => Partition(words, other, count, Pivot(words, count));

    // Pivots that part badly again and again end in a sort that needs none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Sort(uint* words, uint* other, int count, int depth)
    {
        while (count > ColumnSort.Most)
        {
            if (depth-- == 0)
            {
                uint* sorted = RadixSort.Run(words, other, count);
                if (sorted != words)
                {
                    Unsafe.CopyBlockUnaligned(words, sorted, (uint)count * sizeof(uint));
                }

                return;
            }

            uint pivot = Pivot(words, count);
            int below = Partition(words, other, count, pivot);
            if (below == 0)
            {
                // Nothing is below the pivot: what equals it is in its place.
                int equal = pivot == uint.MaxValue ? count : Partition(words, other, count, pivot + 1);
                words += equal;
                count -= equal;
                continue;
            }

            if (below <= count / 2)
            {
                Sort(words, other, below, depth);
                words += below;
                count -= below;
            }
            else
            {
                Sort(words + below, other, count - below, depth);
                count = below;
            }
        }

        if (count > Few)
        {
            ColumnSort.Run(words, other, count);
        }
        else
        {
            SortFew(words, count);
        }
    }

    // The median of a vector of medians of three, away from the ends: of a line that rises and then falls these are the least.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static uint Pivot(uint* words, int count)
    {
        nint apart = (count - Lanes) / 3;
        Vector512<uint> a = Vector512.Load(words + (apart / 2));
        Vector512<uint> b = Vector512.Load(words + (apart / 2) + apart);
        Vector512<uint> c = Vector512.Load(words + (apart / 2) + (2 * apart));
        Order(ref a, ref b);
        return SortVector(Vector512.Max(a, Vector512.Min(b, c)))[Lanes / 2];
    }

    // What is below goes to the front of the words, never past what was read; the rest goes aside and comes back behind it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Partition(uint* words, uint* other, int count, uint pivot)
    {
        Vector512<uint> border = Vector512.Create(pivot);
        nint below = 0;
        nint i = 0;
        for (; i <= count - (2 * Lanes); i += 2 * Lanes)
        {
            // Each mask is made anew for each use, which keeps it out of vectors.
            Vector512<uint> v = Vector512.Load(words + i);
            Vector512<uint> w = Vector512.Load(words + i + Lanes);
            nint first = below + BitOperations.PopCount(Vector512.LessThan(v, border).ExtractMostSignificantBits());
            Avx512F.Compress(Vector512<uint>.Zero, Vector512.LessThan(v, border), v).Store(words + below);
            Avx512F.Compress(Vector512<uint>.Zero, Vector512.GreaterThanOrEqual(v, border), v).Store(other + i - below);
            below = first + BitOperations.PopCount(Vector512.LessThan(w, border).ExtractMostSignificantBits());
            Avx512F.Compress(Vector512<uint>.Zero, Vector512.LessThan(w, border), w).Store(words + first);
            Avx512F.Compress(Vector512<uint>.Zero, Vector512.GreaterThanOrEqual(w, border), w).Store(other + i + Lanes - first);
        }

        for (; i < count; i++)
        {
            uint word = words[i];
            if (word < pivot)
            {
                words[below++] = word;
            }
            else
            {
                other[i - below] = word;
            }
        }

        Unsafe.CopyBlockUnaligned(words + below, other, (uint)(count - (int)below) * sizeof(uint));
        return (int)below;
    }

    // Up to eight vectors; missing words are larger than all.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void SortFew(uint* words, int count)
    {
        if (count <= Lanes)
        {
            Save(words, count, SortVector(Part(words, count)));
            return;
        }

        if (count <= 2 * Lanes)
        {
            Vector512<uint> a = SortVector(Vector512.Load(words));
            Vector512<uint> b = SortVector(Part(words + Lanes, count - Lanes));
            Merge(ref a, ref b);
            a.Store(words);
            Save(words + Lanes, count - Lanes, b);
            return;
        }

        Vector512<uint> v0 = Vector512.Load(words);
        Vector512<uint> v1 = Vector512.Load(words + Lanes);
        Vector512<uint> v2 = Part(words + (2 * Lanes), Math.Min(Lanes, count - (2 * Lanes)));
        Vector512<uint> v3 = Part(words + (3 * Lanes), Math.Clamp(count - (3 * Lanes), 0, Lanes));
        SortFour(ref v0, ref v1, ref v2, ref v3);
        if (count <= 4 * Lanes)
        {
            v0.Store(words);
            v1.Store(words + Lanes);
            Save(words + (2 * Lanes), Math.Min(Lanes, count - (2 * Lanes)), v2);
            Save(words + (3 * Lanes), Math.Max(0, count - (3 * Lanes)), v3);
            return;
        }

        Vector512<uint> v4 = Part(words + (4 * Lanes), Math.Min(Lanes, count - (4 * Lanes)));
        Vector512<uint> v5 = Part(words + (5 * Lanes), Math.Clamp(count - (5 * Lanes), 0, Lanes));
        Vector512<uint> v6 = Part(words + (6 * Lanes), Math.Clamp(count - (6 * Lanes), 0, Lanes));
        Vector512<uint> v7 = Part(words + (7 * Lanes), Math.Clamp(count - (7 * Lanes), 0, Lanes));
        SortFour(ref v4, ref v5, ref v6, ref v7);
        Separate(ref v0, ref v7);
        Separate(ref v1, ref v6);
        Separate(ref v2, ref v5);
        Separate(ref v3, ref v4);
        MergeFour(ref v0, ref v1, ref v2, ref v3);
        MergeFour(ref v7, ref v6, ref v5, ref v4);
        v0.Store(words);
        v1.Store(words + Lanes);
        v2.Store(words + (2 * Lanes));
        v3.Store(words + (3 * Lanes));
        Save(words + (4 * Lanes), Math.Min(Lanes, count - (4 * Lanes)), v7);
        Save(words + (5 * Lanes), Math.Clamp(count - (5 * Lanes), 0, Lanes), v6);
        Save(words + (6 * Lanes), Math.Clamp(count - (6 * Lanes), 0, Lanes), v5);
        Save(words + (7 * Lanes), Math.Clamp(count - (7 * Lanes), 0, Lanes), v4);
    }

    // Four vectors to one sorted run.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void SortFour(ref Vector512<uint> a, ref Vector512<uint> b, ref Vector512<uint> c, ref Vector512<uint> d)
    {
        a = SortVector(a);
        b = SortVector(b);
        c = SortVector(c);
        d = SortVector(d);
        Merge(ref a, ref b);
        Merge(ref c, ref d);
        Separate(ref a, ref d);
        Separate(ref b, ref c);
        Order(ref a, ref b);
        Order(ref d, ref c);
        (a, b, c, d) = (MergeVector(a), MergeVector(b), MergeVector(d), MergeVector(c));
    }

    // Sorts four vectors whose words rise and then fall.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void MergeFour(ref Vector512<uint> a, ref Vector512<uint> b, ref Vector512<uint> c, ref Vector512<uint> d)
    {
        Order(ref a, ref c);
        Order(ref b, ref d);
        Order(ref a, ref b);
        Order(ref c, ref d);
        (a, b, c, d) = (MergeVector(a), MergeVector(b), MergeVector(c), MergeVector(d));
    }

    // The smaller of each pair of opposite lanes to the first, the larger to the second, in the order of the first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Separate(ref Vector512<uint> a, ref Vector512<uint> b)
    {
        Vector512<uint> turned = Reverse(b);
        (a, b) = (Vector512.Min(a, turned), Vector512.Max(a, turned));
    }

    /// <summary>The smaller of each lane to the first, the larger to the second.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Order(ref Vector512<uint> a, ref Vector512<uint> b) => (a, b) = (Vector512.Min(a, b), Vector512.Max(a, b));

    /// <summary>Up to sixteen words; missing ones are larger than all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Part(uint* words, int count) =>
        Avx512F.MaskLoad(words, Vector512.LessThan(Vector512<uint>.Indices, Vector512.Create((uint)count)), Vector512<uint>.AllBitsSet);

    /// <summary>Writes the first words of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Save(uint* words, int count, Vector512<uint> v) => Avx512F.MaskStore(words, Vector512.LessThan(Vector512<uint>.Indices, Vector512.Create((uint)count)), v);

    // Two sorted vectors to one sorted pair: the smaller half of each pair of opposite lanes, then the larger.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Merge(ref Vector512<uint> a, ref Vector512<uint> b)
    {
        Vector512<uint> turned = Reverse(b);
        b = MergeVector(Vector512.Max(a, turned));
        a = MergeVector(Vector512.Min(a, turned));
    }

    /// <summary>The lanes from the last to the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Reverse(Vector512<uint> v) => Avx512F.PermuteVar16x32(v, Vector512.Create(15u, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));

    // Sorts a vector that rises and then falls: exchanges of lanes 8, 4, 2 and 1 apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> MergeVector(Vector512<uint> v) =>
        MergeEights(Exchange(v, Apart8(v), Vector512.Create(0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u)));

    /// <summary>Sorts each eight lanes that rise and then fall.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> MergeEights(Vector512<uint> v) =>
        MergeFours(Exchange(v, Apart4(v), Vector512.Create(0u, 0u, 0u, 0u, ~0u, ~0u, ~0u, ~0u, 0u, 0u, 0u, 0u, ~0u, ~0u, ~0u, ~0u)));

    /// <summary>Sorts each four lanes that rise and then fall.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> MergeFours(Vector512<uint> v) =>
        MergePairs(Exchange(v, Apart2(v), Vector512.Create(0u, 0u, ~0u, ~0u, 0u, 0u, ~0u, ~0u, 0u, 0u, ~0u, ~0u, 0u, 0u, ~0u, ~0u)));

    /// <summary>Sorts each pair of lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> MergePairs(Vector512<uint> v) =>
        Exchange(v, Apart1(v), Vector512.Create(0u, ~0u, 0u, ~0u, 0u, ~0u, 0u, ~0u, 0u, ~0u, 0u, ~0u, 0u, ~0u, 0u, ~0u));

    // Runs of 2, 4 and 8 lanes that rise and fall in turn, and the last merge.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> SortVector(Vector512<uint> v)
    {
        v = Exchange(v, Apart1(v), Vector512.Create(0u, ~0u, ~0u, 0u, 0u, ~0u, ~0u, 0u, 0u, ~0u, ~0u, 0u, 0u, ~0u, ~0u, 0u));
        v = Exchange(v, Apart2(v), Vector512.Create(0u, 0u, ~0u, ~0u, ~0u, ~0u, 0u, 0u, 0u, 0u, ~0u, ~0u, ~0u, ~0u, 0u, 0u));
        v = Exchange(v, Apart1(v), Vector512.Create(0u, ~0u, 0u, ~0u, ~0u, 0u, ~0u, 0u, 0u, ~0u, 0u, ~0u, ~0u, 0u, ~0u, 0u));
        v = Exchange(v, Apart4(v), Vector512.Create(0u, 0u, 0u, 0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0u, 0u, 0u, 0u));
        v = Exchange(v, Apart2(v), Vector512.Create(0u, 0u, ~0u, ~0u, 0u, 0u, ~0u, ~0u, ~0u, ~0u, 0u, 0u, ~0u, ~0u, 0u, 0u));
        v = Exchange(v, Apart1(v), Vector512.Create(0u, ~0u, 0u, ~0u, 0u, ~0u, 0u, ~0u, ~0u, 0u, ~0u, 0u, ~0u, 0u, ~0u, 0u));
        return MergeVector(v);
    }

    /// <summary>Each lane with its partner: the larger of the two where the mask is set, else the smaller.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Exchange(Vector512<uint> v, Vector512<uint> partner, Vector512<uint> larger) =>
        Vector512.ConditionalSelect(larger, Vector512.Max(v, partner), Vector512.Min(v, partner));

    /// <summary>Each lane's neighbour in its pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Apart1(Vector512<uint> v) => Avx512F.Shuffle(v, 0b10_11_00_01);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Apart2(Vector512<uint> v) => Avx512F.Shuffle(v, 0b01_00_11_10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Apart4(Vector512<uint> v) => Avx512F.Shuffle4x128(v, v, 0b10_11_00_01);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<uint> Apart8(Vector512<uint> v) => Avx512F.Shuffle4x128(v, v, 0b01_00_11_10);
}
