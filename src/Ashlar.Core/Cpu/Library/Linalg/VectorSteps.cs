using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>The steps of the decompositions in registers, on the threads of a pool. All memory is native or pinned, and working matrices end their rows in zeros, as <see cref="MatrixView{T}.Take"/> makes them.</summary>
sealed unsafe class VectorSteps<T, TLane> : MatrixSteps<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLane : unmanaged, ILane<TLane, T>
{
    readonly ChainProduct<T, TLane> _product = new();
    readonly TridiagonalKernel<T, TLane> _tridiagonal = new();
    readonly BidiagonalKernel<T, TLane> _bidiagonal = new();
    readonly RotationKernel<T, TLane> _rotation = new();

    /// <summary>Who helps, or null.</summary>
    public WorkerPool? Pool { get; set; }

    public override void Multiply(MatrixView<T> c, MatrixView<T> a, MatrixView<T> b, bool negative = false)
    {
        if (c.Rows > 0 && c.Columns > 0 && a.Columns > 0)
        {
            _product.Run(Pool, Part(c), Part(a), Part(b), negative);
        }
    }

    public override void Transpose(MatrixView<T> from, MatrixView<T> to)
    {
        if (from.ColumnStep == 1 && to.ColumnStep == 1)
        {
            MatrixMemory.Transpose(Pointer(from.Data), from.RowStep, from.Rows, from.Columns, Pointer(to.Data), to.RowStep);
        }
        else
        {
            base.Transpose(from, to);
        }
    }

    public override void Transpose(ReadOnlySpan<T> from, MatrixView<T> to) =>
        MatrixMemory.Transpose(Pointer(from), to.Rows, to.Columns, to.Rows, Pointer(to.Data), to.RowStep);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override T Largest(MatrixView<T> a)
    {
        T largest = T.Zero;
        for (int i = 0; i < a.Rows; i++)
        {
            T* row = Pointer(a.Row(i));
            T most = RowKernels<T, TLane>.Largest(row, a.Columns);
            largest = most > largest ? most : largest;
            if (!RowKernels<T, TLane>.IsFinite(row, a.Columns))
            {
                return base.Largest(a);
            }
        }

        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Divide(MatrixView<T> a, T divisor)
    {
        for (int i = 0; i < a.Rows; i++)
        {
            RowKernels<T, TLane>.Divide(Pointer(a.Row(i)), divisor, a.Columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddSquares(MatrixView<T> a, Span<T> sums)
    {
        T* to = Pointer(sums);
        for (int i = 0; i < a.Rows; i++)
        {
            RowKernels<T, TLane>.AddSquares(Pointer(a.Row(i)), to, a.Columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void TakeSymmetricPart(ReadOnlySpan<T> from, MatrixView<T> a)
    {
        Transpose(from, a);
        for (int i = 0; i < a.Rows; i++)
        {
            RowKernels<T, TLane>.AddHalves(Pointer(from) + ((nint)i * a.Rows), Pointer(a.Row(i)), a.Rows);
        }
    }

    public override bool TurnPositive(Span<T> row) => RowKernels<T, TLane>.TurnPositive(Pointer(row), row.Length);

    public override T Reflector(Span<T> x) => RowKernels<T, TLane>.Reflector(Pointer(x), x.Length);

    public override void FactorPanel(MatrixView<T> a, MatrixView<T> v, Span<T> tau) => PanelKernel<T, TLane>.Run(Part(a), Part(v), tau);

    public override void Triangle(MatrixView<T> products, ReadOnlySpan<T> tau, MatrixView<T> t) => PanelKernel<T, TLane>.Triangle(Part(products), tau, Part(t));

    public override void Tridiagonalize(MatrixView<T> a, Span<T> diagonal, Span<T> beside, Span<T> tau, Span<T> work) =>
        _tridiagonal.Run(Pool, Part(a), Pointer(diagonal), Pointer(beside), Pointer(tau), Pointer(work));

    public override void Bidiagonalize(MatrixView<T> a, MatrixView<T> left, Span<T> diagonal, Span<T> beside, Span<T> tauLeft, Span<T> tauRight, Span<T> work) =>
        _bidiagonal.Run(Pool, Part(a), Part(left), Pointer(diagonal), Pointer(beside), Pointer(tauLeft), Pointer(tauRight), Pointer(work));

    public override void Add(T factor, ReadOnlySpan<T> x, Span<T> y) => RowKernels<T, TLane>.Add(factor, Pointer(x), Pointer(y), x.Length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ReflectColumns(MatrixView<T> a, ReadOnlySpan<T> v, T tau, Span<T> sums)
    {
        sums.Clear();
        T* to = Pointer(sums);
        for (int i = 0; i < v.Length; i++)
        {
            RowKernels<T, TLane>.Add(v[i], Pointer(a.Row(i)), to, sums.Length);
        }

        foreach (ref T sum in sums)
        {
            sum *= -tau;
        }

        for (int i = 0; i < v.Length; i++)
        {
            RowKernels<T, TLane>.Add(v[i], to, Pointer(a.Row(i)), sums.Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ReflectRows(MatrixView<T> a, ReadOnlySpan<T> v, T tau)
    {
        T* vector = Pointer(v);
        for (int i = 0; i < a.Rows; i++)
        {
            T* row = Pointer(a.Row(i));
            RowKernels<T, TLane>.Add(-(tau * RowKernels<T, TLane>.Dot(row, vector, v.Length)), vector, row, v.Length);
        }
    }

    public override void ReflectThree(Span<T> top, Span<T> middle, Span<T> bottom, (T X, T Y, T Z) u, (T Y, T Z) v) =>
        RowKernels<T, TLane>.ReflectThree(Pointer(top), Pointer(middle), bottom.IsEmpty ? null : Pointer(bottom), top.Length, u, v);

    public override void Rotate(MatrixView<T> rows, RotationQueue<T> queue) => _rotation.Run(Pool, Part(rows), queue);

    static MatrixPart<T> Part(MatrixView<T> view) => new(Pointer(view.Data), view.Rows, view.Columns, view.RowStep, view.ColumnStep);

    static T* Pointer(ReadOnlySpan<T> span) => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(span));
}
