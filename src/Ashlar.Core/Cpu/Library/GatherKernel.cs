using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Ashlar.Primitives.Index;

namespace Ashlar.Cpu.Library;

/// <summary>Elements picked by index. One item is one pick of one outer place: a row of inner and trailing elements.</summary>
sealed unsafe class GatherKernel : LibraryKernel
{
    const nint CacheLine = 64;
    const nint FetchedAhead = 1024;
    const int SlicesAhead = 4;

    readonly IndexGeometry _g;
    readonly IndexReader _reader;
    readonly int _size;
    readonly int _output;

    /// <param name="type">Dtype of x and y.</param>
    /// <param name="geometry">The sizes.</param>
    public GatherKernel(DType type, IndexGeometry geometry)
        : base(geometry.Picked.Size == 0 ? 0 : geometry.Batch * geometry.Outer * geometry.Picks, (long)geometry.Inner * geometry.Trailing)
    {
        _g = geometry;
        _reader = new IndexReader(geometry);
        _size = type.ItemSize;
        _output = geometry.Extents.Length + 1;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An index lies outside its axis.</exception>
    protected override void Execute(byte** operands, int first, int end)
    {
        switch (_size)
        {
            case 1:
                Rows<byte>(operands, first, end);
                break;
            case 2:
                Rows<ushort>(operands, first, end);
                break;
            case 4:
                Rows<uint>(operands, first, end);
                break;
            default:
                Rows<ulong>(operands, first, end);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Rows<T>(byte** operands, int first, int end)
        where T : unmanaged
    {
        int columns = _g.Inner * _g.Trailing;
        T* y = (T*)operands[_output] + ((nint)first * columns);
        for (int item = first; item < end;)
        {
            int row = item / _g.Picks;
            int p = item % _g.Picks;
            int count = Math.Min(end - item, _g.Picks - p);
            T* x = (T*)operands[0] + ((nint)row * _g.Indexed * columns);
            nint at = ((nint)row / _g.Outer * _g.Picks) + p;
            if (_reader.IsSingle && columns == 1)
            {
                _reader.Pick(x, operands[1], at, y, count, 1, 0);
            }
            else if (_reader.IsSingle && columns == _g.Trailing)
            {
                for (int i = 0; i < count; i++)
                {
                    _reader.Pick(x, operands[1], (at + i) * columns, y + ((nint)i * columns), columns, columns, 1);
                }
            }
            else if (_g.Trailing == 1)
            {
                Slices(x, operands + 1, at, y, count, columns);
            }
            else
            {
                Points(x, operands + 1, at, y, count, columns);
            }

            item += count;
            y += (nint)count * columns;
        }
    }

    // The slices to come, and where they go, are on their way while one is copied: the picks follow no order that the machine could foresee.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Slices<T>(T* x, byte** indices, nint at, T* y, int count, int columns)
        where T : unmanaged
    {
        nint bytes = (nint)columns * sizeof(T);
        nint fetched = Math.Min(bytes, FetchedAhead);
        byte** ahead = stackalloc byte*[SlicesAhead];
        for (int i = -SlicesAhead; i < count; i++)
        {
            byte** slot = ahead + ((i + SlicesAhead) % SlicesAhead);
            byte* from = *slot;
            if (i + SlicesAhead < count)
            {
                byte* next = (byte*)(x + ((nint)_reader.Place(indices, at + i + SlicesAhead) * columns));
                byte* target = (byte*)(y + ((nint)(i + SlicesAhead) * columns));
                *slot = next;
                for (nint line = 0; Sse.IsSupported && line < fetched; line += CacheLine)
                {
                    Sse.Prefetch0(next + line);
                    Sse.Prefetch0(target + line);
                }
            }

            if (i >= 0)
            {
                ShortRun.Copy(from, (byte*)(y + ((nint)i * columns)), bytes);
            }
        }
    }

    void Points<T>(T* x, byte** indices, nint at, T* y, int count, int columns)
        where T : unmanaged
    {
        for (int i = 0; i < count; i++, y += columns)
        {
            for (int c = 0, t = 0; c < columns; c++)
            {
                y[c] = x[((nint)_reader.Place(indices, ((at + i) * _g.Trailing) + t) * columns) + c];
                t = t + 1 == _g.Trailing ? 0 : t + 1;
            }
        }
    }
}
