using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Ashlar.Cpu.Reduction;

namespace Ashlar.Cpu.Library;

/// <summary>Windows of 1 × 2 or 2 × 2 that tile narrow planes, sixteen results at a time, whatever rows they are in.</summary>
/// <remarks>Rows of the result lie behind each other, and so do the elements that they read: a register need not end where a row does. Order: the rows of a window first, then its columns, as the law's tree for two and four elements.</remarks>
static unsafe class WindowTiles<T, TOperation>
    where T : unmanaged, INumber<T>
    where TOperation : struct, IReduction<T>
{
    const int Lanes = 16;

    /// <summary>Whether a window operation is computed this way: of 2 × 2, where 1, 2, 4 or 8 results are a row.</summary>
    public static bool Fits(WindowFrame frame) => Avx512F.IsSupported && sizeof(T) == sizeof(float)
        && frame.Depth == 1 && frame.WindowWidth == 2 && frame.Is(frame.WindowHeight, 2, 2) && (frame.HeightLow, frame.Low) == (0, 0)
        && frame.Width == 2 * frame.OutWidth && frame.HeightStride == frame.WindowHeight && frame.Height == frame.WindowHeight * frame.OutHeight
        && (frame.WindowHeight == 1 || (frame.WindowHeight == 2 && frame.OutWidth < Lanes && BitOperations.IsPow2(frame.OutWidth)));

    /// <param name="frame">The geometry.</param>
    /// <param name="input">[planes, height, width].</param>
    /// <param name="output">[planes, height, width] of results.</param>
    /// <param name="first">First row of results.</param>
    /// <param name="end">One past the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(WindowFrame frame, T* input, T* output, int first, int end)
    {
        int height = frame.WindowHeight;
        int width = frame.Width;
        nint count = (nint)(end - first) * frame.OutWidth;
        T* x = input + ((nint)first * height * width);
        T* y = output + ((nint)first * frame.OutWidth);
        Vector512<int> evens = Vector512<int>.Indices << 1;

        // Of two registers that hold upper and lower rows in turn, the upper ones.
        Vector512<int> inRow = Vector512.Create(width - 1);
        Vector512<int> uppers = ((Vector512<int>.Indices & ~inRow) << 1) | (Vector512<int>.Indices & inRow);
        Vector512<int> lowers = uppers + Vector512.Create(width);
        for (nint i = 0; i < count && count >= Lanes; i += Lanes)
        {
            // The last results overlap those before; both begin where a row does.
            i = Math.Min(i, count - Lanes);
            T* at = x + (2 * height * i);
            Vector512<T> left = Vector512.Load(at);
            Vector512<T> right = Vector512.Load(at + Lanes);
            if (height == 2)
            {
                left = Down(left, right, uppers, lowers);
                right = Down(Vector512.Load(at + (2 * Lanes)), Vector512.Load(at + (3 * Lanes)), uppers, lowers);
            }

            Positive(TOperation.Combine(Pick(left, evens, right), Pick(left, evens | Vector512<int>.One, right))).Store(y + i);
        }

        for (nint i = 0; i < count && count < Lanes; i++)
        {
            T* at = x + (i / frame.OutWidth * height * width) + (i % frame.OutWidth * 2);
            T* below = at + ((height - 1) * width);
            T combined = height == 2 ? TOperation.Combine(TOperation.Combine(at[0], below[0]), TOperation.Combine(at[1], below[1])) : TOperation.Combine(at[0], at[1]);
            y[i] = ReductionOrder<T, TOperation>.Matters ? combined + T.Zero : combined;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> Down(Vector512<T> one, Vector512<T> two, Vector512<int> uppers, Vector512<int> lowers) => TOperation.Combine(Pick(one, uppers, two), Pick(one, lowers, two));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> Pick(Vector512<T> one, Vector512<int> indices, Vector512<T> two) => Avx512F.PermuteVar16x32x2(one.AsInt32(), indices, two.AsInt32()).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> Positive(Vector512<T> combined) => ReductionOrder<T, TOperation>.Matters ? combined + Vector512<T>.Zero : combined;
}
