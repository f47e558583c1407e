using System.Runtime.CompilerServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>Copies an input into a larger row-major array with +0 around and between its elements. One copy at a time.</summary>
/// <param name="itemSize">Bytes of an element, 4 or 8.</param>
/// <param name="input">[N, C, spatial…] extents of the input.</param>
/// <param name="inputStrides">[rank] element strides of the input.</param>
/// <param name="padded">[N, C, spatial…] extents of the copy.</param>
/// <param name="low">[spatial] where input 0 lands in the copy; may be negative.</param>
/// <param name="dilation">[spatial] distance of neighbouring inputs in the copy.</param>
sealed unsafe class PaddedInput(int itemSize, int[] input, int[] inputStrides, int[] padded, int[] low, int[] dilation)
{
    // Elements of the copy that pay for one more chunk.
    const int LeastElements = 1 << 14;
    const int MostChunks = 64;

    Copy? _idle;

    public void Write(WorkerPool pool, byte* from, byte* to)
    {
        int planes = padded[0] * padded[1];
        int rows = 1;
        for (int axis = 2; axis < padded.Length - 1; axis++)
        {
            rows *= padded[axis];
        }

        int width = padded[^1];
        int wanted = (int)Math.Clamp((long)planes * rows * width / LeastElements, 1, MostChunks);
        Copy copy = Interlocked.Exchange(ref _idle, null) ?? new Copy(this);
        copy.From = from;
        copy.To = to;
        copy.Planes = planes;
        copy.RowsInPlane = rows;
        copy.PlanesInChunk = (planes + wanted - 1) / wanted;
        try
        {
            pool.Run((planes + copy.PlanesInChunk - 1) / copy.PlanesInChunk, copy);
        }
        finally
        {
            _idle = copy;
        }
    }

    sealed class Copy(PaddedInput shape) : IChunkWork
    {
        public byte* From { get; set; }

        public byte* To { get; set; }

        public int Planes { get; set; }

        public int RowsInPlane { get; set; }

        public int PlanesInChunk { get; set; }

        public void Execute(int chunk)
        {
            int end = Math.Min((chunk + 1) * PlanesInChunk, Planes);
            for (int plane = chunk * PlanesInChunk; plane < end; plane++)
            {
                for (int row = 0; row < RowsInPlane; row++)
                {
                    shape.WriteRow(plane, row, From, To + ((((long)plane * RowsInPlane) + row) * shape.RowBytes));
                }
            }
        }
    }

    long RowBytes => (long)padded[^1] * itemSize;

    void WriteRow(int plane, int row, byte* from, byte* to)
    {
        long offset = ((long)(plane / padded[1]) * inputStrides[0]) + ((long)(plane % padded[1]) * inputStrides[1]);
        for (int axis = padded.Length - 2; axis >= 2; axis--)
        {
            int index = SourceIndex(row % padded[axis], axis);
            row /= padded[axis];
            if (index < 0)
            {
                new Span<byte>(to, (int)RowBytes).Clear();
                return;
            }

            offset += (long)index * inputStrides[axis];
        }

        from += offset * itemSize;
        if (itemSize == 4)
        {
            Spread((int*)from, (int*)to);
        }
        else
        {
            Spread((long*)from, (long*)to);
        }
    }

    // The input's index that lands at a position of the copy, or −1 for none.
    int SourceIndex(int position, int axis)
    {
        int distance = position - low[axis - 2];
        return distance < 0 || distance % dilation[axis - 2] != 0 || distance / dilation[axis - 2] >= input[axis] ? -1 : distance / dilation[axis - 2];
    }

    void Spread<T>(T* from, T* to)
        where T : unmanaged
    {
        int width = padded[^1];
        int step = dilation[^1];
        int stride = inputStrides[^1];
        int start = low[^1];
        int first = start >= 0 ? 0 : (-start + step - 1) / step;
        int end = (int)Math.Min(input[^1], (width - 1L - start >= 0) ? ((width - 1L - start) / step) + 1 : 0);
        if (first >= end)
        {
            new Span<T>(to, width).Clear();
        }
        else if (step == 1 && stride == 1)
        {
            int left = start + first;
            int count = end - first;
            new Span<T>(to, left).Clear();
            Unsafe.CopyBlockUnaligned(to + left, from + first, (uint)(count * sizeof(T)));
            new Span<T>(to + left + count, width - left - count).Clear();
        }
        else
        {
            new Span<T>(to, width).Clear();
            for (int i = first; i < end; i++)
            {
                to[start + ((long)i * step)] = from[(long)i * stride];
            }
        }
    }
}
