using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>Gaussian elimination by blocks of columns, each factored with its columns along the registers. Each element meets the steps of the definition in its order.</summary>
sealed unsafe class LuMill<T, TLane> : IMatrixMill<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    readonly ChainProduct<T, TLane> _product = new();

    public void Run(MatrixTask<T> task, WorkerPool? pool)
    {
        (int m, int n) = (task.Rows, task.Columns);
        task.A.CopyTo(task.Result);
        Span<T> order = task.Result.Slice(m * n, m);
        for (int i = 0; i < m; i++)
        {
            order[i] = T.CreateTruncating(i);
        }

        T sign = T.One;
        T* a = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(task.Result));
        if (!Factor(a, m, n, order, ref sign, pool))
        {
            // A zero pivot leaves out its column's steps, which a block cannot: rare enough for the definition itself.
            task.A.CopyTo(task.Result);
            sign = LuPrimitive.Factor(task.Result[..(m * n)], m, n, order);
        }

        task.Result[^1] = sign;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool Factor(T* a, int m, int n, Span<T> order, ref T sign, WorkerPool? pool)
    {
        int block = StripSolve<T, TLane>.Block;
        int* pivots = stackalloc int[block];
        T* factors = stackalloc T[block * block];
        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        int step = MatrixMemory.Step(m);
        T* panel = (T*)scratch.Take((nint)block * step * sizeof(T));
        bool regular = true;
        for (int k = 0; k < Math.Min(m, n) && regular; k += block)
        {
            int count = Math.Min(block, Math.Min(m, n) - k);
            int rows = m - k;
            T* corner = a + ((nint)k * n) + k;
            MatrixMemory.Transpose(corner, n, rows, count, panel, step);
            regular = FactorPanel(panel, step, rows, count, pivots);
            for (int j = 0; j < count && regular; j++)
            {
                if (pivots[j] != j)
                {
                    (int one, int other) = (k + j, k + pivots[j]);
                    (order[one], order[other]) = (order[other], order[one]);
                    sign = -sign;
                    Exchange(a + ((nint)one * n), a + ((nint)other * n), n);
                }
            }

            MatrixMemory.Transpose(panel, step, count, rows, corner, n);
            int right = n - k - count;
            if (right == 0)
            {
                continue;
            }

            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    factors[(i * count) + j] = -corner[((nint)i * n) + j];
                }
            }

            StripSolve<T, TLane>.Run(factors, null, count, corner + count, n, right);
            if (rows > count)
            {
                var top = new MatrixPart<T>(corner + count, count, right, n);
                var left = new MatrixPart<T>(corner + ((nint)count * n), rows - count, count, n);
                var c = new MatrixPart<T>(corner + ((nint)count * n) + count, rows - count, right, n);
                _product.Run(pool, c, left, top, negative: true);
            }
        }

        scratch.Release(mark);
        return regular;
    }

    // panel[j] is column j. False when a pivot is zero.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool FactorPanel(T* panel, int step, int rows, int count, int* pivots)
    {
        for (int j = 0; j < count; j++)
        {
            T* column = panel + ((nint)j * step);
            int pivot = Pivot(column, j, rows);
            pivots[j] = pivot;
            for (int c = 0; c < count && pivot != j; c++)
            {
                T* other = panel + ((nint)c * step);
                (other[j], other[pivot]) = (other[pivot], other[j]);
            }

            T divisor = column[j];
            if (divisor == T.Zero)
            {
                return false;
            }

            int first = j + 1;
            RowKernels<T, TLane>.Divide(column + first, divisor, rows - first);
            for (int c = first; c < count; c++)
            {
                T* other = panel + ((nint)c * step);
                RowKernels<T, TLane>.Add(-other[j], column + first, other + first, rows - first);
            }
        }

        return true;
    }

    // The largest magnitude, the first of equals; a NaN in front stays there and others are passed over.
    static int Pivot(T* column, int first, int rows)
    {
        if (T.IsNaN(column[first]))
        {
            return first;
        }

        T largest = RowKernels<T, TLane>.Largest(column + first, rows - first);
        int place = first;
        while (T.Abs(column[place]) != largest)
        {
            place++;
        }

        return place;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Exchange(T* x, T* y, int count)
    {
        int i = 0;
        for (; i <= count - TLane.Count; i += TLane.Count)
        {
            TLane one = TLane.Load(x + i);
            TLane.Load(y + i).Store(x + i);
            one.Store(y + i);
        }

        for (; i < count; i++)
        {
            (x[i], y[i]) = (y[i], x[i]);
        }
    }
}
