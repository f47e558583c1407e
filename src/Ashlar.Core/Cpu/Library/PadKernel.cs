using System.Runtime.CompilerServices;
using Ashlar.Primitives.Movement;

namespace Ashlar.Cpu.Library;

/// <summary>Surrounds and spreads the elements with one value. One item is one row of the result along the last axis that changes, with all axes after it as one run.</summary>
sealed unsafe class PadKernel : LibraryKernel
{
    readonly int[] _extents;
    readonly int[] _low;
    readonly int[] _steps;
    readonly int[] _results;
    readonly int _last;
    readonly int _run;
    readonly long _bits;
    readonly int _itemSize;

    /// <param name="type">Dtype of the elements.</param>
    /// <param name="input">Shape of the operand.</param>
    /// <param name="result">Shape of the result.</param>
    /// <param name="pad">What is added.</param>
    public PadKernel(DType type, Shape input, Shape result, PadAttributes pad)
        : this(type, input, pad, result.Extents.ToArray(), LastChanged(pad))
    {
    }

    PadKernel(DType type, Shape input, PadAttributes pad, int[] results, int last)
        : base(new Shape(results.AsSpan(0, last)).Size, new Shape(results.AsSpan(last)).Size)
    {
        int rank = last + 1;
        _last = last;
        _run = new Shape(results.AsSpan(Math.Min(rank, results.Length))).Size;
        _results = results;
        _extents = input.Rank == 0 ? [1] : input.Extents[..rank].ToArray();
        _low = input.Rank == 0 ? [0] : pad.Low[..rank].ToArray();
        _steps = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            _steps[axis] = input.Rank == 0 ? 1 : pad.Inner[axis] + 1;
        }

        _bits = pad.Bits;
        _itemSize = type.ItemSize;
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end)
    {
        switch (_itemSize)
        {
            case 1:
                Rows(operands[0], (byte*)operands[1], first, end, (byte)_bits);
                break;
            case 4:
                Rows(operands[0], (uint*)operands[1], first, end, (uint)_bits);
                break;
            default:
                Rows(operands[0], (ulong*)operands[1], first, end, (ulong)_bits);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Rows<T>(byte* input, T* output, int first, int end, T value) where T : unmanaged
    {
        int extent = _extents[_last];
        int size = _results.Length == 0 ? 1 : _results[_last] * _run;
        int low = _low[_last] * _run;
        int step = _steps[_last] * _run;
        int filled = extent == 0 ? 0 : ((extent - 1) * step) + _run;
        T* y = output + ((nint)first * size);
        for (int row = first; row < end; row++, y += size)
        {
            int source = Source(row);
            if (source < 0 || filled == 0)
            {
                new Span<T>(y, size).Fill(value);
                continue;
            }

            T* x = (T*)input + ((nint)source * extent * _run);
            new Span<T>(y, low).Fill(value);
            Spread(x, y + low, extent, step, value);
            new Span<T>(y + low + filled, size - low - filled).Fill(value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Spread<T>(T* x, T* y, int extent, int step, T value) where T : unmanaged
    {
        if (step == _run)
        {
            new ReadOnlySpan<T>(x, extent * _run).CopyTo(new Span<T>(y, extent * _run));
            return;
        }

        for (int i = 0; i < extent; i++, x += _run, y += step)
        {
            new ReadOnlySpan<T>(x, _run).CopyTo(new Span<T>(y, _run));
            if (i < extent - 1)
            {
                new Span<T>(y + _run, step - _run).Fill(value);
            }
        }
    }

    // The operand's row that lies in this row of the result, or -1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Source(int row)
    {
        int source = 0;
        int stride = 1;
        for (int axis = _last - 1; axis >= 0; axis--)
        {
            int at = (row % _results[axis]) - _low[axis];
            row /= _results[axis];
            int place = at / _steps[axis];
            if (at < 0 || place >= _extents[axis] || place * _steps[axis] != at)
            {
                return -1;
            }

            source += place * stride;
            stride *= _extents[axis];
        }

        return source;
    }

    static int LastChanged(PadAttributes pad)
    {
        int axis = Math.Max(0, pad.Low.Length - 1);
        while (axis > 0 && pad.Low[axis] == 0 && pad.High[axis] == 0 && pad.Inner[axis] == 0)
        {
            axis--;
        }

        return axis;
    }
}
