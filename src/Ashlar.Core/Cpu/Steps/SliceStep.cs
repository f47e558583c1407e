using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Steps;

/// <summary>Reductions and maps that pass over the same slices of a space, all of them over some slices before the next ones: what the first has read the others find in the cache.</summary>
sealed unsafe class SliceStep : Step, IChunkWork
{
    // Elements of a chunk, if it has more than one slice.
    const int ElementsOfChunk = 1 << 14;

    readonly int _slices;
    readonly int _count;
    readonly int _slicesOfChunk;
    readonly (ReduceStep? Reduction, MapWork? Map)[] _passes;
    readonly bool _streams;
    PlanMemory? _memory;

    /// <param name="slices">Number of slices.</param>
    /// <param name="count">Elements of each.</param>
    /// <param name="passes">What passes over a slice, in order: a reduction whose results are the slices', or a map whose space begins with the slices.</param>
    public SliceStep(int slices, int count, (ReduceStep? Reduction, MapWork? Map)[] passes)
    {
        (_slices, _count, _passes) = (slices, count, passes);
        _slicesOfChunk = Math.Max(1, ElementsOfChunk / Math.Max(1, count));
        _streams = Array.Exists(passes, pass => pass.Map?.Streams == true);
    }

    public override void Run(PlanMemory memory)
    {
        _memory = memory;
        memory.Pool.Run((_slices + _slicesOfChunk - 1) / _slicesOfChunk, this);
        _memory = null;
    }

    void IChunkWork.Execute(int chunk)
    {
        byte** buffers = _memory!.Pointers;
        int first = chunk * _slicesOfChunk;
        int end = Math.Min(_slices, first + _slicesOfChunk);
        foreach ((ReduceStep? reduction, MapWork? map) in _passes)
        {
            reduction?.RunSlices(buffers, first, end);
            map?.Run(buffers, null, first * _count, end * _count);
        }

        if (_streams && Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }
}
