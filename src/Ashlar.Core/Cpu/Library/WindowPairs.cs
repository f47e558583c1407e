using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Ashlar.Cpu.Reduction;

namespace Ashlar.Cpu.Library;

/// <summary>Maxima and minima of windows of 3 × 3 two apart, in registers of 512 bits: the rows of a window are combined, then its columns, and nothing is stored but results.</summary>
/// <remarks>A line of combined rows in memory would be read across what was just stored, which waits for the stores. A row of padding is another row of the same window once more.
/// Loads that cross lines of the cache set the speed; fetching ahead gained nothing.</remarks>
static unsafe class WindowPairs<T, TOperation>
    where T : unmanaged, INumber<T>
    where TOperation : struct, IReduction<T>
{
    const int Window = 3;
    const int Lanes = 16;

    // Fewer results waste too much of a register.
    const int LeastResults = 6;

    /// <summary>Whether a window operation is computed this way.</summary>
    public static bool Fits(WindowFrame frame) => Avx512F.IsSupported && sizeof(T) == sizeof(float) && typeof(TOperation) != typeof(SumOf<T>)
        && frame.Is(Window, Window, 2) && frame.Depth == 1 && frame.OutWidth >= LeastResults && EachHasARow(frame);

    /// <param name="frame">The geometry.</param>
    /// <param name="input">[planes, height, width].</param>
    /// <param name="output">[planes, height, width] of results.</param>
    /// <param name="first">First row of results.</param>
    /// <param name="end">One past the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(WindowFrame frame, T* input, T* output, int first, int end)
    {
        int size = frame.OutWidth;
        int width = frame.Width;
        int low = frame.Low;
        int plane = frame.Plane;
        int firstInside = frame.FirstInside;
        int endInside = frame.EndInside;
        var row = new WindowRow(frame, first);
        T* y = output + ((nint)first * size);
        for (int r = first; r < end; r++, y += size, row.Next())
        {
            int rows = row.EndHeight - row.FirstHeight;
            T* top = input + ((nint)row.Plane * plane) + row.Corner + (row.FirstHeight * width);
            T* middle = rows > 1 ? top + width : top;
            T* bottom = rows > 2 ? middle + width : middle;
            for (int column = 0; column < size; column += Lanes)
            {
                // The last register overlaps the one before.
                column = Math.Max(0, Math.Min(column, size - Lanes));
                nint at = 2 * column;
                if (column >= firstInside && column + Lanes <= endInside)
                {
                    Vector512<T> left = Down(Vector512.Load(top + at), Vector512.Load(middle + at), Vector512.Load(bottom + at));
                    at += Lanes;
                    Vector512<T> right = Down(Vector512.Load(top + at), Vector512.Load(middle + at), Vector512.Load(bottom + at));
                    at += Lanes;
                    Vector512<T> last = Down(Vector512.Create(top[at]), Vector512.Create(middle[at]), Vector512.Create(bottom[at]));
                    Along(left, right, last).Store(y + column);
                }
                else
                {
                    int place = (int)at - low;
                    Vector512<T> left = Part(top + at, middle + at, bottom + at, place, width);
                    at += Lanes;
                    Vector512<T> right = Part(top + at, middle + at, bottom + at, place + Lanes, width);
                    at += Lanes;
                    Vector512<T> last = Part(top + at, middle + at, bottom + at, place + (2 * Lanes), Math.Min(width, place + (2 * Lanes) + 1));
                    Avx512F.MaskStore((float*)(y + column), Inside(0, size - column), Along(left, right, last).AsSingle());
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> Down(Vector512<T> top, Vector512<T> middle, Vector512<T> bottom) => TOperation.Combine(TOperation.Combine(top, middle), bottom);

    // Lanes outside the row combine to nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> Part(T* top, T* middle, T* bottom, int place, int width)
    {
        Vector512<float> inside = Inside(place, width);
        return Down(Load(top, inside), Load(middle, inside), Load(bottom, inside));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> Load(T* source, Vector512<float> inside) =>
        Avx512F.MaskLoad((float*)source, inside, Vector512.Create(TOperation.Identity).AsSingle()).As<float, T>();

    // The lanes whose places are neither negative nor too far.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<float> Inside(int place, int width) =>
        Vector512.LessThan((Vector512<int>.Indices + Vector512.Create(place)).AsUInt32(), Vector512.Create((uint)width)).AsSingle();

    // Columns 0, 2, 4, … with 1, 3, 5, … and 2, 4, 6, …, of which column 32 stands in lane 0 of its register.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<T> Along(Vector512<T> left, Vector512<T> right, Vector512<T> last)
    {
        Vector512<int> evens = Vector512<int>.Indices << 1;
        Vector512<int> even = Avx512F.PermuteVar16x32x2(left.AsInt32(), evens, right.AsInt32());
        Vector512<int> odd = Avx512F.PermuteVar16x32x2(left.AsInt32(), evens | Vector512<int>.One, right.AsInt32());
        Vector512<int> next = Avx512F.AlignRight32(last.AsInt32(), even, 1);
        return TOperation.Combine(TOperation.Combine(even.As<int, T>(), odd.As<int, T>()), next.As<int, T>());
    }

    static bool EachHasARow(WindowFrame frame) =>
        frame.HeightLow < Window && ((frame.OutHeight - 1) * frame.HeightStride) - frame.HeightLow < frame.Height;
}
