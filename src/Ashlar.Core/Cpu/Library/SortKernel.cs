using System.Runtime.CompilerServices;
using Ashlar.Primitives.Sort;

namespace Ashlar.Cpu.Library;

/// <summary>The elements of an axis in order. One item is a block of lines side by side. Words that order the elements are sorted and turned back;
/// only where words do not tell all bits, with a -0 or a NaN, the elements themselves are asked once more.</summary>
sealed unsafe class SortKernel : LibraryKernel
{
    const int LinesOfBlock = 16;

    readonly DType _type;
    readonly bool _descending;
    readonly int _extent;
    readonly int _inner;
    readonly int _blocks;
    readonly int _lines;
    readonly LongLineSort? _long;

    /// <param name="type">Dtype of x and y.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="attributes">Axis and order.</param>
    public SortKernel(DType type, Shape shape, SortAttributes attributes)
        : base(
            shape.Size == 0 ? 0 : new Shape(shape.Extents[..attributes.Axis]).Size * BlocksOf(shape, attributes.Axis),
            8L * shape[attributes.Axis] * Math.Min(LinesOfBlock, new Shape(shape.Extents[(attributes.Axis + 1)..]).Size))
    {
        _type = type;
        _descending = attributes.Descending;
        _extent = shape[attributes.Axis];
        _inner = new Shape(shape.Extents[(attributes.Axis + 1)..]).Size;
        _blocks = BlocksOf(shape, attributes.Axis);
        _lines = new Shape(shape.Extents[..attributes.Axis]).Size;
        _long = LongLineSort.Fits(type, shape, attributes.Axis) ? new LongLineSort(type, _extent, _descending) : null;
    }

    /// <inheritdoc/>
    public override void Run(WorkerPool pool, byte** operands)
    {
        if (_long is null)
        {
            base.Run(pool, operands);
            return;
        }

        for (nint line = 0; line < _lines; line++)
        {
            uint* x = (uint*)operands[0] + (line * _extent);
            uint* y = (uint*)operands[1] + (line * _extent);
            if (_long.Run(pool, x, y))
            {
                Restore<uint>(x, y, 0x7F80_0000, 0x8000_0000);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end)
    {
        for (int item = first; item < end; item++)
        {
            int column = item % _blocks * LinesOfBlock;
            nint start = ((nint)(item / _blocks) * _extent * _inner) + column;
            int lines = Math.Min(LinesOfBlock, _inner - column);
            switch (_type.ItemSize)
            {
                case 1:
                    Lines(operands[0] + start, operands[1] + start, lines);
                    break;
                case 4:
                    Lines((uint*)operands[0] + start, (uint*)operands[1] + start, lines);
                    break;
                default:
                    Lines((ulong*)operands[0] + start, (ulong*)operands[1] + start, lines);
                    break;
            }
        }
    }

    static int BlocksOf(Shape shape, int axis) => (new Shape(shape.Extents[(axis + 1)..]).Size + LinesOfBlock - 1) / LinesOfBlock;

    void Lines<T>(T* x, T* y, int lines)
        where T : unmanaged
    {
        ThreadScratch scratch = ThreadScratch.Current;
        nint mark = scratch.Mark;
        nint room = ((nint)_extent + WideSort.RoomBehind) * sizeof(T);
        byte* words = scratch.Take(room);
        byte* other = scratch.Take(room);
        if (_inner == 1)
        {
            Line(x, y, words, other);
        }
        else
        {
            T* columns = (T*)scratch.Take((nint)_extent * lines * sizeof(T));
            T* sorted = (T*)scratch.Take((nint)_extent * sizeof(T));
            Turn(x, _inner, 1, columns, lines);
            for (int line = 0; line < lines; line++)
            {
                Line(columns + ((nint)line * _extent), sorted, words, other);
                for (nint i = 0; i < _extent; i++)
                {
                    y[(i * _inner) + line] = sorted[i];
                }
            }
        }

        scratch.Release(mark);
    }

    // A row of elements of all lines at a time: they share a line of the cache.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Turn<T>(T* x, nint step, nint across, T* columns, int lines)
        where T : unmanaged
    {
        for (nint i = 0; i < _extent; i++)
        {
            for (nint line = 0; line < lines; line++)
            {
                columns[(line * _extent) + i] = x[(i * step) + (line * across)];
            }
        }
    }

    void Line<T>(T* x, T* y, byte* words, byte* other)
        where T : unmanaged
    {
        if (sizeof(T) == 1)
        {
            Bytes((byte*)x, (byte*)y);
        }
        else if (sizeof(T) == 4)
        {
            Words((uint*)x, (uint*)y, (uint*)words, (uint*)other);
        }
        else
        {
            LongWords((ulong*)x, (ulong*)y, (ulong*)words, (ulong*)other);
        }
    }

    void Bytes(byte* x, byte* y)
    {
        int* counts = stackalloc int[256];
        for (int i = 0; i < _extent; i++)
        {
            counts[x[i]]++;
        }

        for (int digit = 0; digit < 256; digit++)
        {
            int value = _descending ? 255 - digit : digit;
            new Span<byte>(y, counts[value]).Fill((byte)value);
            y += counts[value];
        }
    }

    void Words(uint* x, uint* y, uint* words, uint* other)
    {
        bool floating = _type.IsFloating;
        bool special = OrderedWords.From(x, words, _extent, floating, _descending);
        if (WideSort.IsSupported)
        {
            WideSort.Run(words, other, _extent);
        }
        else
        {
            words = RadixSort.Run(words, other, _extent);
        }

        OrderedWords.To(words, y, _extent, floating, _descending);
        if (special)
        {
            Restore<uint>(x, y, 0x7F80_0000, 0x8000_0000);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void LongWords(ulong* x, ulong* y, ulong* words, ulong* other)
    {
        var reader = new KeyReader(_type, _descending);
        bool special = false;
        for (int i = 0; i < _extent; i++)
        {
            words[i] = reader.Key((byte*)x, i);
            special |= _type.IsFloating && (words[i] == ulong.MaxValue || x[i] == 1ul << 63);
        }

        words = RadixSort.Run(words, other, _extent);
        for (int i = 0; i < _extent; i++)
        {
            ulong word = _descending ? ~words[i] : words[i];
            y[i] = !_type.IsFloating ? word ^ (1ul << 63) : words[i] == ulong.MaxValue ? 0x7FF8_0000_0000_0000 : (word >> 63) != 0 ? word ^ (1ul << 63) : ~word;
        }

        if (special)
        {
            Restore<ulong>(x, y, 0x7FF0_0000_0000_0000, 1ul << 63);
        }
    }

    // Zeros and NaN stand together, each kind in the order in which it came.
    void Restore<T>(T* x, T* y, T infinity, T sign)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        int zero = 0;
        while (zero < _extent && !T.IsZero(y[zero] & ~sign))
        {
            zero++;
        }

        int nan = _extent;
        while (nan > 0 && (y[nan - 1] & ~sign) > infinity)
        {
            nan--;
        }

        for (int i = 0; i < _extent; i++)
        {
            T magnitude = x[i] & ~sign;
            if (T.IsZero(magnitude))
            {
                y[zero++] = x[i];
            }
            else if (magnitude > infinity)
            {
                y[nan++] = x[i];
            }
        }
    }
}
