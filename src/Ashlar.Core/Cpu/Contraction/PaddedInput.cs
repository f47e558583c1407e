using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ashlar.Cpu.Contraction;

/// <summary>Copies an input of any number of axes into a larger row-major array with +0 around and between its elements.</summary>
sealed unsafe class PaddedInput : IInputCopy
{
    // Elements of the copy that pay for one more chunk.
    const int LeastElements = 1 << 14;
    const int MostChunks = 64;

    readonly int _itemSize;
    readonly int _channels;
    readonly int _planes;
    readonly int _planesInChunk;
    readonly int[] _inputStrides;
    readonly long _planeLength;
    readonly Axis[] _axes;
    Copy? _idle;

    /// <param name="itemSize">Bytes of an element, 4 or 8.</param>
    /// <param name="input">[N, C, spatial…] extents of the input.</param>
    /// <param name="inputStrides">[rank] element strides of the input.</param>
    /// <param name="padded">[N, C, spatial…] extents of the copy.</param>
    /// <param name="low">[spatial] where input 0 lands in the copy; may be negative.</param>
    /// <param name="dilation">[spatial] distance of neighbouring inputs in the copy.</param>
    public PaddedInput(int itemSize, int[] input, int[] inputStrides, int[] padded, int[] low, int[] dilation)
    {
        _itemSize = itemSize;
        _channels = padded[1];
        _planes = padded[0] * padded[1];
        _inputStrides = inputStrides;
        _axes = new Axis[padded.Length - 2];
        long stride = 1;
        for (int s = _axes.Length - 1; s >= 0; s--)
        {
            _axes[s] = new Axis(input[s + 2], inputStrides[s + 2], padded[s + 2], stride, low[s], dilation[s]);
            stride *= padded[s + 2];
        }

        _planeLength = stride;
        int wanted = (int)Math.Clamp(_planes * _planeLength / LeastElements, 1, MostChunks);
        _planesInChunk = Math.Max(1, (_planes + wanted - 1) / wanted);
    }

    public void Write(WorkerPool pool, byte* from, byte* to)
    {
        Copy copy = Interlocked.Exchange(ref _idle, null) ?? new Copy(this);
        copy.From = from;
        copy.To = to;
        try
        {
            pool.Run((_planes + _planesInChunk - 1) / _planesInChunk, copy);
        }
        finally
        {
            _idle = copy;
        }
    }

    void WritePlane(int plane, byte* from, byte* to)
    {
        from += (((long)(plane / _channels) * _inputStrides[0]) + ((long)(plane % _channels) * _inputStrides[1])) * _itemSize;
        to += plane * _planeLength * _itemSize;
        NativeMemory.Clear(to, (nuint)(_planeLength * _itemSize));
        if (_itemSize == 4)
        {
            WriteAxis(0, (int*)from, (int*)to);
        }
        else
        {
            WriteAxis(0, (long*)from, (long*)to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void WriteAxis<T>(int number, T* from, T* to)
        where T : unmanaged
    {
        ref readonly Axis axis = ref _axes[number];
        from += axis.FirstSource;
        to += axis.FirstTarget;
        if (number == _axes.Length - 1)
        {
            WriteRow(from, axis.SourceStep, to, axis.TargetStep, axis.Count);
            return;
        }

        for (int i = 0; i < axis.Count; i++)
        {
            WriteAxis(number + 1, from, to);
            from += axis.SourceStep;
            to += axis.TargetStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void WriteRow<T>(T* from, long sourceStep, T* to, long targetStep, int count)
        where T : unmanaged
    {
        int i = 0;
        if (sourceStep == 1 && targetStep == 1)
        {
            for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
            {
                Vector256.Store(Vector256.Load(from + i), to + i);
            }
        }

        for (; i < count; i++)
        {
            to[i * targetStep] = from[i * sourceStep];
        }
    }

    // One axis of the copy: which inputs land in it, and where.
    readonly struct Axis
    {
        public Axis(int input, long sourceStep, int padded, long targetStep, int low, int dilation)
        {
            int first = low >= 0 ? 0 : (int)((-(long)low + dilation - 1) / dilation);
            long last = padded - 1L - low;
            int end = last < 0 ? 0 : (int)Math.Min(input, (last / dilation) + 1);
            Count = Math.Max(0, end - first);
            FirstSource = Count == 0 ? 0 : first * sourceStep;
            FirstTarget = Count == 0 ? 0 : (low + ((long)first * dilation)) * targetStep;
            SourceStep = sourceStep;
            TargetStep = dilation * targetStep;
        }

        /// <summary>Inputs that land in the copy.</summary>
        public int Count { get; }

        public long FirstSource { get; }

        public long FirstTarget { get; }

        public long SourceStep { get; }

        public long TargetStep { get; }
    }

    sealed class Copy(PaddedInput input) : IChunkWork
    {
        public byte* From { get; set; }

        public byte* To { get; set; }

        public void Execute(int chunk)
        {
            int end = Math.Min((chunk + 1) * input._planesInChunk, input._planes);
            for (int plane = chunk * input._planesInChunk; plane < end; plane++)
            {
                input.WritePlane(plane, From, To);
            }
        }
    }
}
