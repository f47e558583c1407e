using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>The transformations of F(4 × 4, 3 × 3) at the points 0, ±1, ±2 and ∞, for eight channels at a time.</summary>
/// <remarks>Products and sums are rounded one by one, in an order fixed here, so every machine has the same bits.</remarks>
static unsafe class WinogradTile
{
    /// <summary>Results of a tile along one axis.</summary>
    public const int Output = 4;

    /// <summary>Elements of the input that a tile reads along one axis.</summary>
    public const int Side = 6;

    /// <summary>Numbers into which a tile is transformed.</summary>
    public const int Numbers = Side * Side;

    /// <summary>Channels at a time.</summary>
    public const int Lanes = 8;

    /// <summary>One tile of the input.</summary>
    /// <param name="source">[6, 6, lanes] with steps.</param>
    /// <param name="rowStep">From one row to the next.</param>
    /// <param name="columnStep">From one column to the next.</param>
    /// <param name="target">[36, lanes] with a step.</param>
    /// <param name="step">From one number to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformInput(float* source, nint rowStep, nint columnStep, float* target, nint step)
    {
        float* between = stackalloc float[Numbers * Lanes];
        for (int column = 0; column < Side; column++)
        {
            Input(source + (column * columnStep), rowStep, between + (column * Lanes), Side * Lanes);
        }

        for (int row = 0; row < Side; row++)
        {
            Input(between + (row * Side * Lanes), Lanes, target + (row * Side * step), step);
        }
    }

    /// <summary>The kernels of eight outputs.</summary>
    /// <param name="source">[lanes, 3, 3] with steps.</param>
    /// <param name="laneStep">From one output to the next.</param>
    /// <param name="rowStep">From one row to the next.</param>
    /// <param name="columnStep">From one column to the next.</param>
    /// <param name="target">[36, lanes] with a step.</param>
    /// <param name="step">From one number to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformKernels(float* source, nint laneStep, nint rowStep, nint columnStep, float* target, nint step)
    {
        float* between = stackalloc float[Side * 3 * Lanes];
        for (int column = 0; column < 3; column++)
        {
            float* w = source + (column * columnStep);
            Kernel(Gather(w, laneStep), Gather(w + rowStep, laneStep), Gather(w + (2 * rowStep), laneStep), between + (column * Lanes), 3 * Lanes);
        }

        for (int row = 0; row < Side; row++)
        {
            float* w = between + (row * 3 * Lanes);
            Kernel(Vector256.Load(w), Vector256.Load(w + Lanes), Vector256.Load(w + (2 * Lanes)), target + (row * Side * step), step);
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
        float* between = stackalloc float[Output * Side * Lanes];
        for (int column = 0; column < Side; column++)
        {
            Result(source + (column * step), Side * step, between + (column * Lanes), Side * Lanes);
        }

        for (int row = 0; row < Output; row++)
        {
            Result(between + (row * Side * Lanes), Lanes, target + (row * rowStep), Lanes);
        }
    }

    /// <summary>target[lane · step + column] = source[column, lane].</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Separate(float* source, int columns, float* target, nint step)
    {
        int side = BlockTranspose.Side<float>();
        if (columns < side || step > int.MaxValue)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                for (int column = 0; column < columns; column++)
                {
                    target[(lane * step) + column] = source[(column * Lanes) + lane];
                }
            }

            return;
        }

        int* rows = stackalloc int[side];
        for (int i = 0; i < side; i++)
        {
            rows[i] = i * Lanes;
        }

        for (int column = 0; column < columns; column += side)
        {
            int at = Math.Min(column, columns - side);
            BlockTranspose.Run(source + (at * Lanes), rows, Lanes, target + at, (int)step);
        }
    }

    // Bᵀ of the paper.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Input(float* source, nint from, float* target, nint to)
    {
        Vector256<float> d0 = Vector256.Load(source);
        Vector256<float> d1 = Vector256.Load(source + from);
        Vector256<float> d2 = Vector256.Load(source + (2 * from));
        Vector256<float> d3 = Vector256.Load(source + (3 * from));
        Vector256<float> d4 = Vector256.Load(source + (4 * from));
        Vector256<float> d5 = Vector256.Load(source + (5 * from));
        Vector256<float> even = d4 - (d2 * 4f);
        Vector256<float> odd = d3 - (d1 * 4f);
        Vector256<float> evenByTwo = d4 - d2;
        Vector256<float> oddByTwo = (d3 - d1) * 2f;
        Vector256.Store(((d0 - d2) * 4f) + (d4 - d2), target);
        Vector256.Store(even + odd, target + to);
        Vector256.Store(even - odd, target + (2 * to));
        Vector256.Store(evenByTwo + oddByTwo, target + (3 * to));
        Vector256.Store(evenByTwo - oddByTwo, target + (4 * to));
        Vector256.Store(((d1 - d3) * 4f) + (d5 - d3), target + (5 * to));
    }

    // G of the paper.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Kernel(Vector256<float> g0, Vector256<float> g1, Vector256<float> g2, float* target, nint to)
    {
        Vector256<float> sum = (g0 + g2) * (-1f / 6);
        Vector256<float> middle = g1 * (1f / 6);
        Vector256<float> wide = (g0 * (1f / 24)) + (g2 * (1f / 6));
        Vector256<float> wideMiddle = g1 * (1f / 12);
        Vector256.Store(g0 * 0.25f, target);
        Vector256.Store(sum - middle, target + to);
        Vector256.Store(sum + middle, target + (2 * to));
        Vector256.Store(wide + wideMiddle, target + (3 * to));
        Vector256.Store(wide - wideMiddle, target + (4 * to));
        Vector256.Store(g2, target + (5 * to));
    }

    // Aᵀ of the paper.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Result(float* source, nint from, float* target, nint to)
    {
        Vector256<float> m0 = Vector256.Load(source);
        Vector256<float> m1 = Vector256.Load(source + from);
        Vector256<float> m2 = Vector256.Load(source + (2 * from));
        Vector256<float> m3 = Vector256.Load(source + (3 * from));
        Vector256<float> m4 = Vector256.Load(source + (4 * from));
        Vector256<float> m5 = Vector256.Load(source + (5 * from));
        Vector256<float> sum = m1 + m2;
        Vector256<float> difference = m1 - m2;
        Vector256<float> sumByTwo = m3 + m4;
        Vector256<float> differenceByTwo = m3 - m4;
        Vector256.Store(m0 + sum + sumByTwo, target);
        Vector256.Store(difference + (differenceByTwo * 2f), target + to);
        Vector256.Store(sum + (sumByTwo * 4f), target + (2 * to));
        Vector256.Store(difference + (differenceByTwo * 8f) + m5, target + (3 * to));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<float> Gather(float* source, nint step) => Vector256.Create(
        source[0], source[step], source[2 * step], source[3 * step], source[4 * step], source[5 * step], source[6 * step], source[7 * step]);
}
