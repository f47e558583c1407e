using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>A tile whose registers hold outputs: neighbouring pixels of one row, two rows or one column, each broadcast from where it lies, by one or two registers of outputs, over one chunk of k.</summary>
/// <remarks>
/// Each element is one chain of <see cref="ILanes{T, TVector}.MultiplyAdd"/> along k that starts from +0; the chunk's sum is then stored, or added to what the sums hold.
/// Pixels are read one at a time, so no line of the cache is crossed and nothing is packed, wherever a window begins. Fourteen pixels by two registers are twenty-eight of thirty-two registers, six twelve of sixteen.
/// </remarks>
static unsafe class BroadcastTile<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : struct, ILanes<float, TVector>
{
    /// <param name="pixels">1, or 4 to 14.</param>
    /// <param name="registers">Registers of outputs, 1 or 2.</param>
    /// <param name="form">How the pixels lie; those of a column come with terms, those of two rows without, and each row half of them.</param>
    /// <param name="step">Elements from one pixel to the next, 1 or 2 in a row; of two rows, which are read side by side, from the first to the second.</param>
    /// <param name="x">The first pixel.</param>
    /// <param name="places">[depth] where each k is, from the pixel.</param>
    /// <param name="terms">[depth] which k of the panel each is, or null for all in order.</param>
    /// <param name="depth">Extent of k, 0 to 256, or as many terms of it.</param>
    /// <param name="panel">[k, outputs] weights.</param>
    /// <param name="sums">[pixels, outputs].</param>
    /// <param name="sumStep">Elements from the sums of one pixel of a column to those of the next, and from one row to the other.</param>
    /// <param name="addends">What is added to: the sums, or as many -0, which change nothing.</param>
    /// <param name="ahead">What is fetched meanwhile.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(int pixels, int registers, PixelTileForm form, nint step, float* x, int* places, int* terms, nint depth, float* panel, float* sums, nint sumStep, float* addends, in TileAhead ahead)
    {
        if (registers == 2)
        {
            Run<Two>(pixels, form, step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
        }
        else
        {
            Run<One>(pixels, form, step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Run<TRegisters>(int pixels, PixelTileForm form, nint step, float* x, int* places, int* terms, nint depth, float* panel, float* sums, nint sumStep, float* addends, in TileAhead ahead)
        where TRegisters : struct, ITileExtent
    {
        if (form == PixelTileForm.Column)
        {
            Run<TRegisters, Zero, One>(pixels, step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
        }
        else if (form == PixelTileForm.TwoRows)
        {
            Run<TRegisters, Four, Zero>(pixels, step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
        }
        else if (step == 1 && terms == null)
        {
            Run<TRegisters, One, Zero>(pixels, step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
        }
        else if (step == 1)
        {
            Run<TRegisters, One, One>(pixels, step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
        }
        else if (terms == null)
        {
            Run<TRegisters, Two, Zero>(pixels, step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
        }
        else
        {
            Run<TRegisters, Two, One>(pixels, step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
        }
    }

    // The step between pixels is 1 or 2 in a row; 0 stands for a column, 4 for two rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Run<TRegisters, TStep, TTerms>(int pixels, nint step, float* x, int* places, int* terms, nint depth, float* panel, float* sums, nint sumStep, float* addends, in TileAhead ahead)
        where TRegisters : struct, ITileExtent
        where TStep : struct, ITileExtent
        where TTerms : struct, ITileExtent
    {
        switch (pixels)
        {
            case 14:
                Tile<Fourteen, TRegisters, TStep, TTerms>(step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
                break;
            case 13:
                Tile<Thirteen, TRegisters, TStep, TTerms>(step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
                break;
            case 12:
                Tile<Twelve, TRegisters, TStep, TTerms>(step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
                break;
            case 11:
                Tile<Eleven, TRegisters, TStep, TTerms>(step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
                break;
            case 10:
                Tile<Ten, TRegisters, TStep, TTerms>(step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
                break;
            case 9:
                Tile<Nine, TRegisters, TStep, TTerms>(step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
                break;
            case 8:
                Tile<Eight, TRegisters, TStep, TTerms>(step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
                break;
            case 7:
                Tile<Seven, TRegisters, TStep, TTerms>(step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
                break;
            case 6:
                Tile<Six, TRegisters, TStep, TTerms>(step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
                break;
            case 5:
                Tile<Five, TRegisters, TStep, TTerms>(step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
                break;
            case 1:
                Tile<One, TRegisters, TStep, TTerms>(step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
                break;
            default:
                Tile<Four, TRegisters, TStep, TTerms>(step, x, places, terms, depth, panel, sums, sumStep, addends, in ahead);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Tile<TPixels, TRegisters, TStep, TTerms>(nint step, float* x, int* places, int* terms, nint depth, float* panel, float* sums, nint sumStep, float* addends, in TileAhead ahead)
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
        (nint one, nint two, nint three) = TStep.Count == 0 ? (step, 2 * step, 3 * step) : default;
        byte* line = ahead.First;
        nint lineStep = ahead.FirstStep;
        int* end = places + depth;
        int* stop = places + Math.Min(depth, ahead.FirstCount);
        bool isRest;
        do
        {
            for (; places < stop; places++)
            {
                if (Sse.IsSupported)
                {
                    Sse.Prefetch1(line);
                    line += lineStep;
                }

                float* p = x + *places;
                float* w = TTerms.Count == 1 ? panel + ((nint)(*terms++) * TRegisters.Count * TLanes.Count) : panel;
                TVector w0 = TLanes.Load(w);
                TVector w1 = TRegisters.Count == 2 ? TLanes.Load(w + TLanes.Count) : default;
                float* p4 = TStep.Count == 0 ? p + (4 * step) : TStep.Count == 4 ? p + step : p;
                float* p8 = TStep.Count == 0 ? p4 + (4 * step) : p4;
                float* p12 = TStep.Count == 0 ? p8 + (4 * step) : p4;
                Add<TRegisters>(TLanes.Broadcast(*p), w0, w1, ref a0, ref b0);
                if (TPixels.Count > 1)
                {
                    Add<TRegisters>(Pixel<TPixels, TStep>(p, p, 1, one), w0, w1, ref a1, ref b1);
                    Add<TRegisters>(Pixel<TPixels, TStep>(p, p, 2, two), w0, w1, ref a2, ref b2);
                    Add<TRegisters>(Pixel<TPixels, TStep>(p, p, 3, three), w0, w1, ref a3, ref b3);
                }

                if (TPixels.Count > 4)
                {
                    Add<TRegisters>(Pixel<TPixels, TStep>(p, p4, 4, 0), w0, w1, ref a4, ref b4);
                }

                if (TPixels.Count > 5)
                {
                    Add<TRegisters>(Pixel<TPixels, TStep>(p, p4, 5, one), w0, w1, ref a5, ref b5);
                }

                if (TPixels.Count > 6)
                {
                    Add<TRegisters>(Pixel<TPixels, TStep>(p, p4, 6, two), w0, w1, ref a6, ref b6);
                }

                if (TPixels.Count > 7)
                {
                    Add<TRegisters>(Pixel<TPixels, TStep>(p, p4, 7, three), w0, w1, ref a7, ref b7);
                }

                if (TPixels.Count > 8)
                {
                    Add<TRegisters>(Pixel<TPixels, TStep>(p, p8, 8, 0), w0, w1, ref a8, ref b8);
                }

                if (TPixels.Count > 9)
                {
                    Add<TRegisters>(Pixel<TPixels, TStep>(p, p8, 9, one), w0, w1, ref a9, ref b9);
                }

                if (TPixels.Count > 10)
                {
                    Add<TRegisters>(Pixel<TPixels, TStep>(p, p8, 10, two), w0, w1, ref a10, ref b10);
                }

                if (TPixels.Count > 11)
                {
                    Add<TRegisters>(Pixel<TPixels, TStep>(p, p8, 11, three), w0, w1, ref a11, ref b11);
                }

                if (TPixels.Count > 12)
                {
                    Add<TRegisters>(Pixel<TPixels, TStep>(p, p12, 12, 0), w0, w1, ref a12, ref b12);
                }

                if (TPixels.Count > 13)
                {
                    Add<TRegisters>(Pixel<TPixels, TStep>(p, p12, 13, one), w0, w1, ref a13, ref b13);
                }

                panel += TTerms.Count == 1 ? 0 : TRegisters.Count * TLanes.Count;
            }

            isRest = stop == end;
            line = ahead.Rest;
            lineStep = ahead.RestStep;
            stop = end;
        }
        while (!isRest);

        nint addendStep = addends == sums ? sumStep : 0;
        Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 0, a0, b0);
        if (TPixels.Count > 1)
        {
            Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 1, a1, b1);
            Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 2, a2, b2);
            Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 3, a3, b3);
        }

        if (TPixels.Count > 4)
        {
            Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 4, a4, b4);
        }

        if (TPixels.Count > 5)
        {
            Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 5, a5, b5);
        }

        if (TPixels.Count > 6)
        {
            Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 6, a6, b6);
        }

        if (TPixels.Count > 7)
        {
            Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 7, a7, b7);
        }

        if (TPixels.Count > 8)
        {
            Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 8, a8, b8);
        }

        if (TPixels.Count > 9)
        {
            Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 9, a9, b9);
        }

        if (TPixels.Count > 10)
        {
            Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 10, a10, b10);
        }

        if (TPixels.Count > 11)
        {
            Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 11, a11, b11);
        }

        if (TPixels.Count > 12)
        {
            Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 12, a12, b12);
        }

        if (TPixels.Count > 13)
        {
            Put<TPixels, TRegisters, TStep>(sums, sumStep, addends, addendStep, 13, a13, b13);
        }
    }

    // A pixel: a constant from the first of a row, or from one of every fourth of a column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TVector Pixel<TPixels, TStep>(float* first, float* other, int pixel, nint rest)
        where TPixels : struct, ITileExtent
        where TStep : struct, ITileExtent
    {
        if (TStep.Count == 0)
        {
            return TLanes.Broadcast(other[rest]);
        }

        if (TStep.Count == 4 && pixel >= TPixels.Count / 2)
        {
            return TLanes.Broadcast(other[pixel - (TPixels.Count / 2)]);
        }

        return TLanes.Broadcast(first[TStep.Count == 4 ? pixel : pixel * TStep.Count]);
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
    static void Put<TPixels, TRegisters, TStep>(float* sums, nint step, float* addends, nint addendStep, int pixel, TVector a, TVector b)
        where TPixels : struct, ITileExtent
        where TRegisters : struct, ITileExtent
        where TStep : struct, ITileExtent
    {
        sums = SumsOf<TPixels, TRegisters, TStep>(sums, step, pixel);
        addends = SumsOf<TPixels, TRegisters, TStep>(addends, addendStep, pixel);
        TLanes.Store(TLanes.Add(TLanes.Load(addends), a), sums);
        if (TRegisters.Count == 2)
        {
            TLanes.Store(TLanes.Add(TLanes.Load(addends + TLanes.Count), b), sums + TLanes.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static float* SumsOf<TPixels, TRegisters, TStep>(float* sums, nint step, int pixel)
        where TPixels : struct, ITileExtent
        where TRegisters : struct, ITileExtent
        where TStep : struct, ITileExtent
    {
        bool isSecondRow = TStep.Count == 4 && pixel >= TPixels.Count / 2;
        sums += TStep.Count == 0 ? pixel * step : (isSecondRow ? pixel - (TPixels.Count / 2) : pixel) * TRegisters.Count * TLanes.Count;
        return sums + (isSecondRow ? step : 0);
    }
}
