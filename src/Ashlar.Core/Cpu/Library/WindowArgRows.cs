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
        int count = Vector256<T>.Count;
        int firstInside = frame.FirstInside;
        int endInside = frame.EndInside;
        bool vectors = sizeof(T) == sizeof(TPlace) && ColumnLoad.Knows<T>(frame.Stride) && endInside - firstInside >= count;
        bool two = frame.Is(2, 2, 2) && vectors;
        var row = new WindowRow(frame, first);
        int* y = (int*)output + ((nint)first * frame.OutWidth);
        for (int r = first; r < end; r++, y += frame.OutWidth, row.Next())
        {
            T* plane = (T*)input + ((nint)row.Plane * frame.Plane);
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
                    int corner = row.Corner + frame.Start(2, column);
                    Store(pairs ? TwoByTwo(plane, corner, frame.Width) : Columns(frame, in row, plane, corner), y + column);
                }
            }

            for (; column < frame.OutWidth; column++)
            {
                y[column] = Element(frame, in row, plane, column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<TPlace> TwoByTwo(T* plane, int corner, int width)
    {
        T* p = plane + corner;
        T* q = p + width;
        (Vector256<T> best, Vector256<T> right) = ColumnLoad.Split(Vector256.Load(p), Vector256.Load(p + Vector256<T>.Count));
        (Vector256<T> below, Vector256<T> last) = ColumnLoad.Split(Vector256.Load(q), Vector256.Load(q + Vector256<T>.Count));
        Vector256<TPlace> places = Places(corner, 2);
        Vector256<TPlace> winner = places;
        Take(right, places + Vector256.Create(TPlace.One), ref best, ref winner);
        Take(below, places + Vector256.Create(TPlace.CreateTruncating(width)), ref best, ref winner);
        Take(last, places + Vector256.Create(TPlace.CreateTruncating(width + 1)), ref best, ref winner);
        return winner;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static Vector256<TPlace> Columns(WindowFrame frame, in WindowRow row, T* plane, int corner)
    {
        int start = corner + (((row.FirstDepth * frame.Height) + row.FirstHeight) * frame.Width);
        Vector256<T> best = ColumnLoad.Load(plane + start, frame.Stride);
        Vector256<TPlace> winner = Places(start, frame.Stride);
        for (int d = row.FirstDepth; d < row.EndDepth; d++)
        {
            for (int h = row.FirstHeight; h < row.EndHeight; h++)
            {
                int line = corner + (((d * frame.Height) + h) * frame.Width);
                for (int w = 0; w < frame.WindowWidth; w++)
                {
                    Take(ColumnLoad.Load(plane + line + w, frame.Stride), Places(line + w, frame.Stride), ref best, ref winner);
                }
            }
        }

        return winner;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Element(WindowFrame frame, in WindowRow row, T* plane, int column)
    {
        int start = frame.Start(2, column);
        (int firstWidth, int endWidth) = frame.Inside(2, start);
        int corner = row.Corner + start;
        int winner = corner + (((row.FirstDepth * frame.Height) + row.FirstHeight) * frame.Width) + firstWidth;
        T best = plane[winner];
        for (int d = row.FirstDepth; d < row.EndDepth; d++)
        {
            for (int h = row.FirstHeight; h < row.EndHeight; h++)
            {
                int line = corner + (((d * frame.Height) + h) * frame.Width);
                for (int place = line + firstWidth; place < line + endWidth; place++)
                {
                    if (FirstWinner.Beats<T, TExtremum>(plane[place], best))
                    {
                        best = plane[place];
                        winner = place;
                    }
                }
            }
        }

        return winner;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Take(Vector256<T> candidate, Vector256<TPlace> places, ref Vector256<T> best, ref Vector256<TPlace> winner)
    {
        Vector256<T> beats = FirstWinner.Beats<T, TExtremum>(candidate, best);
        best = Vector256.ConditionalSelect(beats, candidate, best);
        winner = Vector256.ConditionalSelect(beats.As<T, TPlace>(), places, winner);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<TPlace> Places(int start, int stride) =>
        Vector256.Create(TPlace.CreateTruncating(start)) + (Vector256<TPlace>.Indices * Vector256.Create(TPlace.CreateTruncating(stride)));

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
