using System.Numerics;
using Ashlar.Ir;
using Ashlar.Primitives.Linalg;

namespace Ashlar.Cpu.Library;

/// <summary>A decomposition or solution of each matrix of a batch, by the primitive's own definition. One item is one matrix.</summary>
sealed unsafe class MatrixKernel : LibraryKernel
{
    readonly MatrixPrimitive _primitive;
    readonly MatrixBatch _batch;
    readonly Attributes? _attributes;
    readonly bool _single;
    readonly int _scratch;
    readonly int _sizeA;
    readonly int _sizeB;
    readonly int _sizeResult;
    readonly int _inputs;

    /// <param name="primitive">What to compute.</param>
    /// <param name="node">Shapes, dtype and attributes; not kept.</param>
    public MatrixKernel(MatrixPrimitive primitive, Node node)
        : this(primitive, node, new MatrixBatch(node))
    {
    }

    MatrixKernel(MatrixPrimitive primitive, Node node, MatrixBatch batch)
        : base(batch.Count, primitive.Cost(node) / Math.Max(1, batch.Count))
    {
        _primitive = primitive;
        _batch = batch;
        _attributes = node.Attributes;
        _single = node.Type == DType.Float32;
        _scratch = primitive.ScratchOf(batch.Rows, batch.Columns, node.Attributes);
        _sizeA = node.Inputs[0].Shape.Size;
        _sizeB = node.Inputs.Length > 1 ? node.Inputs[1].Shape.Size : 0;
        _sizeResult = node.Shape.Size;
        _inputs = node.Inputs.Length;
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end)
    {
        if (_single)
        {
            Each<float>(operands, first, end);
        }
        else
        {
            Each<double>(operands, first, end);
        }
    }

    void Each<T>(byte** operands, int first, int end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ThreadScratch memory = ThreadScratch.Current;
        nint mark = memory.Mark;
        var scratch = new Span<T>(memory.Take((nint)_scratch * sizeof(T)), _scratch);
        var a = new ReadOnlySpan<T>(operands[0], _sizeA);
        var b = new ReadOnlySpan<T>(_inputs > 1 ? operands[1] : null, _sizeB);
        var result = new Span<T>(operands[_inputs], _sizeResult);
        for (int i = first; i < end; i++)
        {
            _primitive.Compute(_batch.Task(i, _attributes, a, b, result, scratch));
        }

        memory.Release(mark);
    }
}
