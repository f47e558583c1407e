using System.Numerics;
using System.Runtime.CompilerServices;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>Sweeps of rotations on strips of columns two registers wide, two sweeps at a time: the second follows the first a row behind, so that a row is loaded and stored once for both.</summary>
/// <remarks>Threads share the strips. Four sweeps at a time were slower: what they do not have in common at their ends costs more than the loads that they save. Rising sweeps are falling ones of the rows in the opposite order, with the sines' signs exchanged.</remarks>
sealed unsafe class RotationKernel<T, TLane> : IChunkWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    // Of a rotation: its cosine, its sine for the row that it leaves, and for the row that the next one meets.
    const int Parts = 3;
    const long LeastSharedWork = 1 << 14;

    MatrixPart<T> _rows;
    T* _factors;
    RotationQueue<T>.Sweep* _sweeps;
    int _count;

    static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * TLane.Count;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(WorkerPool? pool, MatrixPart<T> rows, RotationQueue<T> queue)
    {
        int rotations = queue.Factors.Length / 2;
        if (rotations == 0)
        {
            return;
        }

        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        RotationQueue<T>.Sweep* sweeps = stackalloc RotationQueue<T>.Sweep[RotationQueue<T>.MostSweeps];
        _rows = rows;
        _sweeps = sweeps;
        _count = queue.Count;
        _factors = (T*)scratch.Take((nint)Parts * rotations * sizeof(T));
        for (int k = 0; k < _count; k++)
        {
            sweeps[k] = queue.Sweeps[k];
            T* to = _factors + ((nint)Parts * sweeps[k].Start);
            ReadOnlySpan<T> factors = queue.Factors.Slice(2 * sweeps[k].Start, 2 * sweeps[k].Count);
            for (int i = 0; i < factors.Length; i += 2)
            {
                T s = factors[i + 1];
                to[0] = factors[i];
                to[1] = sweeps[k].Rising ? -s : s;
                to[2] = sweeps[k].Rising ? s : -s;
                to += Parts;
            }
        }

        int strips = (rows.Columns + Width - 1) / Width;
        if (pool is not null && (long)rotations * rows.Columns >= LeastSharedWork)
        {
            pool.Run(strips, this);
        }
        else
        {
            for (int strip = 0; strip < strips; strip++)
            {
                Strip(strip);
            }
        }

        scratch.Release(mark);
    }

    void IChunkWork.Execute(int chunk) => Strip(chunk);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Strip(int strip)
    {
        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        int first = strip * Width;
        int columns = Math.Min(Width, _rows.Columns - first);
        T* rows = (T*)scratch.Take((nint)_rows.Rows * Width * sizeof(T));
        Copy(_rows.At(0, first), _rows.RowStep, rows, Width, columns);
        for (int k = 0; k < _count; k++)
        {
            if (k + 1 < _count && _sweeps[k].Rising == _sweeps[k + 1].Rising)
            {
                Two(rows, _sweeps[k], _sweeps[k + 1]);
                k++;
            }
            else
            {
                One(rows, _sweeps[k], 0, _sweeps[k].Count);
            }
        }

        Copy(rows, Width, _rows.At(0, first), _rows.RowStep, columns);
        scratch.Release(mark);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Copy(T* from, nint fromStep, T* to, nint toStep, int columns)
    {
        for (int i = 0; i < _rows.Rows; i++)
        {
            if (columns == Width)
            {
                TLane.Load(from).Store(to);
                TLane.Load(from + TLane.Count).Store(to + TLane.Count);
            }
            else
            {
                new ReadOnlySpan<T>(from, columns).CopyTo(new Span<T>(to, columns));
            }

            from += fromStep;
            to += toStep;
        }
    }

    // Row place + 1 of falling sweeps, which the rotation at the place before it met too; rising ones count from the last row.
    T* Met(T* rows, bool rising, int place) => rows + ((nint)(rising ? _rows.Rows - 2 - place : place + 1) * Width);

    int PlaceOf(RotationQueue<T>.Sweep sweep) => sweep.Rising ? _rows.Rows - 2 - sweep.First : sweep.First;

    // Rotations from number `start` up to `end` of a sweep.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void One(T* rows, RotationQueue<T>.Sweep sweep, int start, int end)
    {
        if (start >= end)
        {
            return;
        }

        nint step = sweep.Rising ? Width : -Width;
        T* row = Met(rows, sweep.Rising, PlaceOf(sweep) - start);
        T* factor = _factors + ((nint)Parts * (sweep.Start + start));
        int n = TLane.Count;
        TLane a0 = TLane.Load(row), a1 = TLane.Load(row + n);
        for (int k = start; k < end; k++)
        {
            T* next = row + step;
            TLane c = TLane.Broadcast(factor[0]), plus = TLane.Broadcast(factor[1]), minus = TLane.Broadcast(factor[2]);
            TLane x0 = TLane.Load(next), x1 = TLane.Load(next + n);
            TLane.Fma(plus, x0, c * a0).Store(row);
            TLane.Fma(plus, x1, c * a1).Store(row + n);
            a0 = TLane.Fma(minus, a0, c * x0);
            a1 = TLane.Fma(minus, a1, c * x1);
            row = next;
            factor += Parts;
        }

        a0.Store(row);
        a1.Store(row + n);
    }

    // The second sweep does place t + 1 right after the first did place t, as long as both have them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Two(T* rows, RotationQueue<T>.Sweep one, RotationQueue<T>.Sweep two)
    {
        (int highOne, int highTwo) = (PlaceOf(one), PlaceOf(two));
        int high = Math.Min(highOne, highTwo - 1);
        int low = Math.Max(highOne - one.Count + 1, highTwo - two.Count);
        if (low > high)
        {
            One(rows, one, 0, one.Count);
            One(rows, two, 0, two.Count);
            return;
        }

        One(rows, one, 0, highOne - high);
        One(rows, two, 0, highTwo - 1 - high);
        int both = high - low + 1;
        Both(Met(rows, one.Rising, high), one.Rising ? Width : -Width, _factors + ((nint)Parts * (one.Start + highOne - high)), _factors + ((nint)Parts * (two.Start + highTwo - 1 - high)), both);
        One(rows, one, highOne - high + both, one.Count);
        One(rows, two, highTwo - 1 - high + both, two.Count);
    }

    // row is what the first sweep met last; the second met the one behind it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Both(T* row, nint step, T* one, T* two, int count)
    {
        int n = TLane.Count;
        T* behind = row - step;
        TLane a0 = TLane.Load(row), a1 = TLane.Load(row + n);
        TLane b0 = TLane.Load(behind), b1 = TLane.Load(behind + n);
        for (; count > 0; count--)
        {
            T* next = row + step;
            TLane c = TLane.Broadcast(one[0]), plus = TLane.Broadcast(one[1]), minus = TLane.Broadcast(one[2]);
            TLane x0 = TLane.Load(next), x1 = TLane.Load(next + n);
            TLane y0 = TLane.Fma(plus, x0, c * a0), y1 = TLane.Fma(plus, x1, c * a1);
            a0 = TLane.Fma(minus, a0, c * x0);
            a1 = TLane.Fma(minus, a1, c * x1);
            c = TLane.Broadcast(two[0]);
            plus = TLane.Broadcast(two[1]);
            minus = TLane.Broadcast(two[2]);
            TLane.Fma(plus, y0, c * b0).Store(behind);
            TLane.Fma(plus, y1, c * b1).Store(behind + n);
            b0 = TLane.Fma(minus, b0, c * y0);
            b1 = TLane.Fma(minus, b1, c * y1);
            behind = row;
            row = next;
            one += Parts;
            two += Parts;
        }

        a0.Store(row);
        a1.Store(row + n);
        b0.Store(behind);
        b1.Store(behind + n);
    }
}
