using System.Runtime.CompilerServices;
using Ashlar.Primitives.Index;

namespace Ashlar.Cpu.Library;

/// <summary>Elements picked by index. One item is one pick of one outer place: a row of inner and trailing elements.</summary>
sealed unsafe class GatherKernel : LibraryKernel
{
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
        int p = first % _g.Picks;
        int row = first / _g.Picks;
        T* x = (T*)operands[0] + ((nint)row * _g.Indexed * columns);
        T* y = (T*)operands[_output] + ((nint)first * columns);
        nint at = (nint)row / _g.Outer * _g.Picks;
        for (int item = first; item < end; item++, y += columns)
        {
            if (_g.Trailing > 1)
            {
                for (int c = 0, t = 0; c < columns; c++)
                {
                    y[c] = x[((nint)_reader.Place(operands + 1, ((at + p) * _g.Trailing) + t) * columns) + c];
                    t = t + 1 == _g.Trailing ? 0 : t + 1;
                }
            }
            else
            {
                T* from = x + ((nint)_reader.Place(operands + 1, at + p) * columns);
                if (columns == 1)
                {
                    *y = *from;
                }
                else
                {
                    Buffer.MemoryCopy(from, y, (long)columns * sizeof(T), (long)columns * sizeof(T));
                }
            }

            if (++p == _g.Picks)
            {
                p = 0;
                row++;
                x += (nint)_g.Indexed * columns;
                at = (nint)row / _g.Outer * _g.Picks;
            }
        }
    }
}
