using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Cpu.Reduction;

namespace Ashlar.Cpu.Library;

/// <summary>Window reductions whose order shows in no bit: the rows of a window are combined into one line in the first-level cache, then the line's columns.</summary>
/// <remarks>Each row is loaded whole and once for each window that it is in; the strided loads, the dearer ones, are as many as the window is wide, not as it is large.</remarks>
static unsafe class WindowLine<T, TOperation>
    where T : unmanaged, INumber<T>
    where TOperation : struct, IReduction<T>
{
    // A line of float64 in half of the first-level cache.
    const int MostWidth = 2048;

    /// <summary>Whether a window operation is computed this way.</summary>
    public static bool Fits(WindowFrame frame) => !ReductionOrder<T, TOperation>.Matters && frame.WindowDepth == 1 && frame.Depth == 1 && frame.WindowHeight > 1
        && ColumnLoad.Knows<T>(frame.Stride) && frame.OutWidth >= Vector256<T>.Count && frame.Width >= Vector256<T>.Count && frame.Width <= MostWidth && frame.WindowWidth <= frame.Width
        && !(frame.Is(2, 2, 2) && sizeof(T) >= 4);

    /// <param name="frame">The geometry.</param>
    /// <param name="input">[planes, height, width].</param>
    /// <param name="output">[planes, height, width] of results.</param>
    /// <param name="first">First row of results.</param>
    /// <param name="end">One past the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(WindowFrame frame, T* input, T* output, int first, int end)
    {
        int count = Vector256<T>.Count;
        int stride = frame.Stride;
        int size = frame.OutWidth;
        int window = frame.WindowWidth;

        // Padding before and behind the row combines to nothing.
        int length = frame.Low + frame.Width + window + (2 * count);
        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        T* line = (T*)scratch.Take((nint)length * sizeof(T));
        new Span<T>(line, length).Fill(TOperation.Identity);
        var row = new WindowRow(frame, first);
        T* y = output + ((nint)first * size);
        for (int r = first; r < end; r++, y += size, row.Next())
        {
            T* top = input + ((nint)row.Plane * frame.Plane) + row.Corner + frame.Low + (row.FirstHeight * frame.Width);
            Down(top, frame.Width, row.EndHeight - row.FirstHeight, line + frame.Low);
            for (int column = 0; column < size; column += count)
            {
                // The last vector overlaps the one before.
                column = Math.Min(column, size - count);
                Along(line + (column * stride), window, stride).Store(y + column);
            }
        }

        scratch.Release(mark);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Down(T* top, int width, int rows, T* line)
    {
        if (Vector512.IsHardwareAccelerated && width >= Vector512<T>.Count && rows == 3)
        {
            T* middle = top + width;
            T* bottom = middle + width;
            for (int i = 0; i < width; i += Vector512<T>.Count)
            {
                i = Math.Min(i, width - Vector512<T>.Count);
                TOperation.Combine(TOperation.Combine(Vector512.Load(top + i), Vector512.Load(middle + i)), Vector512.Load(bottom + i)).Store(line + i);
            }

            return;
        }

        int count = Vector256<T>.Count;
        for (int i = 0; i < width; i += count)
        {
            i = Math.Min(i, width - count);
            T* x = top + i;
            Vector256<T> combined = rows == 0 ? Vector256.Create(TOperation.Identity) : Vector256.Load(x);
            for (int h = 1; h < rows; h++)
            {
                x += width;
                combined = TOperation.Combine(combined, Vector256.Load(x));
            }

            combined.Store(line + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> Along(T* line, int window, int stride)
    {
        if (stride == 2 && window == 3)
        {
            ColumnLoad.Split(Vector256.Load(line), Vector256.Load(line + Vector256<T>.Count), out Vector256<T> even, out Vector256<T> odd);
            return TOperation.Combine(TOperation.Combine(even, odd), ColumnLoad.Load(line + 2, stride));
        }

        Vector256<T> combined = ColumnLoad.Load(line, stride);
        for (int w = 1; w < window; w++)
        {
            combined = TOperation.Combine(combined, ColumnLoad.Load(line + w, stride));
        }

        return combined;
    }
}
