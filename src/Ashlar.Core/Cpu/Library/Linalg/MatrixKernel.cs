using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.Intrinsics;
using Ashlar.Ir;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library.Linalg;

/// <summary>A decomposition or solution of each matrix of a batch. Threads share the matrices of a large batch, and the work on each matrix of a small one: the bits are the same.</summary>
sealed unsafe class MatrixKernel<T> : LibraryKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // A batch of fewer matrices than this for each thread leaves threads idle at its end.
    const int MatricesOfThread = 4;

    readonly MatrixPrimitive _primitive;
    readonly MatrixBatch _batch;
    readonly Attributes? _attributes;
    readonly bool _wide;
    readonly int _scratch;
    readonly int _sizeA;
    readonly int _sizeB;
    readonly int _sizeResult;
    readonly int _inputs;
    readonly ConcurrentBag<IMatrixMill<T>> _idle = [];

    /// <param name="primitive">What to compute.</param>
    /// <param name="node">Shapes, dtype and attributes; not kept.</param>
    public MatrixKernel(MatrixPrimitive primitive, Node node)
        : this(primitive, node, Vector512.IsHardwareAccelerated)
    {
    }

    /// <summary>As above, with registers of 512 bits or of 256, whatever the hardware has.</summary>
    internal MatrixKernel(MatrixPrimitive primitive, Node node, bool wide)
        : this(primitive, node, new MatrixBatch(node), wide)
    {
    }

    MatrixKernel(MatrixPrimitive primitive, Node node, MatrixBatch batch, bool wide)
        : base(batch.Count, primitive.Cost(node) / Math.Max(1, batch.Count))
    {
        _primitive = primitive;
        _batch = batch;
        _attributes = node.Attributes;
        _wide = wide;
        _scratch = primitive.ScratchOf(batch.Rows, batch.Columns, node.Attributes);
        _sizeA = node.Inputs[0].Shape.Size;
        _sizeB = node.Inputs.Length > 1 ? node.Inputs[1].Shape.Size : 0;
        _sizeResult = node.Shape.Size;
        _inputs = node.Inputs.Length;
    }

    /// <inheritdoc/>
    public override void Run(WorkerPool pool, byte** operands)
    {
        if (pool.Threads > 1 && _batch.Count < MatricesOfThread * pool.Threads)
        {
            Run(operands, 0, _batch.Count, pool);
        }
        else
        {
            base.Run(pool, operands);
        }
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end) => Run(operands, first, end, null);

    void Run(byte** operands, int first, int end, WorkerPool? pool)
    {
        IMatrixMill<T> mill = _idle.TryTake(out IMatrixMill<T>? idle) ? idle : MatrixMills.Of<T>(_primitive, _wide);
        ThreadScratch memory = ThreadScratch.Current;
        nint mark = memory.Mark;
        var scratch = new Span<T>(memory.Take((nint)_scratch * sizeof(T)), _scratch);
        var a = new ReadOnlySpan<T>(operands[0], _sizeA);
        var b = new ReadOnlySpan<T>(_inputs > 1 ? operands[1] : null, _sizeB);
        var result = new Span<T>(operands[_inputs], _sizeResult);
        for (int i = first; i < end; i++)
        {
            mill.Run(_batch.Task(i, _attributes, a, b, result, scratch, MatrixSteps<T>.Definition), pool);
        }

        memory.Release(mark);
        _idle.Add(mill);
    }
}
