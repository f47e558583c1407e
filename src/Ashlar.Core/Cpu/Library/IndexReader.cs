using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Cpu.Reduction;
using Ashlar.Primitives.Index;

namespace Ashlar.Cpu.Library;

/// <summary>Turns the indices of one pick into a place along the indexed axes.</summary>
sealed unsafe class IndexReader(IndexGeometry geometry)
{
    const int Block = 8;

    readonly int[] _extents = geometry.Extents;
    readonly int[] _strides = geometry.Strides;
    readonly bool _wide = geometry.IsWide;

    /// <summary>Whether there is one index, which is the place.</summary>
    public bool IsSingle => _extents.Length == 1;

    /// <summary>y[i] = x[place i · step + i · advance] for the places of a single index.</summary>
    /// <param name="x">What is picked from.</param>
    /// <param name="index">First byte of the index.</param>
    /// <param name="at">The first pick.</param>
    /// <param name="y">Receives the elements.</param>
    /// <param name="count">How many.</param>
    /// <param name="step">Elements from a place to the next.</param>
    /// <param name="advance">Elements from a pick's column to the next one's.</param>
    /// <exception cref="ArgumentException">An index lies outside its axis.</exception>
    public void Pick<T>(T* x, byte* index, nint at, T* y, int count, nint step, nint advance)
        where T : unmanaged
    {
        if (sizeof(T) == sizeof(float) && step == 1 && advance == 0)
        {
            PickWords((float*)x, index, at, (float*)y, count);
            return;
        }

        if (_wide)
        {
            Pick(x, (long*)index + at, y, count, step, advance);
        }
        else
        {
            Pick(x, (int*)index + at, y, count, step, advance);
        }
    }

    // A block with an index that is negative or outside is picked one by one.
    void PickWords(float* x, byte* index, nint at, float* y, nint count)
    {
        for (nint i = 0; i < count; i += Block)
        {
            if (_wide)
            {
                long* from = (long*)index + at;
                i += WordPick.Run(x, _extents[0], from + i, y + i, count - i);
                PickEach(x, from, y, i, Math.Min(count, i + Block), 1, 0);
            }
            else
            {
                int* from = (int*)index + at;
                i += WordPick.Run(x, _extents[0], from + i, y + i, count - i);
                PickEach(x, from, y, i, Math.Min(count, i + Block), 1, 0);
            }
        }
    }

    // Eight indices are tested at once and then trusted: a test with its way out for each costs more than the element.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Pick<T, TIndex>(T* x, TIndex* index, T* y, int count, nint step, nint advance)
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        nint i = 0;
        Vector256<TIndex> extent = Vector256.Create(TIndex.CreateTruncating(_extents[0]));
        for (; i <= count - Block; i += Block)
        {
            if (!AreInside(index + i, extent))
            {
                PickEach(x, index, y, i, i + Block, step, advance);
            }
            else
            {
                for (nint k = i; k < i + Block; k++)
                {
                    y[k] = x[(nint.CreateTruncating(index[k]) * step) + (k * advance)];
                }
            }
        }

        PickEach(x, index, y, i, count, step, advance);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void PickEach<T, TIndex>(T* x, TIndex* index, T* y, nint first, nint end, nint step, nint advance)
        where T : unmanaged
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        for (nint i = first; i < end; i++)
        {
            y[i] = x[(geometry.Place(0, long.CreateTruncating(index[i])) * step) + (i * advance)];
        }
    }

    /// <summary>Joins updates into the places of a single index, in order: y[place i · step + i · advance] ⊕= u[i].</summary>
    /// <inheritdoc cref="Pick{T}(T*, byte*, nint, T*, int, nint, nint)"/>
    public void Join<T, TJoin>(T* y, byte* index, nint at, T* u, int count, nint step, nint advance)
        where T : unmanaged
        where TJoin : struct, IReduction<T>
    {
        if (_wide)
        {
            Join<T, TJoin, long>(y, (long*)index + at, u, count, step, advance);
        }
        else
        {
            Join<T, TJoin, int>(y, (int*)index + at, u, count, step, advance);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Join<T, TJoin, TIndex>(T* y, TIndex* index, T* u, int count, nint step, nint advance)
        where T : unmanaged
        where TJoin : struct, IReduction<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        nint i = 0;
        Vector256<TIndex> extent = Vector256.Create(TIndex.CreateTruncating(_extents[0]));
        for (; i <= count - Block; i += Block)
        {
            if (!AreInside(index + i, extent))
            {
                JoinEach<T, TJoin, TIndex>(y, index, u, i, i + Block, step, advance);
                continue;
            }

            for (nint k = i; k < i + Block; k++)
            {
                T* place = y + (nint.CreateTruncating(index[k]) * step) + (k * advance);
                *place = TJoin.Combine(*place, u[k]);
            }
        }

        JoinEach<T, TJoin, TIndex>(y, index, u, i, count, step, advance);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void JoinEach<T, TJoin, TIndex>(T* y, TIndex* index, T* u, nint first, nint end, nint step, nint advance)
        where T : unmanaged
        where TJoin : struct, IReduction<T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        for (nint i = first; i < end; i++)
        {
            T* place = y + (geometry.Place(0, long.CreateTruncating(index[i])) * step) + (i * advance);
            *place = TJoin.Combine(*place, u[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool AreInside<TIndex>(TIndex* index, Vector256<TIndex> extent)
        where TIndex : unmanaged
    {
        Vector256<TIndex> first = Vector256.Load(index);
        Vector256<TIndex> second = Vector256.Load(index + Block - Vector256<TIndex>.Count);
        Vector256<TIndex> negative = first | second;
        return !(Vector256.LessThanAny(negative, Vector256<TIndex>.Zero) || Vector256.GreaterThanOrEqualAny(Vector256.Max(first, second), extent));
    }

    /// <summary>The place of a pick along all indexed axes.</summary>
    /// <param name="indices">First byte of each index.</param>
    /// <param name="at">The pick.</param>
    /// <exception cref="ArgumentException">An index lies outside its axis.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Place(byte** indices, nint at)
    {
        long place = 0;
        for (int k = 0; k < _extents.Length; k++)
        {
            long index = _wide ? ((long*)indices[k])[at] : ((int*)indices[k])[at];
            long inside = index < 0 ? index + _extents[k] : index;
            if ((ulong)inside >= (ulong)_extents[k])
            {
                // Throws: the message is written in one place.
                geometry.Place(k, index);
            }

            place += inside * _strides[k];
        }

        return place;
    }
}
