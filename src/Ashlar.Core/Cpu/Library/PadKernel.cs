using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ashlar.Primitives.Movement;

namespace Ashlar.Cpu.Library;

/// <summary>Surrounds and spreads the elements with one value. One item is one row of the result along the last axis that changes, with all axes after it as one run.</summary>
sealed unsafe class PadKernel : LibraryKernel
{
    const int LongestMargin = 16;

    readonly Axis[] _axes;
    readonly int _run;
    readonly long _bits;
    readonly int _itemSize;
    readonly bool _pairs;

    /// <param name="type">Dtype of the elements.</param>
    /// <param name="input">Shape of the operand.</param>
    /// <param name="result">Shape of the result.</param>
    /// <param name="pad">What is added.</param>
    public PadKernel(DType type, Shape input, Shape result, PadAttributes pad)
        : this(type, Merge(input, result, pad, out int run), run, pad.Bits)
    {
    }

    PadKernel(DType type, Axis[] axes, int run, long bits)
        : base(RowsOf(axes), (long)axes[^1].Result * run)
    {
        _axes = axes;
        _run = run;
        _bits = bits;
        _itemSize = type.ItemSize;
        _pairs = run == 1 && axes is [{ Stays: true }, { Extent: 1, Low: 0, Result: 2 }];
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end)
    {
        switch (_itemSize)
        {
            case 1:
                Rows(operands[0], (byte*)operands[1], first, end, (byte)_bits);
                break;
            case 2:
                Rows(operands[0], (ushort*)operands[1], first, end, (ushort)_bits);
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
        if (_pairs)
        {
            Pairs((T*)input, output, first, end, value);
            return;
        }

        Axis last = _axes[^1];
        int extent = last.Extent;
        int size = last.Result * _run;
        int low = last.Low * _run;
        int step = last.Step * _run;
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
            Fill(y, low, value);
            Spread(x, y + low, extent, step, value);
            Fill(y + low + filled, size - low - filled, value);
        }
    }

    // Each element with the value behind it, as real numbers become complex ones.
    static void Pairs<T>(T* input, T* output, int first, int end, T value) where T : unmanaged
    {
        int i = first;
        if (sizeof(T) == 4)
        {
            Vector256<ulong> behind = Vector256.Create((ulong)Unsafe.BitCast<T, uint>(value) << 32);
            for (; i <= end - Vector256<uint>.Count; i += Vector256<uint>.Count)
            {
                (Vector256<ulong> low, Vector256<ulong> high) = Vector256.Widen(Vector256.Load((uint*)input + i));
                (low | behind).Store((ulong*)output + i);
                (high | behind).Store((ulong*)output + i + Vector256<ulong>.Count);
            }
        }

        for (; i < end; i++)
        {
            output[2 * i] = input[i];
            output[(2 * i) + 1] = value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Spread<T>(T* x, T* y, int extent, int step, T value) where T : unmanaged
    {
        int run = _run;
        if (step == run)
        {
            new ReadOnlySpan<T>(x, extent * run).CopyTo(new Span<T>(y, extent * run));
            return;
        }

        new Span<T>(y, ((extent - 1) * step) + run).Fill(value);
        for (int i = 0; i < extent; i++, x += run, y += step)
        {
            if (run == 1)
            {
                *y = *x;
            }
            else
            {
                new ReadOnlySpan<T>(x, run).CopyTo(new Span<T>(y, run));
            }
        }
    }

    // Margins are a few elements wide: a loop of its own beats the call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Fill<T>(T* y, int count, T value) where T : unmanaged
    {
        if (count > LongestMargin)
        {
            new Span<T>(y, count).Fill(value);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            y[i] = value;
        }
    }

    // The operand's row that lies in this row of the result, or -1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Source(int row)
    {
        int source = 0;
        int stride = 1;
        for (int i = _axes.Length - 2; i >= 0; i--)
        {
            Axis axis = _axes[i];
            int place = row;
            if (i > 0)
            {
                row /= axis.Result;
                place -= row * axis.Result;
            }

            place -= axis.Low;
            if (axis.Step > 1 && place >= 0)
            {
                int at = place;
                place /= axis.Step;
                if (place * axis.Step != at)
                {
                    return -1;
                }
            }

            if ((uint)place >= (uint)axis.Extent)
            {
                return -1;
            }

            source += place * stride;
            stride *= axis.Extent;
        }

        return source;
    }

    static int RowsOf(ReadOnlySpan<Axis> axes)
    {
        int rows = 1;
        foreach (Axis axis in axes[..^1])
        {
            rows *= axis.Result;
        }

        return rows;
    }

    // Neighbouring axes that stay as they are become one, and the last of them the run that is copied whole.
    static Axis[] Merge(Shape input, Shape result, PadAttributes pad, out int run)
    {
        var axes = new List<Axis>();
        for (int i = 0; i < input.Rank; i++)
        {
            var axis = new Axis(input[i], pad.Low[i], pad.Inner[i] + 1, result[i]);
            if (axis.Stays && axes.Count > 0 && axes[^1].Stays)
            {
                axes[^1] = new Axis(axes[^1].Extent * axis.Extent, 0, 1, axes[^1].Result * axis.Result);
            }
            else
            {
                axes.Add(axis);
            }
        }

        run = 1;
        if (axes.Count > 1 && axes[^1].Stays)
        {
            run = axes[^1].Extent;
            axes.RemoveAt(axes.Count - 1);
        }

        return axes.Count == 0 ? [new Axis(1, 0, 1, 1)] : [.. axes];
    }

    readonly record struct Axis(int Extent, int Low, int Step, int Result)
    {
        public bool Stays => Extent == Result && Low == 0 && Step == 1;
    }
}
