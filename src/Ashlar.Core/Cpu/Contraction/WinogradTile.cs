using System.Runtime.CompilerServices;
using Ashlar.Cpu.Library;

namespace Ashlar.Cpu.Contraction;

/// <summary>The transformations of F(4 × 4, 3 × 3) at the points 0, ±1, ±2 and ∞, for as many channels at a time as a register has lanes.</summary>
/// <remarks>Products and sums are rounded one by one, in an order fixed here, so every machine and every width has the same bits.</remarks>
/// <typeparam name="TLane">The register.</typeparam>
static unsafe class WinogradTile<TLane>
    where TLane : unmanaged, ILane<TLane, float>
{
    /// <summary>One tile of the input.</summary>
    /// <param name="source">[6, 6, lanes], rows with a step.</param>
    /// <param name="rowStep">From one row to the next.</param>
    /// <param name="target">[36, lanes] with a step.</param>
    /// <param name="step">From one number to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformInput(float* source, nint rowStep, float* target, nint step)
    {
        float* between = stackalloc float[WinogradConvolution.Numbers * TLane.Count];
        for (int column = 0; column < WinogradConvolution.Side; column++)
        {
            Input(source + (column * TLane.Count), rowStep, between + (column * TLane.Count), WinogradConvolution.Side * TLane.Count);
        }

        for (int row = 0; row < WinogradConvolution.Side; row++)
        {
            Input(between + (row * WinogradConvolution.Side * TLane.Count), TLane.Count, target + (row * WinogradConvolution.Side * step), step);
        }
    }

    /// <summary>The kernels of as many outputs as there are lanes, for one channel.</summary>
    /// <param name="source">[3, 3, lanes].</param>
    /// <param name="target">[36, lanes] with a step.</param>
    /// <param name="step">From one number to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformKernels(float* source, float* target, nint step)
    {
        float* between = stackalloc float[WinogradConvolution.Side * WinogradConvolution.Window * TLane.Count];
        for (int column = 0; column < WinogradConvolution.Window; column++)
        {
            Kernel(source + (column * TLane.Count), WinogradConvolution.Window * TLane.Count, between + (column * TLane.Count), WinogradConvolution.Window * TLane.Count);
        }

        for (int row = 0; row < WinogradConvolution.Side; row++)
        {
            Kernel(between + (row * WinogradConvolution.Window * TLane.Count), TLane.Count, target + (row * WinogradConvolution.Side * step), step);
        }
    }

    /// <summary>One tile of results.</summary>
    /// <param name="source">[36, lanes] with a step.</param>
    /// <param name="step">From one number to the next.</param>
    /// <param name="target">[4, 4, lanes], rows with a step.</param>
    /// <param name="rowStep">From one row to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformResult(float* source, nint step, float* target, nint rowStep)
    {
        float* between = stackalloc float[WinogradConvolution.Tile * WinogradConvolution.Side * TLane.Count];
        for (int column = 0; column < WinogradConvolution.Side; column++)
        {
            Result(source + (column * step), WinogradConvolution.Side * step, between + (column * TLane.Count), WinogradConvolution.Side * TLane.Count);
        }

        for (int row = 0; row < WinogradConvolution.Tile; row++)
        {
            Result(between + (row * WinogradConvolution.Side * TLane.Count), TLane.Count, target + (row * rowStep), TLane.Count);
        }
    }

    /// <summary>target[column · step + lane] = source[lane · laneStep + column · columnStep]: lanes from apart, side by side.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(float* source, int laneStep, int columnStep, int columns, float* target, nint step)
    {
        int* lanes = stackalloc int[TLane.Count];
        for (int lane = 0; lane < TLane.Count; lane++)
        {
            lanes[lane] = lane * laneStep;
        }

        Join(source, lanes, columnStep, columns, target, step);
    }

    /// <summary>target[column · step + lane] = source[lanes[lane] + column · columnStep].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(float* source, int* lanes, int columnStep, int columns, float* target, nint step)
    {
        if (columnStep == 1 && TLane.Count == BlockTranspose512.Side && BlockTranspose512.IsSupported)
        {
            BlockTranspose512.Run(source, lanes, columns, target, step, 1);
            return;
        }

        if (columnStep == 1 && TLane.Count == BlockTranspose.Side<float>() && columns >= TLane.Count)
        {
            BlockTranspose.Run(source, lanes, columns, target, (int)step);
            return;
        }

        for (int lane = 0; lane < TLane.Count; lane++)
        {
            for (int column = 0; column < columns; column++)
            {
                target[(column * step) + lane] = source[lanes[lane] + ((nint)column * columnStep)];
            }
        }
    }

    /// <summary>target[lane · step + column] = source[column, lane] for the first lanes.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Separate(float* source, int columns, int lanes, float* target, int step)
    {
        bool isWide = TLane.Count == BlockTranspose512.Side && BlockTranspose512.IsSupported;
        if (columns < TLane.Count || (!isWide && (lanes < TLane.Count || TLane.Count != BlockTranspose.Side<float>())))
        {
            for (int lane = 0; lane < lanes; lane++)
            {
                for (int column = 0; column < columns; column++)
                {
                    target[((nint)lane * step) + column] = source[(column * TLane.Count) + lane];
                }
            }

            return;
        }

        int* rows = stackalloc int[TLane.Count];
        for (int i = 0; i < TLane.Count; i++)
        {
            rows[i] = i * TLane.Count;
        }

        for (int column = 0; column < columns; column += TLane.Count)
        {
            // The last block reaches back.
            int at = Math.Min(column, columns - TLane.Count);
            if (isWide)
            {
                BlockTranspose512.Run(source + (at * TLane.Count), rows, lanes, target + at, step, 1);
            }
            else
            {
                BlockTranspose.Run(source + (at * TLane.Count), rows, TLane.Count, target + at, step);
            }
        }
    }

    // Bᵀ of the paper.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Input(float* source, nint from, float* target, nint to)
    {
        TLane four = TLane.Broadcast(4);
        TLane d0 = TLane.Load(source);
        TLane d1 = TLane.Load(source + from);
        TLane d2 = TLane.Load(source + (2 * from));
        TLane d3 = TLane.Load(source + (3 * from));
        TLane d4 = TLane.Load(source + (4 * from));
        TLane d5 = TLane.Load(source + (5 * from));
        TLane even = d4 - (d2 * four);
        TLane odd = d3 - (d1 * four);
        TLane evenByTwo = d4 - d2;
        TLane oddByTwo = (d3 - d1) * TLane.Broadcast(2);
        (((d0 - d2) * four) + (d4 - d2)).Store(target);
        (even + odd).Store(target + to);
        (even - odd).Store(target + (2 * to));
        (evenByTwo + oddByTwo).Store(target + (3 * to));
        (evenByTwo - oddByTwo).Store(target + (4 * to));
        (((d1 - d3) * four) + (d5 - d3)).Store(target + (5 * to));
    }

    // G of the paper.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Kernel(float* source, nint from, float* target, nint to)
    {
        TLane sixth = TLane.Broadcast(1f / 6);
        TLane g0 = TLane.Load(source);
        TLane g1 = TLane.Load(source + from);
        TLane g2 = TLane.Load(source + (2 * from));
        TLane sum = (g0 + g2) * TLane.Broadcast(-1f / 6);
        TLane middle = g1 * sixth;
        TLane wide = (g0 * TLane.Broadcast(1f / 24)) + (g2 * sixth);
        TLane wideMiddle = g1 * TLane.Broadcast(1f / 12);
        (g0 * TLane.Broadcast(0.25f)).Store(target);
        (sum - middle).Store(target + to);
        (sum + middle).Store(target + (2 * to));
        (wide + wideMiddle).Store(target + (3 * to));
        (wide - wideMiddle).Store(target + (4 * to));
        g2.Store(target + (5 * to));
    }

    // Aᵀ of the paper.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Result(float* source, nint from, float* target, nint to)
    {
        TLane m0 = TLane.Load(source);
        TLane m1 = TLane.Load(source + from);
        TLane m2 = TLane.Load(source + (2 * from));
        TLane m3 = TLane.Load(source + (3 * from));
        TLane m4 = TLane.Load(source + (4 * from));
        TLane m5 = TLane.Load(source + (5 * from));
        TLane sum = m1 + m2;
        TLane difference = m1 - m2;
        TLane sumByTwo = m3 + m4;
        TLane differenceByTwo = m3 - m4;
        (m0 + sum + sumByTwo).Store(target);
        (difference + (differenceByTwo * TLane.Broadcast(2))).Store(target + to);
        (sum + (sumByTwo * TLane.Broadcast(4))).Store(target + (2 * to));
        (difference + (differenceByTwo * TLane.Broadcast(8)) + m5).Store(target + (3 * to));
    }
}
