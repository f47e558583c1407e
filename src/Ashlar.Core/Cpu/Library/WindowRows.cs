using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Cpu.Reduction;

namespace Ashlar.Cpu.Library;

/// <summary>Rows of a window reduction: vectors over neighbouring results, single results at the padded ends.</summary>
/// <remarks>A padded element of a sum is +0 in a lane that is never -0, so it is left out without a change of bits.
/// Where a sum is computed without lanes that start from +0, adding +0 at the end gives the sign of zero that the lanes would have given.</remarks>
static unsafe class WindowRows<T, TOperation>
    where T : unmanaged, INumber<T>
    where TOperation : struct, IReduction<T>
{
    const int MostLanes = RowReduction.LaneCount;

    // The order decides the bits of a floating sum only; everything else needs one lane.
    static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ReductionOrder<T, TOperation>.Matters ? MostLanes : 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(WindowFrame frame, byte* input, byte* output, int first, int end)
    {
        if (frame.IsWhole)
        {
            ReducePlanes((T*)input, (T*)output, first, end, frame.Plane);
            return;
        }

        if (WindowTiles<T, TOperation>.Fits(frame))
        {
            WindowTiles<T, TOperation>.Run(frame, (T*)input, (T*)output, first, end);
            return;
        }

        if (WindowTwos<T, TOperation>.Fits(frame))
        {
            WindowTwos<T, TOperation>.Run(frame, (T*)input, (T*)output, first, end);
            return;
        }

        if (WindowPairs<T, TOperation>.Fits(frame))
        {
            WindowPairs<T, TOperation>.Run(frame, (T*)input, (T*)output, first, end);
            return;
        }

        if (WindowLine<T, TOperation>.Fits(frame))
        {
            WindowLine<T, TOperation>.Run(frame, (T*)input, (T*)output, first, end);
            return;
        }

        Vector256<T>* lanes = stackalloc Vector256<T>[MostLanes];
        int count = Vector256<T>.Count;
        int firstInside = frame.FirstInside;
        int endInside = frame.EndInside;
        bool vectors = !IsLong(frame) && ColumnLoad.Knows<T>(frame.Stride) && endInside - firstInside >= count;
        bool two = frame.Is(2, 2, 2) && sizeof(T) >= 4;
        bool three = frame.Is(3, 3, frame.Stride) && vectors;
        int stride = frame.Stride;
        int width = frame.Width;
        int size = frame.OutWidth;
        int planeSize = frame.Plane;
        var row = new WindowRow(frame, first);
        T* y = (T*)output + ((nint)first * size);
        for (int r = first; r < end; r++, y += size, row.Next())
        {
            T* plane = (T*)input + ((nint)row.Plane * planeSize);
            T* corner = plane + row.Corner;
            bool whole = row.IsWhole;
            int column = 0;
            for (; column < firstInside; column++)
            {
                y[column] = Element(frame, in row, plane, column, (T*)lanes);
            }

            if (two && whole)
            {
                WindowTwos<T, TOperation>.Row(corner, width, y, column, endInside);
                column = endInside;
            }
            else if (vectors)
            {
                for (; column < endInside; column += count)
                {
                    // The last vector overlaps the one before: computing a result twice costs less than single results.
                    column = Math.Min(column, endInside - count);
                    T* p = corner + (column * stride);
                    Vector256<T> combined = three && whole ? ThreeByThree(p, width, stride) : Columns(frame, in row, p, lanes);
                    combined.Store(y + column);
                }
            }

            for (; column < size; column++)
            {
                y[column] = Element(frame, in row, plane, column, (T*)lanes);
            }
        }
    }

    // A window over all of its plane is a row like any other.
    static void ReducePlanes(T* input, T* output, int first, int end, int plane)
    {
        for (int r = first; r < end; r++)
        {
            output[r] = RowReduction.ReduceRow<T, TOperation>(input + ((nint)r * plane), plane);
        }
    }

    // The law's tree for nine: lane 8 joins lane 0, then lanes 4 to 7 join 0 to 3, then 2 and 3 join 0 and 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> ThreeByThree(T* p, int width, int stride)
    {
        T* q = p + width;
        T* s = q + width;
        Vector256<T> zero = TOperation.Combine(TOperation.Combine(ColumnLoad.Load(p, stride), ColumnLoad.Load(s + 2, stride)), ColumnLoad.Load(q + 1, stride));
        Vector256<T> one = TOperation.Combine(ColumnLoad.Load(p + 1, stride), ColumnLoad.Load(q + 2, stride));
        Vector256<T> two = TOperation.Combine(ColumnLoad.Load(p + 2, stride), ColumnLoad.Load(s, stride));
        Vector256<T> three = TOperation.Combine(ColumnLoad.Load(q, stride), ColumnLoad.Load(s + 1, stride));
        return Positive(TOperation.Combine(TOperation.Combine(zero, two), TOperation.Combine(one, three)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static Vector256<T> Columns(WindowFrame frame, in WindowRow row, T* corner, Vector256<T>* lanes)
    {
        int used = Math.Min(frame.Taps, Lanes);
        var only = Vector256.Create(TOperation.Identity);
        for (int lane = 0; lane < used; lane++)
        {
            lanes[lane] = only;
        }

        int stride = frame.Stride;
        int width = frame.WindowWidth;
        for (int d = row.FirstDepth; d < row.EndDepth; d++)
        {
            for (int h = row.FirstHeight; h < row.EndHeight; h++)
            {
                T* line = corner + (((d * frame.Height) + h) * frame.Width);
                int tap = ((d * frame.WindowHeight) + h) * width;
                for (int w = 0; w < width; w++)
                {
                    Vector256<T> element = ColumnLoad.Load(line + w, stride);
                    if (Lanes == 1)
                    {
                        only = TOperation.Combine(only, element);
                    }
                    else
                    {
                        Vector256<T>* lane = lanes + ((uint)(tap + w) % MostLanes);
                        *lane = TOperation.Combine(*lane, element);
                    }
                }
            }
        }

        if (Lanes == 1)
        {
            return only;
        }

        for (int half = FirstFold(used); half > 0; half /= 2)
        {
            for (int lane = 0; lane + half < used; lane++)
            {
                lanes[lane] = TOperation.Combine(lanes[lane], lanes[lane + half]);
            }

            used = Math.Min(used, half);
        }

        return lanes[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static T Element(WindowFrame frame, in WindowRow row, T* plane, int column, T* lanes)
    {
        if (IsLong(frame))
        {
            return LongElement(frame, in row, plane, column);
        }

        int used = Math.Min(frame.Taps, Lanes);
        T only = TOperation.Identity;
        for (int lane = 0; lane < used; lane++)
        {
            lanes[lane] = only;
        }

        int firstTap = frame.FirstTap(column);
        int endTap = frame.EndTap(column);
        T* corner = plane + row.Corner + (column * frame.Stride);
        for (int d = row.FirstDepth; d < row.EndDepth; d++)
        {
            for (int h = row.FirstHeight; h < row.EndHeight; h++)
            {
                T* line = corner + (((d * frame.Height) + h) * frame.Width);
                int tap = ((d * frame.WindowHeight) + h) * frame.WindowWidth;
                for (int w = firstTap; w < endTap; w++)
                {
                    if (Lanes == 1)
                    {
                        only = TOperation.Combine(only, line[w]);
                    }
                    else
                    {
                        T* lane = lanes + ((uint)(tap + w) % MostLanes);
                        *lane = TOperation.Combine(*lane, line[w]);
                    }
                }
            }
        }

        if (Lanes == 1)
        {
            return only;
        }

        for (int half = FirstFold(used); half > 0; half /= 2)
        {
            for (int lane = 0; lane + half < used; lane++)
            {
                lanes[lane] = TOperation.Combine(lanes[lane], lanes[lane + half]);
            }

            used = Math.Min(used, half);
        }

        return lanes[0];
    }

    // A sum of more elements than one block of the law: collected, then reduced as a row.
    static T LongElement(WindowFrame frame, in WindowRow row, T* plane, int column)
    {
        int firstTap = frame.FirstTap(column);
        int endTap = frame.EndTap(column);
        T* corner = plane + row.Corner + (column * frame.Stride);
        ThreadScratch thread = ThreadScratch.Current;
        nint mark = thread.Mark;
        T* elements = (T*)thread.Take((nint)frame.Taps * sizeof(T));
        new Span<T>(elements, frame.Taps).Clear();
        for (int d = row.FirstDepth; d < row.EndDepth; d++)
        {
            for (int h = row.FirstHeight; h < row.EndHeight; h++)
            {
                T* line = corner + (((d * frame.Height) + h) * frame.Width);
                int tap = ((d * frame.WindowHeight) + h) * frame.WindowWidth;
                Unsafe.CopyBlockUnaligned(elements + tap + firstTap, line + firstTap, (uint)((endTap - firstTap) * sizeof(T)));
            }
        }

        T sum = RowReduction.ReduceRow<T, TOperation>(elements, frame.Taps);
        thread.Release(mark);
        return sum;
    }

    // Lanes past the last element hold the identity, and adding +0 to what is never -0 changes nothing: the folds that only do that are left out.
    static int FirstFold(int used) => used > 1 ? 1 << BitOperations.Log2((uint)used - 1) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsLong(WindowFrame frame) => Lanes > 1 && frame.Taps > RowReduction.BlockLength;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<T> Positive(Vector256<T> sum) => Lanes > 1 ? sum + Vector256<T>.Zero : sum;
}
