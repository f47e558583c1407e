using System.Numerics;
using System.Runtime.CompilerServices;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary><see cref="SymmetricEigen.Tridiagonalize{T}"/> with one pass over the matrix for each reflection: a row meets the update of the reflection before and gives its product with the next vector.</summary>
/// <remarks>Rows end in zeros for a whole sum's lanes, and so do the vectors: they change no sum.</remarks>
sealed unsafe class TridiagonalKernel<T, TLane> : IChunkWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    const int RowsOfChunk = 32;
    const int LeastSharedElements = 1 << 14;

    MatrixPart<T> _a;
    int _first;
    int _length;
    T _tau;
    T* _pendingV;
    T* _pendingW;
    T* _v;
    T* _w;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(WorkerPool? pool, MatrixPart<T> a, T* diagonal, T* beside, T* tau, T* work)
    {
        int n = a.Rows;
        _a = a;
        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        int room = MatrixMemory.Step(n);
        T* none = (T*)scratch.Take((nint)room * sizeof(T));
        new Span<T>(none, room).Clear();
        T* w = work;
        _pendingV = none;
        _pendingW = none;
        for (int k = 0; k < n; k++)
        {
            diagonal[k] = *a.At(k, k);
            if (k == n - 1)
            {
                break;
            }

            _first = k + 1;
            _length = n - _first;
            _v = a.At(k, _first);
            _w = w;
            tau[k] = RowKernels<T, TLane>.Reflector(_v, _length);
            _tau = tau[k];
            beside[k] = _v[0];
            _v[0] = T.One;
            int chunks = (_length + RowsOfChunk - 1) / RowsOfChunk;
            if (pool is not null && _length * _length >= LeastSharedElements)
            {
                pool.Run(chunks, this);
            }
            else
            {
                for (int chunk = 0; chunk < chunks; chunk++)
                {
                    Rows(chunk);
                }
            }

            if (_tau == T.Zero)
            {
                _pendingV = none;
                _pendingW = none;
                continue;
            }

            T factor = -(_tau * T.CreateTruncating(0.5)) * RowKernels<T, TLane>.Dot(_w, _v, _length);
            RowKernels<T, TLane>.Add(factor, _v, _w, _length);
            new Span<T>(_w + _length, room - _length).Clear();
            T* next = a.At(_first, _first);
            RowKernels<T, TLane>.Add(-_v[0], _w, next, _length);
            RowKernels<T, TLane>.Add(-_w[0], _v, next, _length);

            // What is pending is seen from the row and column after the first.
            _pendingV = _v + 1;
            _pendingW = _w + 1;
            w = w == work ? work + room : work;
        }

        scratch.Release(mark);
    }

    void IChunkWork.Execute(int chunk) => Rows(chunk);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Rows(int chunk)
    {
        int row = chunk * RowsOfChunk;
        int end = Math.Min(row + RowsOfChunk, _length);
        for (; row < end - 1; row += 2)
        {
            Two(row);
        }

        if (row < end)
        {
            One(row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Two(int row)
    {
        T* a = _a.At(_first + row, _first);
        T* b = a + _a.RowStep;
        T* v = _v;
        T* pendingV = _pendingV;
        T* pendingW = _pendingW;
        TLane av = TLane.Broadcast(-pendingV[row]), aw = TLane.Broadcast(-pendingW[row]);
        TLane bv = TLane.Broadcast(-pendingV[row + 1]), bw = TLane.Broadcast(-pendingW[row + 1]);
        TLane a0 = TLane.Broadcast(T.Zero), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        int n = TLane.Count;
        for (int j = 0; j < _length; j += RowSteps.Lanes)
        {
            Step(a, b, v, pendingV, pendingW, av, aw, bv, bw, ref a0, ref b0);
            if (RowKernels<T, TLane>.Registers > 1)
            {
                Step(a + n, b + n, v + n, pendingV + n, pendingW + n, av, aw, bv, bw, ref a1, ref b1);
            }

            if (RowKernels<T, TLane>.Registers > 2)
            {
                Step(a + (2 * n), b + (2 * n), v + (2 * n), pendingV + (2 * n), pendingW + (2 * n), av, aw, bv, bw, ref a2, ref b2);
                Step(a + (3 * n), b + (3 * n), v + (3 * n), pendingV + (3 * n), pendingW + (3 * n), av, aw, bv, bw, ref a3, ref b3);
            }

            a += RowSteps.Lanes;
            b += RowSteps.Lanes;
            v += RowSteps.Lanes;
            pendingV += RowSteps.Lanes;
            pendingW += RowSteps.Lanes;
        }

        _w[row] = _tau * RowKernels<T, TLane>.Fold(a0, a1, a2, a3);
        _w[row + 1] = _tau * RowKernels<T, TLane>.Fold(b0, b1, b2, b3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Step(T* a, T* b, T* v, T* pendingV, T* pendingW, TLane av, TLane aw, TLane bv, TLane bw, ref TLane sumA, ref TLane sumB)
    {
        TLane pv = TLane.Load(pendingV);
        TLane pw = TLane.Load(pendingW);
        TLane x = TLane.Load(v);
        TLane p = TLane.Fma(aw, pv, TLane.Fma(av, pw, TLane.Load(a)));
        TLane q = TLane.Fma(bw, pv, TLane.Fma(bv, pw, TLane.Load(b)));
        p.Store(a);
        q.Store(b);
        sumA = TLane.Fma(p, x, sumA);
        sumB = TLane.Fma(q, x, sumB);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void One(int row)
    {
        T* a = _a.At(_first + row, _first);
        RowKernels<T, TLane>.Add(-_pendingV[row], _pendingW, a, _length);
        RowKernels<T, TLane>.Add(-_pendingW[row], _pendingV, a, _length);
        _w[row] = _tau * RowKernels<T, TLane>.Dot(a, _v, _length);
    }
}
