using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>Copies an input [N, C, rows, columns] to [C, padded rows, padded columns, N] with +0 around it: then short rows make long runs.</summary>
sealed unsafe class InterleavedInput : IInputCopy
{
    const int LeastElements = 1 << 14;

    readonly int _itemSize;
    readonly int _images;
    readonly int _channels;
    readonly int _imageStride;
    readonly int _channelStride;
    readonly LaneAxis _rows;
    readonly LaneAxis _columns;
    readonly int _channelsInChunk;
    Job? _idle;

    /// <param name="itemSize">Bytes of an element, 4 or 8.</param>
    /// <param name="input">[N, C, …] extents.</param>
    /// <param name="inputStrides">[rank] element strides.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns.</param>
    public InterleavedInput(int itemSize, int[] input, int[] inputStrides, LaneAxis rows, LaneAxis columns)
    {
        (_itemSize, _rows, _columns) = (itemSize, rows, columns);
        (_images, _channels) = (input[0], input[1]);
        (_imageStride, _channelStride) = (inputStrides[0], inputStrides[1]);
        _channelsInChunk = (int)Math.Clamp(LeastElements / ((long)PlaneLength * _images), 1, _channels);
    }

    int PlaneLength => _rows.Padded * _columns.Padded;

    public void Write(WorkerPool pool, byte* from, byte* to)
    {
        Job job = Interlocked.Exchange(ref _idle, null) ?? new Job(this);
        job.From = from;
        job.To = to;
        try
        {
            pool.Run((_channels + _channelsInChunk - 1) / _channelsInChunk, job);
        }
        finally
        {
            _idle = job;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void WriteChannel<T>(int channel, T* from, T* to)
        where T : unmanaged
    {
        from += ((nint)channel * _channelStride) + ((nint)_rows.Source * _rows.InputStride) + ((nint)_columns.Source * _columns.InputStride);
        to += (nint)channel * PlaneLength * _images;
        NativeMemory.Clear(to, (nuint)((long)PlaneLength * _images * sizeof(T)));
        to += (((nint)_rows.Target * _columns.Padded) + _columns.Target) * _images;
        int pixels = _rows.Count * _columns.Count;
        if (_columns.Count >= BlockTranspose.Side<T>() || _rows.InputStride != _columns.Count || _columns.InputStride != 1 || pixels < BlockTranspose.Side<T>())
        {
            for (int row = 0; row < _rows.Count; row++)
            {
                Interleaver.Run(from + ((nint)row * _rows.InputStride), _imageStride, _columns.InputStride, _columns.Count, to + ((nint)row * _columns.Padded * _images), _images);
            }

            return;
        }

        // Rows too short to be transposed alone: the plane at once, then row by row into its padding.
        PackingMemory memory = PackingMemory.Take((long)pixels * _images * sizeof(T));
        T* plane = (T*)memory.Data;
        Interleaver.Run(from, _imageStride, 1, pixels, plane, _images);
        for (int row = 0; row < _rows.Count; row++)
        {
            nint length = (nint)_columns.Count * _images * sizeof(T);
            Buffer.MemoryCopy(plane + ((nint)row * _columns.Count * _images), to + ((nint)row * _columns.Padded * _images), length, length);
        }

        memory.Return();
    }

    sealed class Job(InterleavedInput input) : IChunkWork
    {
        public byte* From { get; set; }

        public byte* To { get; set; }

        public void Execute(int chunk)
        {
            int end = Math.Min((chunk + 1) * input._channelsInChunk, input._channels);
            for (int channel = chunk * input._channelsInChunk; channel < end; channel++)
            {
                if (input._itemSize == 4)
                {
                    input.WriteChannel(channel, (int*)From, (int*)To);
                }
                else
                {
                    input.WriteChannel(channel, (long*)From, (long*)To);
                }
            }
        }
    }
}
