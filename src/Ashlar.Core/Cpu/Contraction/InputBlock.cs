using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>The rows of one image that a block of output rows reads, copied as [channel, row, column] with +0 for padding, so that every window lies inside and every row begins at a whole register.</summary>
sealed unsafe class InputBlock
{
    // Planes an odd number of lines apart do not compete for the same sets of a cache.
    const int LineElements = 16;

    readonly int _channelStride;
    readonly int _inputRows;
    readonly int _inputColumns;
    readonly int _rowStride;
    readonly int _lowRow;
    readonly int _lowColumn;
    readonly int _rowStep;
    readonly int _reach;
    readonly int[] _kernel;
    readonly int _rowDilation;
    readonly int _columnDilation;

    /// <param name="shape">A convolution over two axes, without dilation of the input, whose columns lie side by side.</param>
    /// <param name="inputStrides">[4] element strides of the input.</param>
    /// <param name="rows">Most rows of the output in a block.</param>
    /// <param name="columns">Columns that tiles compute.</param>
    /// <param name="register">Elements of a register.</param>
    public InputBlock(ConvolutionShape shape, int[] inputStrides, int rows, int columns, int register)
    {
        _channelStride = inputStrides[1];
        (_inputRows, _inputColumns, _rowStride) = (shape.Input[2], shape.Input[3], inputStrides[2]);
        (_lowRow, _lowColumn) = (shape.PaddingLow?[0] ?? 0, shape.PaddingLow?[1] ?? 0);
        (_rowStep, ColumnStep) = (shape.Strides?[0] ?? 1, shape.Strides?[1] ?? 1);
        _kernel = shape.Kernel[1..];
        (_rowDilation, _columnDilation) = (shape.KernelDilation?[0] ?? 1, shape.KernelDilation?[1] ?? 1);
        _reach = (shape.Kernel[2] - 1) * _rowDilation;
        int read = ((columns - 1) * ColumnStep) + ((shape.Kernel[3] - 1) * _columnDilation) + 1;
        Pitch = (read + register - 1) / register * register;
        int plane = InputRows(rows) * Pitch;
        ChannelLength = plane + (plane / LineElements % 2 == 0 ? LineElements : 0);
        Length = (long)ChannelLength * shape.Kernel[1];
    }

    /// <summary>Elements from one row of the copy to the next.</summary>
    public int Pitch { get; }

    /// <summary>Elements from one channel of the copy to the next.</summary>
    public int ChannelLength { get; }

    /// <summary>Elements of the copy.</summary>
    public long Length { get; }

    /// <summary>Elements from one output to its right neighbour.</summary>
    public int ColumnStep { get; }

    /// <summary>Elements from one output to the one below.</summary>
    public int RowStep => _rowStep * Pitch;

    /// <summary>[K] offset of each weight's pixel at output 0; of a copy of at most 2³¹ − 1 elements.</summary>
    public int[] Places() => OffsetGrid.Of(_kernel, [ChannelLength, _rowDilation * Pitch, _columnDilation]);

    /// <summary>Copies what outputs of some rows read.</summary>
    /// <param name="image">First channel of the group in the image.</param>
    /// <param name="firstRow">First row of the output.</param>
    /// <param name="rows">How many.</param>
    /// <param name="to">Receives <see cref="Length"/> elements, of all channels.</param>
    /// <param name="firstChannel">First channel to copy.</param>
    /// <param name="endChannel">One past the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write<TVector, TLanes>(float* image, int firstRow, int rows, float* to, int firstChannel, int endChannel)
        where TVector : unmanaged
        where TLanes : struct, ILanes<float, TVector>
    {
        int first = (firstRow * _rowStep) - _lowRow;
        int count = InputRows(rows);
        int start = Math.Clamp(-first, 0, count);
        int end = Math.Clamp(_inputRows - first, start, count);
        nint pitch = Pitch;
        image += (nint)firstChannel * _channelStride;
        to += (nint)firstChannel * ChannelLength;
        for (int channel = firstChannel; channel < endChannel; channel++)
        {
            new Span<float>(to, start * Pitch).Clear();
            new Span<float>(to + (end * pitch), (count - end) * Pitch).Clear();
            for (int at = 0; at < Pitch; at += TLanes.Count)
            {
                int column = at - _lowColumn;
                int low = Math.Clamp(-column, 0, TLanes.Count);
                int high = Math.Clamp(_inputColumns - column, low, TLanes.Count);
                CopyRegister<TVector, TLanes>(image + ((nint)(first + start) * _rowStride) + column, _rowStride, low, high, to + (start * pitch) + at, pitch, end - start);
            }

            image += _channelStride;
            to += ChannelLength;
        }
    }

    /// <summary>What outputs of some rows read of all channels, to be fetched.</summary>
    /// <param name="image">First channel of the group in the image.</param>
    /// <param name="firstRow">First row of the output.</param>
    /// <param name="rows">How many.</param>
    /// <param name="channels">Channels of the group.</param>
    /// <param name="times">Calls in which all is to be fetched.</param>
    public BlockAhead Ahead(float* image, int firstRow, int rows, int channels, int times)
    {
        int first = (firstRow * _rowStep) - _lowRow;
        int start = Math.Max(first, 0);
        int end = Math.Min(first + InputRows(rows), _inputRows);
        nint elements = ((nint)(end - start - 1) * _rowStride) + _inputColumns;
        return new BlockAhead((byte*)(image + ((nint)start * _rowStride)), (nint)_channelStride * sizeof(float), elements * sizeof(float), start < end ? channels : 0, times);
    }

    int InputRows(int rows) => ((rows - 1) * _rowStep) + _reach + 1;

    // One register of each row: lanes [low, high) are inside the image.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void CopyRegister<TVector, TLanes>(float* from, nint fromStep, int low, int high, float* to, nint toStep, int rows)
        where TVector : unmanaged
        where TLanes : struct, ILanes<float, TVector>
    {
        if (low == 0 && high == TLanes.Count)
        {
            for (int row = 0; row < rows; row++)
            {
                TLanes.Store(TLanes.Load(from), to);
                from += fromStep;
                to += toStep;
            }

            return;
        }

        TVector inside = TLanes.OfBits((1 << high) - (1 << low));
        for (int row = 0; row < rows; row++)
        {
            TLanes.Store(TLanes.Load(from, inside), to);
            from += fromStep;
            to += toStep;
        }
    }
}
