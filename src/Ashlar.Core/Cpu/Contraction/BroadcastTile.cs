using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>A tile whose registers hold outputs: neighbouring pixels of one row, each broadcast from where it lies, by one or two registers of outputs, over one chunk of k.</summary>
/// <remarks>
/// Each element is one chain of <see cref="ILanes{T, TVector}.MultiplyAdd"/> along k that starts from +0; the chunk's sum is then stored, or added to what the sums hold.
/// Pixels are read one at a time, so no line of the cache is crossed and nothing is packed, wherever a window begins. Fourteen pixels by two registers are twenty-eight of thirty-two registers, six twelve of sixteen.
/// </remarks>
static unsafe class BroadcastTile<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : struct, ILanes<float, TVector>
{
    /// <param name="pixels">4 to 14.</param>
    /// <param name="registers">Registers of outputs, 1 or 2.</param>
    /// <param name="step">Elements from one pixel to the next, 1 or 2.</param>
    /// <param name="x">The first pixel.</param>
    /// <param name="places">[depth] where each k is, from the pixel.</param>
    /// <param name="terms">[depth] which k of the panel each is, or null for all in order.</param>
    /// <param name="depth">Extent of k, 0 to 256, or as many terms of it.</param>
    /// <param name="panel">[k, outputs] weights.</param>
    /// <param name="sums">[pixels, outputs].</param>
    /// <param name="add">Whether to add to the sums rather than to overwrite them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int pixels, int registers, int step, float* x, int* places, int* terms, nint depth, float* panel, float* sums, bool add)
    {
        if (step == 1 && registers == 2)
        {
            Run<Two, One>(pixels, x, places, terms, depth, panel, sums, add);
        }
        else if (step == 1)
        {
            Run<One, One>(pixels, x, places, terms, depth, panel, sums, add);
        }
        else if (registers == 2)
        {
            Run<Two, Two>(pixels, x, places, terms, depth, panel, sums, add);
        }
        else
        {
            Run<One, Two>(pixels, x, places, terms, depth, panel, sums, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Run<TRegisters, TStep>(int pixels, float* x, int* places, int* terms, nint depth, float* panel, float* sums, bool add)
        where TRegisters : struct, ITileExtent
        where TStep : struct, ITileExtent
    {
        if (terms == null)
        {
            Run<TRegisters, TStep, Zero>(pixels, x, places, terms, depth, panel, sums, add);
        }
        else
        {
            Run<TRegisters, TStep, One>(pixels, x, places, terms, depth, panel, sums, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Run<TRegisters, TStep, TTerms>(int pixels, float* x, int* places, int* terms, nint depth, float* panel, float* sums, bool add)
        where TRegisters : struct, ITileExtent
        where TStep : struct, ITileExtent
        where TTerms : struct, ITileExtent
    {
        switch (pixels)
        {
            case 14:
                Tile<Fourteen, TRegisters, TStep, TTerms>(x, places, terms, depth, panel, sums, add);
                break;
            case 13:
                Tile<Thirteen, TRegisters, TStep, TTerms>(x, places, terms, depth, panel, sums, add);
                break;
            case 12:
                Tile<Twelve, TRegisters, TStep, TTerms>(x, places, terms, depth, panel, sums, add);
                break;
            case 11:
                Tile<Eleven, TRegisters, TStep, TTerms>(x, places, terms, depth, panel, sums, add);
                break;
            case 10:
                Tile<Ten, TRegisters, TStep, TTerms>(x, places, terms, depth, panel, sums, add);
                break;
            case 9:
                Tile<Nine, TRegisters, TStep, TTerms>(x, places, terms, depth, panel, sums, add);
                break;
            case 8:
                Tile<Eight, TRegisters, TStep, TTerms>(x, places, terms, depth, panel, sums, add);
                break;
            case 7:
                Tile<Seven, TRegisters, TStep, TTerms>(x, places, terms, depth, panel, sums, add);
                break;
            case 6:
                Tile<Six, TRegisters, TStep, TTerms>(x, places, terms, depth, panel, sums, add);
                break;
            case 5:
                Tile<Five, TRegisters, TStep, TTerms>(x, places, terms, depth, panel, sums, add);
                break;
            default:
                Tile<Four, TRegisters, TStep, TTerms>(x, places, terms, depth, panel, sums, add);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile<TPixels, TRegisters, TStep, TTerms>(float* x, int* places, int* terms, nint depth, float* panel, float* sums, bool add)
        where TPixels : struct, ITileExtent
        where TRegisters : struct, ITileExtent
        where TStep : struct, ITileExtent
        where TTerms : struct, ITileExtent
    {
        TVector a0 = default, b0 = default, a1 = default, b1 = default;
        TVector a2 = default, b2 = default, a3 = default, b3 = default;
        TVector a4 = default, b4 = default, a5 = default, b5 = default;
        TVector a6 = default, b6 = default, a7 = default, b7 = default;
        TVector a8 = default, b8 = default, a9 = default, b9 = default;
        TVector a10 = default, b10 = default, a11 = default, b11 = default;
        TVector a12 = default, b12 = default, a13 = default, b13 = default;
        int* end = places + depth;
        for (; places < end; places++)
        {
            float* p = x + *places;
            float* w = TTerms.Count == 1 ? panel + ((nint)(*terms++) * TRegisters.Count * TLanes.Count) : panel;
            TVector w0 = TLanes.Load(w);
            TVector w1 = TRegisters.Count == 2 ? TLanes.Load(w + TLanes.Count) : default;
            Add<TRegisters>(TLanes.Broadcast(*p), w0, w1, ref a0, ref b0);
            Add<TRegisters>(TLanes.Broadcast(p[TStep.Count]), w0, w1, ref a1, ref b1);
            Add<TRegisters>(TLanes.Broadcast(p[2 * TStep.Count]), w0, w1, ref a2, ref b2);
            Add<TRegisters>(TLanes.Broadcast(p[3 * TStep.Count]), w0, w1, ref a3, ref b3);

            if (TPixels.Count > 4)
            {
                Add<TRegisters>(TLanes.Broadcast(p[4 * TStep.Count]), w0, w1, ref a4, ref b4);
            }

            if (TPixels.Count > 5)
            {
                Add<TRegisters>(TLanes.Broadcast(p[5 * TStep.Count]), w0, w1, ref a5, ref b5);
            }

            if (TPixels.Count > 6)
            {
                Add<TRegisters>(TLanes.Broadcast(p[6 * TStep.Count]), w0, w1, ref a6, ref b6);
            }

            if (TPixels.Count > 7)
            {
                Add<TRegisters>(TLanes.Broadcast(p[7 * TStep.Count]), w0, w1, ref a7, ref b7);
            }

            if (TPixels.Count > 8)
            {
                Add<TRegisters>(TLanes.Broadcast(p[8 * TStep.Count]), w0, w1, ref a8, ref b8);
            }

            if (TPixels.Count > 9)
            {
                Add<TRegisters>(TLanes.Broadcast(p[9 * TStep.Count]), w0, w1, ref a9, ref b9);
            }

            if (TPixels.Count > 10)
            {
                Add<TRegisters>(TLanes.Broadcast(p[10 * TStep.Count]), w0, w1, ref a10, ref b10);
            }

            if (TPixels.Count > 11)
            {
                Add<TRegisters>(TLanes.Broadcast(p[11 * TStep.Count]), w0, w1, ref a11, ref b11);
            }

            if (TPixels.Count > 12)
            {
                Add<TRegisters>(TLanes.Broadcast(p[12 * TStep.Count]), w0, w1, ref a12, ref b12);
            }

            if (TPixels.Count > 13)
            {
                Add<TRegisters>(TLanes.Broadcast(p[13 * TStep.Count]), w0, w1, ref a13, ref b13);
            }

            panel += TTerms.Count == 1 ? 0 : TRegisters.Count * TLanes.Count;
        }

        sums = Put<TRegisters>(sums, a0, b0, add);
        sums = Put<TRegisters>(sums, a1, b1, add);
        sums = Put<TRegisters>(sums, a2, b2, add);
        sums = Put<TRegisters>(sums, a3, b3, add);

        if (TPixels.Count > 4)
        {
            sums = Put<TRegisters>(sums, a4, b4, add);
        }

        if (TPixels.Count > 5)
        {
            sums = Put<TRegisters>(sums, a5, b5, add);
        }

        if (TPixels.Count > 6)
        {
            sums = Put<TRegisters>(sums, a6, b6, add);
        }

        if (TPixels.Count > 7)
        {
            sums = Put<TRegisters>(sums, a7, b7, add);
        }

        if (TPixels.Count > 8)
        {
            sums = Put<TRegisters>(sums, a8, b8, add);
        }

        if (TPixels.Count > 9)
        {
            sums = Put<TRegisters>(sums, a9, b9, add);
        }

        if (TPixels.Count > 10)
        {
            sums = Put<TRegisters>(sums, a10, b10, add);
        }

        if (TPixels.Count > 11)
        {
            sums = Put<TRegisters>(sums, a11, b11, add);
        }

        if (TPixels.Count > 12)
        {
            sums = Put<TRegisters>(sums, a12, b12, add);
        }

        if (TPixels.Count > 13)
        {
            sums = Put<TRegisters>(sums, a13, b13, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add<TRegisters>(TVector x, TVector w0, TVector w1, ref TVector a, ref TVector b)
        where TRegisters : struct, ITileExtent
    {
        a = TLanes.MultiplyAdd(x, w0, a);
        if (TRegisters.Count == 2)
        {
            b = TLanes.MultiplyAdd(x, w1, b);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float* Put<TRegisters>(float* sums, TVector a, TVector b, bool add)
        where TRegisters : struct, ITileExtent
    {
        TLanes.Store(add ? TLanes.Add(TLanes.Load(sums), a) : a, sums);
        if (TRegisters.Count == 2)
        {
            TLanes.Store(add ? TLanes.Add(TLanes.Load(sums + TLanes.Count), b) : b, sums + TLanes.Count);
        }

        return sums + (TRegisters.Count * TLanes.Count);
    }
}
