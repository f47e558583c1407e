using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ashlar.Cpu.Contraction;

/// <summary>Copies an input plane by plane into padded planes with +0 around and between their elements.</summary>
sealed unsafe class PlanarInput : IInputCopy
{
    // Elements of the copy that pay for one more chunk.
    const int LeastElements = 1 << 14;
    const int MostChunks = 64;

    // Inputs of fewer elements stay near.
    const long NearElements = 1 << 20;

    readonly int _itemSize;
    readonly int _images;
    readonly int _channels;
    readonly int _imageStride;
    readonly int _channelStride;
    readonly PaddedPlane _plane;
    readonly int _planesInChunk;
    readonly nint _ahead;
    Job? _idle;

    /// <param name="itemSize">Bytes of an element, 4 or 8.</param>
    /// <param name="input">[N, C, …] extents.</param>
    /// <param name="inputStrides">[rank] element strides.</param>
    /// <param name="plane">What becomes of one channel.</param>
    public PlanarInput(int itemSize, int[] input, int[] inputStrides, PaddedPlane plane)
    {
        (_itemSize, _plane) = (itemSize, plane);
        (_images, _channels) = (input[0], input[1]);
        (_imageStride, _channelStride) = (inputStrides[0], inputStrides[1]);

        // Rows that are read in pieces, or not all, no hardware foresees.
        int length = OffsetGrid.Count(input[2..], "convolution input");
        _ahead = _channelStride == length && (long)_images * _channels * length > NearElements ? length * itemSize : 0;
        int wanted = (int)Math.Clamp(_images * _channels * plane.Length / LeastElements, 1, MostChunks);
        _planesInChunk = Math.Max(1, ((_images * _channels) + wanted - 1) / wanted);
    }

    public void Write(WorkerPool pool, byte* from, byte* to)
    {
        Job job = Interlocked.Exchange(ref _idle, null) ?? new Job(this);
        job.From = from;
        job.To = to;
        try
        {
            pool.Run(((_images * _channels) + _planesInChunk - 1) / _planesInChunk, job);
        }
        finally
        {
            _idle = job;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void WritePlane<T>(int plane, T* from, T* to)
        where T : unmanaged
    {
        from += ((nint)(plane / _channels) * _imageStride) + ((nint)(plane % _channels) * _channelStride);
        to += plane * (nint)_plane.Length;
        new LinesAhead((byte*)from + _ahead, _ahead, 1).Fetch();
        NativeMemory.Clear(to, (nuint)(_plane.Length * sizeof(T)));
        _plane.Fill(from, to);
    }

    sealed class Job(PlanarInput input) : IChunkWork
    {
        public byte* From { get; set; }

        public byte* To { get; set; }

        public void Execute(int chunk)
        {
            int end = Math.Min((chunk + 1) * input._planesInChunk, input._images * input._channels);
            for (int plane = chunk * input._planesInChunk; plane < end; plane++)
            {
                if (input._itemSize == 4)
                {
                    input.WritePlane(plane, (float*)From, (float*)To);
                }
                else
                {
                    input.WritePlane(plane, (long*)From, (long*)To);
                }
            }
        }
    }
}
