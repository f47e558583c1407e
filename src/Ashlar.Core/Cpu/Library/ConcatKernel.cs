using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Library;

/// <summary>The operands one after the other along an axis. One item is one span of the result's bytes, so a single long row is shared like many short ones.</summary>
sealed unsafe class ConcatKernel : LibraryKernel
{
    const int Span = 4096;

    readonly long[] _starts;
    readonly long _bytes;

    /// <param name="type">Dtype of the elements.</param>
    /// <param name="inputs">Shapes of the operands, at least one, equal but for the axis.</param>
    /// <param name="axis">In [0, rank).</param>
    public ConcatKernel(DType type, Shape[] inputs, int axis)
        : this(Starts(type, inputs, axis), new Shape(inputs[0].Extents[..axis]).Size)
    {
    }

    ConcatKernel(long[] starts, int rows)
        : base((int)(((starts[^1] * rows) + Span - 1) / Span), Span / sizeof(float))
    {
        _starts = starts;
        _bytes = starts[^1] * rows;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Execute(byte** operands, int first, int end)
    {
        int inputs = _starts.Length - 1;
        byte* output = operands[inputs];
        long row = _starts[^1];
        long at = (long)first * Span;
        long last = Math.Min(_bytes, (long)end * Span);
        long number = at / row;
        long inside = at % row;
        int input = 0;
        while (_starts[input + 1] <= inside)
        {
            input++;
        }

        while (at < last)
        {
            long run = _starts[input + 1] - _starts[input];
            long from = inside - _starts[input];
            long size = Math.Min(run - from, last - at);
            ShortRun.Copy(operands[input] + (number * run) + from, output + at, (nint)size);
            at += size;
            inside += size;
            if (++input == inputs)
            {
                input = 0;
                inside = 0;
                number++;
            }
        }
    }

    // The byte of a row of the result at which each operand's run begins, and the bytes of a row.
    static long[] Starts(DType type, Shape[] inputs, int axis)
    {
        var starts = new long[inputs.Length + 1];
        for (int i = 0; i < inputs.Length; i++)
        {
            starts[i + 1] = starts[i] + ((long)new Shape(inputs[i].Extents[axis..]).Size * type.ItemSize);
        }

        return starts;
    }
}
