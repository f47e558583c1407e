using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Cpu.Reduction;
using Ashlar.Ir;
using Ashlar.Primitives.Scan;

namespace Ashlar.Cpu.Library;

/// <summary>Running results along an axis. One item is a block of columns of one outer place; each column is combined in order.</summary>
sealed unsafe class ScanKernel : LibraryKernel
{
    const int ColumnsOfBlock = 64;

    readonly int _count;
    readonly int _inner;
    readonly int _blocks;
    readonly bool _reverse;
    readonly delegate*<ScanKernel, byte**, int, int, nint, void> _columns;

    /// <param name="type">Dtype of x and y.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="attributes">Kind, axis and direction.</param>
    public ScanKernel(DType type, Shape shape, ScanAttributes attributes)
        : this(shape, attributes) => _columns = type switch
        {
            DType.Float32 => Of<float>(attributes.Kind),
            DType.Float64 => Of<double>(attributes.Kind),
            DType.Int32 => Of<int>(attributes.Kind),
            DType.Int64 => Of<long>(attributes.Kind),
            _ => Of<byte>(attributes.Kind),
        };

    /// <param name="type">Dtype of a, b and h.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="attributes">Axis and direction of the recurrence h = a·h + b.</param>
    public static ScanKernel Recurrence(DType type, Shape shape, ScanAttributes attributes) => new(shape, attributes, type switch
    {
        DType.Float32 => &Recur<float>,
        DType.Float64 => &Recur<double>,
        DType.Int32 => &Recur<int>,
        _ => &Recur<long>,
    });

    ScanKernel(Shape shape, ScanAttributes attributes, delegate*<ScanKernel, byte**, int, int, nint, void> columns)
        : this(shape, attributes) => _columns = columns;

    ScanKernel(Shape shape, ScanAttributes attributes)
        : base(
            new Shape(shape.Extents[..attributes.Axis]).Size * BlocksOf(shape, attributes.Axis),
            (long)shape[attributes.Axis] * Math.Min(ColumnsOfBlock, new Shape(shape.Extents[(attributes.Axis + 1)..]).Size))
    {
        _count = shape[attributes.Axis];
        _inner = new Shape(shape.Extents[(attributes.Axis + 1)..]).Size;
        _blocks = BlocksOf(shape, attributes.Axis);
        _reverse = attributes.Reverse;
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end)
    {
        for (int item = first; item < end && _count > 0; item++)
        {
            int column = item % _blocks * ColumnsOfBlock;
            nint row = ((nint)(item / _blocks) * _count) + (_reverse ? _count - 1 : 0);
            _columns(this, operands, column, Math.Min(_inner, column + ColumnsOfBlock), row * _inner);
        }
    }

    static int BlocksOf(Shape shape, int axis) => (new Shape(shape.Extents[(axis + 1)..]).Size + ColumnsOfBlock - 1) / ColumnsOfBlock;

    static delegate*<ScanKernel, byte**, int, int, nint, void> Of<T>(ReduceKind kind)
        where T : unmanaged, INumber<T> => kind switch
        {
            ReduceKind.Sum => &Scan<T, SumOf<T>>,
            ReduceKind.Prod => &Scan<T, ProdOf<T>>,
            ReduceKind.Max => &Scan<T, MaxOf<T>>,
            _ => &Scan<T, MinOf<T>>,
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Scan<T, TJoin>(ScanKernel kernel, byte** operands, int first, int end, nint start)
        where T : unmanaged
        where TJoin : struct, IReduction<T>
    {
        nint step = kernel._reverse ? -kernel._inner : kernel._inner;
        T* x = (T*)operands[0] + start;
        T* y = (T*)operands[1] + start;
        new ReadOnlySpan<T>(x + first, end - first).CopyTo(new Span<T>(y + first, end - first));
        if (end - first == 1)
        {
            ScanColumn<T, TJoin>(x + first, y + first, kernel._count, step);
            return;
        }

        for (int j = 1; j < kernel._count; j++)
        {
            T* before = y;
            x += step;
            y += step;
            int c = first;
            for (; c <= end - Vector256<T>.Count; c += Vector256<T>.Count)
            {
                TJoin.Combine(Vector256.Load(before + c), Vector256.Load(x + c)).Store(y + c);
            }

            for (; c < end; c++)
            {
                y[c] = TJoin.Combine(before[c], x[c]);
            }
        }
    }

    // Each result waits for the one before: nothing else may stand in that chain, so everything has a register.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void ScanColumn<T, TJoin>(T* x, T* y, int count, nint step)
        where T : unmanaged
        where TJoin : struct, IReduction<T>
    {
        T running = *x;
        for (int j = 1; j < count; j++)
        {
            x += step;
            y += step;
            running = TJoin.Combine(running, *x);
            *y = running;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Recur<T>(ScanKernel kernel, byte** operands, int first, int end, nint start)
        where T : unmanaged, INumber<T>
    {
        nint step = kernel._reverse ? -kernel._inner : kernel._inner;
        T* a = (T*)operands[0] + start;
        T* b = (T*)operands[1] + start;
        T* h = (T*)operands[2] + start;
        new ReadOnlySpan<T>(b + first, end - first).CopyTo(new Span<T>(h + first, end - first));
        for (int j = 1; j < kernel._count; j++)
        {
            T* before = h;
            a += step;
            b += step;
            h += step;
            int c = first;
            for (; c <= end - Vector256<T>.Count; c += Vector256<T>.Count)
            {
                ((Vector256.Load(a + c) * Vector256.Load(before + c)) + Vector256.Load(b + c)).Store(h + c);
            }

            for (; c < end; c++)
            {
                h[c] = (a[c] * before[c]) + b[c];
            }
        }
    }
}
