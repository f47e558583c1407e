using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Contraction;

/// <summary>One image copied as [channel, window column, row residue, row, output column], with +0 for padding: then all outputs of the image are one run at each position of the window.</summary>
/// <remarks>Rows are as long as those of the output, so that no gap parts them, and each column of the window has a copy that begins at its own first input. Residues are those of the rows by the stride.</remarks>
sealed unsafe class WindowPlanes
{
    readonly int _channels;
    readonly int _channelStride;
    readonly int _inputRows;
    readonly int _rowStride;
    readonly int _width;
    readonly int _lowRow;
    readonly int _rowStep;
    readonly int[] _residues;
    readonly int _rows;
    readonly ColumnRange[] _columns;

    /// <param name="shape">A convolution over two axes, without dilation of the input.</param>
    /// <param name="outputShape">[N, O, rows, columns].</param>
    /// <param name="inputStrides">[4] element strides of the input; columns lie side by side.</param>
    public WindowPlanes(ConvolutionShape shape, int[] outputShape, int[] inputStrides)
    {
        (_channels, _channelStride, _inputRows, _rowStride, _width) = (shape.Input[1], inputStrides[1], shape.Input[2], inputStrides[2], outputShape[3]);
        _rowStep = shape.Strides?[0] ?? 1;
        _lowRow = shape.PaddingLow?[0] ?? 0;
        int rowDilation = shape.KernelDilation?[0] ?? 1;
        int columnDilation = shape.KernelDilation?[1] ?? 1;
        _residues = [.. Enumerable.Range(0, shape.Kernel[2]).Select(row => row * rowDilation % _rowStep).Distinct()];
        _rows = outputShape[2] + ((shape.Kernel[2] - 1) * rowDilation / _rowStep);
        _columns = [.. Enumerable.Range(0, shape.Kernel[3]).Select(column => ColumnRange.Of((column * columnDilation) - (shape.PaddingLow?[1] ?? 0), shape.Strides?[1] ?? 1, shape.Input[3], _width))];
        int plane = _rows * _width;
        ChannelLength = (long)plane * _residues.Length * _columns.Length;
        Windows = new int[shape.Kernel[2] * shape.Kernel[3]];
        for (int i = 0; i < Windows.Length && ChannelLength <= int.MaxValue; i++)
        {
            int row = i / shape.Kernel[3] * rowDilation;
            int copy = (i % shape.Kernel[3] * _residues.Length) + Array.IndexOf(_residues, row % _rowStep);
            Windows[i] = (copy * plane) + (row / _rowStep * _width);
        }
    }

    /// <summary>Elements of a channel's copies.</summary>
    public long ChannelLength { get; }

    /// <summary>Elements of the copy.</summary>
    public long Length => ChannelLength * _channels;

    /// <summary>[kernel positions] offset of each position of the window at output 0.</summary>
    public int[] Windows { get; }

    /// <summary>Copies one image.</summary>
    /// <param name="image">Its first element.</param>
    /// <param name="to">Receives <see cref="Length"/> elements, and may be written <see cref="TileShape.Slack"/> beyond.</param>
    public void Write<T>(T* image, T* to)
        where T : unmanaged
    {
        for (int channel = 0; channel < _channels; channel++)
        {
            foreach (ColumnRange columns in _columns)
            {
                foreach (int residue in _residues)
                {
                    int first = Math.Clamp((_lowRow - residue + _rowStep - 1) / _rowStep, 0, _rows);
                    int end = Math.Clamp((_inputRows + _lowRow - residue + _rowStep - 1) / _rowStep, first, _rows);
                    NativeMemory.Clear(to, (nuint)((long)first * _width * sizeof(T)));
                    columns.Write(image + ((((nint)first * _rowStep) + residue - _lowRow) * _rowStride), (nint)_rowStep * _rowStride, to + (first * _width), _width, end - first);
                    NativeMemory.Clear(to + (end * _width), (nuint)((long)(_rows - end) * _width * sizeof(T)));
                    to += _rows * _width;
                }
            }

            image += _channelStride;
        }
    }

    // Outputs [Start, End) of a row read inputs from First on, Step apart; the others read padding.
    readonly record struct ColumnRange(int Start, int End, int First, int Step)
    {
        public static ColumnRange Of(int first, int step, int inputs, int outputs)
        {
            int start = Math.Clamp(first >= 0 ? 0 : (-first + step - 1) / step, 0, outputs);
            int end = Math.Clamp(inputs <= first ? 0 : ((inputs - 1 - first) / step) + 1, start, outputs);
            return new ColumnRange(start, end, first + (start * step), step);
        }

        public void Write<T>(T* row, nint rowStep, T* to, int width, int rows)
            where T : unmanaged
        {
            if (sizeof(T) == 4 && Avx512F.IsSupported && Step <= 2)
            {
                WriteByMasks((float*)row + First, rowStep, (float*)to, width, rows);
                return;
            }

            for (int i = 0; i < rows; i++)
            {
                new Span<T>(to, Start).Clear();
                PaddedPlane.CopyEvery(Step, row + First, to + Start, End - Start);
                new Span<T>(to + End, width - End).Clear();
                row += rowStep;
                to += width;
            }
        }

        // The last outputs of all rows first: what they store beyond their row is written after them.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void WriteByMasks(float* row, nint rowStep, float* to, nint width, int rows)
        {
            Vector512<int> evens = Vector512<int>.Indices << 1;
            for (int at = ((int)width - 1) / 16 * 16; at >= 0; at -= 16)
            {
                float* from = row + ((nint)(at - Start) * Step);
                float* target = to + at;
                if (Step == 1)
                {
                    Vector512<float> inside = Inside(Vector512<int>.Indices + Vector512.Create(at));
                    for (int i = 0; i < rows; i++)
                    {
                        Vector512.Store(Avx512F.MaskLoad(from, inside, Vector512<float>.Zero), target);
                        from += rowStep;
                        target += width;
                    }

                    continue;
                }

                Vector512<int> output = (Vector512<int>.Indices >> 1) + Vector512.Create(at);
                Vector512<float> isEven = Vector512.Equals(Vector512<int>.Indices & Vector512<int>.One, Vector512<int>.Zero).AsSingle();
                Vector512<float> low = Inside(output) & isEven;
                Vector512<float> high = Inside(output + Vector512.Create(8)) & isEven;
                for (int i = 0; i < rows; i++)
                {
                    Vector512<float> x = Avx512F.MaskLoad(from, low, Vector512<float>.Zero);
                    Vector512<float> y = Avx512F.MaskLoad(from + 16, high, Vector512<float>.Zero);
                    Vector512.Store(Avx512F.PermuteVar16x32x2(x, evens, y), target);
                    from += rowStep;
                    target += width;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector512<float> Inside(Vector512<int> output) =>
            (Vector512.GreaterThanOrEqual(output, Vector512.Create(Start)) & Vector512.LessThan(output, Vector512.Create(End))).AsSingle();
    }
}
