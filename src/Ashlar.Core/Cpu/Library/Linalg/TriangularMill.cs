using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>Substitution by blocks. Columns of the right-hand side are independent, so threads share them.</summary>
sealed unsafe class TriangularMill<T, TLane> : IMatrixMill<T>, IChunkWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    const int ColumnsOfChunk = 128;

    // One product for each chunk of columns that may be under way; a chunk takes one and gives it back.
    readonly System.Collections.Concurrent.ConcurrentBag<ChainProduct<T, TLane>> _products = [];
    MatrixPart<T> _a;
    MatrixPart<T> _x;
    bool _lower;
    bool _unitDiagonal;

    public void Run(MatrixTask<T> task, WorkerPool? pool)
    {
        var way = (TriangularAttributes)task.Attributes!;
        (int n, int columns) = (task.Rows, task.RightColumns);
        T* a = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(task.A));
        T* x = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(task.Result));
        task.B.CopyTo(task.Result);
        if (!Solve(new MatrixPart<T>(a, n, n, n), new MatrixPart<T>(x, n, columns, columns), way, pool))
        {
            task.Result.Fill(T.NaN);
        }
    }

    /// <summary>Solves in place. False when the diagonal has a zero.</summary>
    public bool Solve(MatrixPart<T> a, MatrixPart<T> x, TriangularAttributes way, WorkerPool? pool)
    {
        for (int i = 0; i < a.Rows && !way.UnitDiagonal; i++)
        {
            if (*a.At(i, i) == T.Zero)
            {
                return false;
            }
        }

        _a = way.Transposed ? a.Transposed : a;
        _x = x;
        _lower = way.Lower != way.Transposed;
        _unitDiagonal = way.UnitDiagonal;
        int chunks = (x.Columns + ColumnsOfChunk - 1) / ColumnsOfChunk;
        if (pool is null)
        {
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                Columns(chunk);
            }
        }
        else
        {
            pool.Run(chunks, this);
        }

        return true;
    }

    void IChunkWork.Execute(int chunk) => Columns(chunk);

    // Known rows come from above where the triangle is a lower one, else from below.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Columns(int chunk)
    {
        int block = StripSolve<T, TLane>.Block;
        T* factors = stackalloc T[block * block];
        T* diagonal = stackalloc T[block];
        int start = chunk * ColumnsOfChunk;
        int n = _a.Rows;
        MatrixPart<T> x = _x.Block(0, start, n, Math.Min(ColumnsOfChunk, _x.Columns - start));
        ChainProduct<T, TLane> product = _products.TryTake(out ChainProduct<T, TLane>? idle) ? idle : new();
        for (int done = 0; done < n; done += block)
        {
            int count = Math.Min(block, n - done);
            int rest = n - done - count;
            int first = _lower ? done : n - 1 - done;
            int direction = _lower ? 1 : -1;
            for (int i = 0; i < count; i++)
            {
                diagonal[i] = *_a.At(first + (direction * i), first + (direction * i));
                for (int k = 0; k < i; k++)
                {
                    factors[(i * count) + k] = -*_a.At(first + (direction * i), first + (direction * k));
                }
            }

            StripSolve<T, TLane>.Run(factors, _unitDiagonal ? null : diagonal, count, x.At(first, 0), direction * x.RowStep, x.Columns);
            var known = new MatrixPart<T>(x.At(first, 0), count, x.Columns, direction * x.RowStep);
            if (rest > 0)
            {
                var across = new MatrixPart<T>(_a.At(_lower ? done + count : 0, first), rest, count, _a.RowStep, direction * _a.ColumnStep);
                product.Run(null, x.Block(_lower ? done + count : 0, 0, rest, x.Columns), across, known, negative: true);
            }
        }

        _products.Add(product);
    }
}
