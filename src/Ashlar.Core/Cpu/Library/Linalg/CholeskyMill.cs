using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>Cholesky by blocks of rows of lᵀ, which lie along the registers. Each element meets the steps of the definition in its order.</summary>
sealed unsafe class CholeskyMill<T, TLane> : IMatrixMill<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    // Rows of the trailing matrix that are updated at once, from their diagonal on.
    const int RowsOfUpdate = 96;

    readonly ChainProduct<T, TLane> _product = new();

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(MatrixTask<T> task, WorkerPool? pool)
    {
        int n = task.Rows;
        if (n == 0)
        {
            return;
        }

        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        int step = MatrixMemory.Step(n);
        T* u = (T*)scratch.Take((nint)n * step * sizeof(T));
        T* a = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(task.A));
        T* l = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(task.Result));
        TakeSymmetricPart(a, n, u, step);
        if (Factor(u, n, step, pool))
        {
            Write(u, n, step, l);
        }
        else
        {
            task.Result.Fill(T.NaN);
        }

        scratch.Release(mark);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool Factor(T* u, int n, int step, WorkerPool? pool)
    {
        int block = StripSolve<T, TLane>.Block;
        T* factors = stackalloc T[block * block];
        T* diagonal = stackalloc T[block];
        for (int k = 0; k < n; k += block)
        {
            int count = Math.Min(block, n - k);
            T* corner = u + ((nint)k * step) + k;
            if (!FactorCorner(corner, count, step))
            {
                return false;
            }

            int rest = n - k - count;
            if (rest == 0)
            {
                continue;
            }

            for (int i = 0; i < count; i++)
            {
                diagonal[i] = corner[((nint)i * step) + i];
                for (int j = 0; j < i; j++)
                {
                    factors[(i * count) + j] = -corner[((nint)j * step) + i];
                }
            }

            StripSolve<T, TLane>.Run(factors, diagonal, count, corner + count, step, rest);
            for (int i = 0; i < rest; i += RowsOfUpdate)
            {
                int rows = Math.Min(RowsOfUpdate, rest - i);
                int first = k + count + i;
                var top = new MatrixPart<T>(corner + count + i, count, rest - i, step);
                var c = new MatrixPart<T>(u + ((nint)first * step) + first, rows, rest - i, step);
                _product.Run(pool, c, top.Block(0, 0, count, rows).Transposed, top, negative: true);
            }
        }

        return true;
    }

    // Whole registers from the one that holds the diagonal on: what stands left of the diagonal is never read.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static bool FactorCorner(T* corner, int count, int step)
    {
        for (int j = 0; j < count; j++)
        {
            T* row = corner + ((nint)j * step);
            T pivot = row[j];
            if (!(pivot > T.Zero && T.IsFinite(pivot)))
            {
                return false;
            }

            T root = T.Sqrt(pivot);
            TLane divisor = TLane.Broadcast(root);
            int start = (j + 1) & -TLane.Count;
            for (int i = start; i < count; i += TLane.Count)
            {
                (TLane.Load(row + i) / divisor).Store(row + i);
            }

            row[j] = root;
            for (int i = j + 1; i < count; i++)
            {
                TLane factor = TLane.Broadcast(-row[i]);
                T* to = corner + ((nint)i * step);
                for (int c = i & -TLane.Count; c < count; c += TLane.Count)
                {
                    TLane.Fma(factor, TLane.Load(row + c), TLane.Load(to + c)).Store(to + c);
                }
            }
        }

        return true;
    }

    // u = a/2 + aᵀ/2 on and above the diagonal.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void TakeSymmetricPart(T* a, int n, T* u, int step)
    {
        MatrixMemory.Transpose(a, n, n, n, u, step);
        for (int i = 0; i < n; i++)
        {
            RowKernels<T, TLane>.AddHalves(a + ((nint)i * n) + i, u + ((nint)i * step) + i, n - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Write(T* u, int n, int step, T* l)
    {
        MatrixMemory.Transpose(u, step, n, n, l, n);
        for (int i = 0; i < n - 1; i++)
        {
            new Span<T>(l + ((nint)i * n) + i + 1, n - 1 - i).Clear();
        }
    }
}
