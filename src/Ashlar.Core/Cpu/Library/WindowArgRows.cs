using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Cpu.Reduction;

namespace Ashlar.Cpu.Library;

/// <summary>Rows of a window search: for each window the place of its winner inside the flattened spatial plane.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TPlace">An integer as wide as T, for places in vectors; where none is, places are found one by one.</typeparam>
/// <typeparam name="TExtremum">What wins.</typeparam>
static unsafe class WindowArgRows<T, TPlace, TExtremum>
    where T : unmanaged, INumber<T>
    where TPlace : unmanaged, IBinaryInteger<TPlace>
    where TExtremum : struct, IExtremum<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(WindowFrame frame, byte* input, byte* output, int first, int end)
    {
        if (sizeof(T) == sizeof(TPlace) && frame.IsTwoByTwo && frame.Plane >= 2 * Vector256<T>.Count)
        {
            RunTwos(frame, (T*)input, (int*)output, first, end);
            return;
        }

        int count = Vector256<T>.Count;
        int firstInside = frame.FirstInside;
        int endInside = frame.EndInside;
        bool vectors = sizeof(T) == sizeof(TPlace) && ColumnLoad.Knows<T>(frame.Stride) && endInside - firstInside >= count;
        bool two = frame.Is(2, 2, 2);
        int stride = frame.Stride;
        int width = frame.Width;
        int size = frame.OutWidth;
        int planeSize = frame.Plane;
        Vector256<TPlace> steps = Vector256<TPlace>.Indices * Vector256.Create(TPlace.CreateTruncating(stride));
        var row = new WindowRow(frame, first);
        int* y = (int*)output + ((nint)first * size);
        for (int r = first; r < end; r++, y += size, row.Next())
        {
            T* plane = (T*)input + ((nint)row.Plane * planeSize);
            bool pairs = two && row.IsWhole;
            int column = 0;
            for (; column < firstInside; column++)
            {
                y[column] = Element(frame, in row, plane, column);
            }

            if (vectors)
            {
                for (; column < endInside; column += count)
                {
                    // The last vector overlaps the one before: computing a result twice costs less than single results.
                    column = Math.Min(column, endInside - count);
                    int corner = row.Corner + (column * stride);
                    Store(pairs ? TwoByTwo(plane, corner, width, steps) : Columns(frame, in row, plane, corner, steps), y + column);
                }
            }
            else if (pairs)
            {
                for (; column < endInside; column++)
                {
                    y[column] = TwoByTwo(plane, row.Corner + (2 * column), width);
                }
            }

            for (; column < size; column++)
            {
                y[column] = Element(frame, in row, plane, column);
            }
        }
    }

    // Row after row of whole windows of 2 x 2, with nothing to look up between them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void RunTwos(WindowFrame frame, T* input, int* output, int first, int end)
    {
        int count = Vector256<T>.Count;
        int size = frame.OutWidth;
        int width = frame.Width;
        int rows = frame.OutHeight;
        int planeSize = frame.Plane;
        Vector256<TPlace> steps = Vector256<TPlace>.Indices << 1;
        T* plane = input + ((first / rows) * (nint)planeSize);
        int corner = 2 * (first % rows) * width;

        // Of fewer results than a vector holds the loads run on into the next rows, and the surplus goes where the next results will.
        T* lastLoads = input + ((nint)frame.Planes * planeSize) - width - (2 * count);
        int* lastStore = output + ((nint)end * size) - count;
        for (int* y = output + ((nint)first * size); first < end; first++, y += size)
        {
            if (size >= count)
            {
                for (int column = 0; column < size; column += count)
                {
                    // The last vector overlaps the one before: computing a result twice costs less than single results.
                    column = Math.Min(column, size - count);
                    Store(TwoByTwo(plane, corner + (2 * column), width, steps), y + column);
                }
            }
            else if (plane + corner <= lastLoads && y <= lastStore)
            {
                Store(TwoByTwo(plane, corner, width, steps), y);
            }
            else
            {
                for (int column = 0; column < size; column++)
                {
                    y[column] = TwoByTwo(plane, corner + (2 * column), width);
                }
            }

            corner += 2 * width;
            if (corner >= 2 * rows * width)
            {
                corner = 0;
                plane += planeSize;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<TPlace> TwoByTwo(T* plane, int corner, int width, Vector256<TPlace> steps)
    {
        T* p = plane + corner;
        T* q = p + width;
        ColumnLoad.Split(Vector256.Load(p), Vector256.Load(p + Vector256<T>.Count), out Vector256<T> best, out Vector256<T> right);
        ColumnLoad.Split(Vector256.Load(q), Vector256.Load(q + Vector256<T>.Count), out Vector256<T> below, out Vector256<T> last);
        Vector256<TPlace> places = Vector256.Create(TPlace.CreateTruncating(corner)) + steps;
        Vector256<TPlace> winner = places;
        Take(right, places + Vector256.Create(TPlace.One), ref best, ref winner);
        Take(below, places + Vector256.Create(TPlace.CreateTruncating(width)), ref best, ref winner);
        Take(last, places + Vector256.Create(TPlace.CreateTruncating(width + 1)), ref best, ref winner);
        return winner;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int TwoByTwo(T* plane, int corner, int width)
    {
        int winner = corner;
        T best = plane[corner];
        Take(plane, corner + 1, ref best, ref winner);
        Take(plane, corner + width, ref best, ref winner);
        Take(plane, corner + width + 1, ref best, ref winner);
        return winner;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static Vector256<TPlace> Columns(WindowFrame frame, in WindowRow row, T* plane, int corner, Vector256<TPlace> steps)
    {
        int start = corner + (((row.FirstDepth * frame.Height) + row.FirstHeight) * frame.Width);
        Vector256<T> best = ColumnLoad.Load(plane + start, frame.Stride);
        Vector256<TPlace> winner = Vector256.Create(TPlace.CreateTruncating(start)) + steps;
        for (int d = row.FirstDepth; d < row.EndDepth; d++)
        {
            for (int h = row.FirstHeight; h < row.EndHeight; h++)
            {
                int line = corner + (((d * frame.Height) + h) * frame.Width);
                for (int w = 0; w < frame.WindowWidth; w++)
                {
                    Take(ColumnLoad.Load(plane + line + w, frame.Stride), Vector256.Create(TPlace.CreateTruncating(line + w)) + steps, ref best, ref winner);
                }
            }
        }

        return winner;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Element(WindowFrame frame, in WindowRow row, T* plane, int column)
    {
        int firstTap = frame.FirstTap(column);
        int endTap = frame.EndTap(column);
        int corner = row.Corner + (column * frame.Stride);
        int winner = corner + (((row.FirstDepth * frame.Height) + row.FirstHeight) * frame.Width) + firstTap;
        T best = plane[winner];
        for (int d = row.FirstDepth; d < row.EndDepth; d++)
        {
            for (int h = row.FirstHeight; h < row.EndHeight; h++)
            {
                int line = corner + (((d * frame.Height) + h) * frame.Width);
                for (int place = line + firstTap; place < line + endTap; place++)
                {
                    Take(plane, place, ref best, ref winner);
                }
            }
        }

        return winner;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Take(T* plane, int place, ref T best, ref int winner)
    {
        if (FirstWinner.Beats<T, TExtremum>(plane[place], best))
        {
            best = plane[place];
            winner = place;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Take(Vector256<T> candidate, Vector256<TPlace> places, ref Vector256<T> best, ref Vector256<TPlace> winner)
    {
        Vector256<T> beats = FirstWinner.Beats<T, TExtremum>(candidate, best);
        best = Vector256.ConditionalSelect(beats, candidate, best);
        winner = Vector256.ConditionalSelect(beats.As<T, TPlace>(), places, winner);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector256<TPlace> winner, int* y)
    {
        if (sizeof(TPlace) == sizeof(int))
        {
            winner.AsInt32().Store(y);
        }
        else
        {
            Vector128.Narrow(winner.GetLower().AsInt64(), winner.GetUpper().AsInt64()).Store(y);
        }
    }
}
