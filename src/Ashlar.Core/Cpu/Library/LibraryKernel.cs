namespace Ashlar.Cpu.Library;

/// <summary>One operation with its own loops, made once for a plan: shapes, dtype and the cut into chunks are settled in the constructor.</summary>
/// <remarks>A kernel runs one job at a time. What a chunk computes depends on its number alone, so the result does not depend on the threads.</remarks>
abstract unsafe class LibraryKernel : IChunkWork
{
    // Elements read or written by one chunk: about ten microseconds of one core.
    const int WorkOfChunk = 1 << 16;

    readonly int _items;
    readonly int _itemsOfChunk;
    readonly int _chunks;
    byte** _operands;
    Preparation? _preparation;

    /// <param name="items">Number of independent items, ≥ 0.</param>
    /// <param name="workOfItem">Elements read or written for one of them.</param>
    protected LibraryKernel(int items, long workOfItem)
    {
        _items = items;
        _itemsOfChunk = (int)Math.Max(1, WorkOfChunk / Math.Max(1, workOfItem));
        _chunks = (int)(((long)items + _itemsOfChunk - 1) / _itemsOfChunk);
    }

    /// <summary>Computes the result. Allocates nothing.</summary>
    /// <param name="pool">The threads that share the work.</param>
    /// <param name="operands">First byte of each input in the primitive's order, then of the result; all contiguous, row-major.</param>
    public virtual void Run(WorkerPool pool, byte** operands)
    {
        _operands = operands;
        if (PreparationCount > 0)
        {
            _preparation ??= new Preparation(this);
            pool.Run(PreparationCount, _preparation);
        }

        pool.Run(_chunks, this);
        _operands = null;
    }

    /// <summary>Number of independent pieces of what is done before the first item; none unless a kernel says so.</summary>
    protected virtual int PreparationCount => 0;

    /// <summary>Does a piece of what is done before the first item.</summary>
    protected virtual void Prepare(byte** operands, int piece)
    {
    }

    void IChunkWork.Execute(int chunk)
    {
        int first = chunk * _itemsOfChunk;
        Execute(_operands, first, (int)Math.Min(_items, (long)first + _itemsOfChunk));
    }

    /// <summary>Does the items from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    protected abstract void Execute(byte** operands, int first, int end);

    sealed class Preparation(LibraryKernel kernel) : IChunkWork
    {
        public void Execute(int chunk) => kernel.Prepare(kernel._operands, chunk);
    }
}
