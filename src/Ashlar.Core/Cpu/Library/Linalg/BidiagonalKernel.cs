using System.Numerics;
using System.Runtime.CompilerServices;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary><see cref="Bidiagonal.Reduce{T}"/> with two passes over the matrix for each pair of reflections: columns meet the pair before and give the sums for the next left vector, then rows give their products with the right vector.</summary>
sealed unsafe class BidiagonalKernel<T, TLane> : IChunkWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    const int RowsOfChunk = 32;
    const int LeastSharedElements = 1 << 14;

    MatrixPart<T> _rest;
    T* _v;
    T* _s;
    T* _u;
    T* _y;
    T* _pendingV;
    T* _pendingS;
    T* _pendingU;
    T* _pendingY;
    T _tau;
    T _across;
    bool _byColumns;

    static int ColumnsOfChunk => 4 * TLane.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(WorkerPool? pool, MatrixPart<T> a, MatrixPart<T> left, T* diagonal, T* beside, T* tauLeft, T* tauRight, T* work)
    {
        (int m, int n) = (a.Rows, a.Columns);
        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        int room = MatrixMemory.Step(m);
        T* none = (T*)scratch.Take((nint)room * sizeof(T));
        new Span<T>(none, room).Clear();
        T* s0 = work;
        T* s1 = s0 + MatrixMemory.Step(n);
        T* y0 = s1 + MatrixMemory.Step(n);
        T* y1 = y0 + room;
        T* s = s0;
        T* y = y0;
        _pendingV = none;
        _pendingS = none;
        _pendingU = none;
        _pendingY = none;
        for (int k = 0; k < n; k++)
        {
            _v = left.At(k, k);
            TakeColumn(a.Block(k, k, m - k, 1), k > 0);
            tauLeft[k] = RowKernels<T, TLane>.Reflector(_v, m - k);
            diagonal[k] = _v[0];
            _v[0] = T.One;
            if (k == n - 1)
            {
                break;
            }

            if (k > 0)
            {
                _pendingS = _pendingS + 1;
                _pendingU = _pendingU + 1;
            }

            _rest = a.Block(k, k + 1, m - k, n - k - 1);
            int width = _rest.Columns;
            bool shared = pool is not null && _rest.Rows * width >= LeastSharedElements;
            _s = s;
            _y = y;
            _u = _rest.Data;
            _tau = tauLeft[k];
            _byColumns = true;
            Share(shared ? pool : null, (width + ColumnsOfChunk - 1) / ColumnsOfChunk);
            RowKernels<T, TLane>.Add(-T.One, _s, _u, width);
            new Span<T>(_s + width, MatrixMemory.Step(n) - width).Clear();
            tauRight[k] = RowKernels<T, TLane>.Reflector(_u, width);
            beside[k] = _u[0];
            _u[0] = T.One;
            _across = RowKernels<T, TLane>.Dot(_s, _u, width);
            _tau = tauRight[k];
            _byColumns = false;
            Share(shared ? pool : null, (_rest.Rows + RowsOfChunk - 1) / RowsOfChunk);

            // From the next row on, and from the next column.
            _pendingV = _v + 1;
            _pendingS = _s;
            _pendingU = _u;
            _pendingY = _y + 1;
            s = _s == s0 ? s1 : s0;
            y = _y == y0 ? y1 : y0;
        }

        scratch.Release(mark);
    }

    void IChunkWork.Execute(int chunk)
    {
        if (_byColumns)
        {
            Columns(chunk);
        }
        else
        {
            Rows(chunk);
        }
    }

    void Share(WorkerPool? pool, int chunks)
    {
        if (pool is null)
        {
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                ((IChunkWork)this).Execute(chunk);
            }
        }
        else
        {
            pool.Run(chunks, this);
        }
    }

    // The next left vector: a column that meets what is pending.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void TakeColumn(MatrixPart<T> column, bool pending)
    {
        T* from = column.Data;
        for (int i = 0; i < column.Rows; i++)
        {
            T value = *from;
            if (pending)
            {
                value = T.FusedMultiplyAdd(-_pendingV[i], _pendingS[0], value);
                value = T.FusedMultiplyAdd(-_pendingY[i], _pendingU[0], value);
            }

            _v[i] = value;
            from += column.RowStep;
        }
    }

    // s = τ·vᵀ·a for a strip of columns after what is pending.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Columns(int chunk)
    {
        int j = chunk * ColumnsOfChunk;
        if (j + ColumnsOfChunk <= _rest.Columns)
        {
            FourRegisters(j);
            return;
        }

        // Whole registers at the end reach into the zeros beyond the row.
        for (; j < _rest.Columns; j += TLane.Count)
        {
            OneRegister(j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void FourRegisters(int j)
    {
        int n = TLane.Count;
        T* s = _pendingS + j;
        T* u = _pendingU + j;
        TLane s0 = TLane.Load(s), s1 = TLane.Load(s + n), s2 = TLane.Load(s + (2 * n)), s3 = TLane.Load(s + (3 * n));
        TLane u0 = TLane.Load(u), u1 = TLane.Load(u + n), u2 = TLane.Load(u + (2 * n)), u3 = TLane.Load(u + (3 * n));
        TLane a0 = default, a1 = default, a2 = default, a3 = default;
        T* row = _rest.Data + j;
        T* v = _v;
        T* pendingV = _pendingV;
        T* pendingY = _pendingY;
        for (int i = 0; i < _rest.Rows; i++)
        {
            TLane pv = TLane.Broadcast(-pendingV[i]);
            TLane py = TLane.Broadcast(-pendingY[i]);
            TLane x0 = TLane.Fma(py, u0, TLane.Fma(pv, s0, TLane.Load(row)));
            TLane x1 = TLane.Fma(py, u1, TLane.Fma(pv, s1, TLane.Load(row + n)));
            TLane x2 = TLane.Fma(py, u2, TLane.Fma(pv, s2, TLane.Load(row + (2 * n))));
            TLane x3 = TLane.Fma(py, u3, TLane.Fma(pv, s3, TLane.Load(row + (3 * n))));
            x0.Store(row);
            x1.Store(row + n);
            x2.Store(row + (2 * n));
            x3.Store(row + (3 * n));
            if (i == 0)
            {
                (a0, a1, a2, a3) = (x0, x1, x2, x3);
            }
            else
            {
                TLane x = TLane.Broadcast(v[i]);
                a0 = TLane.Fma(x, x0, a0);
                a1 = TLane.Fma(x, x1, a1);
                a2 = TLane.Fma(x, x2, a2);
                a3 = TLane.Fma(x, x3, a3);
            }

            row += _rest.RowStep;
        }

        TLane tau = TLane.Broadcast(_tau);
        (tau * a0).Store(_s + j);
        (tau * a1).Store(_s + j + n);
        (tau * a2).Store(_s + j + (2 * n));
        (tau * a3).Store(_s + j + (3 * n));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void OneRegister(int j)
    {
        TLane s = TLane.Load(_pendingS + j);
        TLane u = TLane.Load(_pendingU + j);
        TLane sum = default;
        T* row = _rest.Data + j;
        for (int i = 0; i < _rest.Rows; i++)
        {
            TLane x = TLane.Fma(TLane.Broadcast(-_pendingY[i]), u, TLane.Fma(TLane.Broadcast(-_pendingV[i]), s, TLane.Load(row)));
            x.Store(row);
            sum = i == 0 ? x : TLane.Fma(TLane.Broadcast(_v[i]), x, sum);
            row += _rest.RowStep;
        }

        (TLane.Broadcast(_tau) * sum).Store(_s + j);
    }

    // y = τ·(a - v·sᵀ)·u for the rows below the first.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Rows(int chunk)
    {
        int row = Math.Max(1, chunk * RowsOfChunk);
        int end = Math.Min((chunk + 1) * RowsOfChunk, _rest.Rows);
        for (; row < end - 1; row += 2)
        {
            Two(row);
        }

        if (row < end)
        {
            Put(row, RowKernels<T, TLane>.Dot(_rest.At(row, 0), _u, _rest.Columns));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Two(int row)
    {
        T* a = _rest.At(row, 0);
        T* b = a + _rest.RowStep;
        T* u = _u;
        TLane a0 = TLane.Broadcast(T.Zero), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        for (int j = 0; j < _rest.Columns; j += RowSteps.Lanes)
        {
            RowKernels<T, TLane>.Accumulate(a, u, ref a0, ref a1, ref a2, ref a3);
            RowKernels<T, TLane>.Accumulate(b, u, ref b0, ref b1, ref b2, ref b3);
            a += RowSteps.Lanes;
            b += RowSteps.Lanes;
            u += RowSteps.Lanes;
        }

        Put(row, RowKernels<T, TLane>.Fold(a0, a1, a2, a3));
        Put(row + 1, RowKernels<T, TLane>.Fold(b0, b1, b2, b3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Put(int row, T product) => _y[row] = _tau * T.FusedMultiplyAdd(-_v[row], _across, product);
}
