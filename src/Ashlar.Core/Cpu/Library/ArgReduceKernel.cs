using System.Numerics;
using Ashlar.Cpu.Reduction;
using Ashlar.Ir;
using Ashlar.Primitives.Reduce;

namespace Ashlar.Cpu.Library;

/// <summary>The index of the largest or smallest element along one axis → int64. Ties take the lowest index; the first NaN wins. One item is one result.</summary>
sealed unsafe class ArgReduceKernel : LibraryKernel
{
    readonly int _count;
    readonly int _inner;
    readonly delegate*<byte*, byte*, int, int, int, int, void> _results;

    /// <param name="type">Dtype of the elements.</param>
    /// <param name="input">[outer…, axis, inner…].</param>
    /// <param name="search">Its kind is Max or Min; its one axis is in [0, rank).</param>
    /// <exception cref="ArgumentException">The kind is neither Max nor Min, or there are several axes.</exception>
    /// <exception cref="ShapeException">The axis has no elements.</exception>
    public ArgReduceKernel(DType type, Shape input, ReduceAttributes search)
        : this(type, input, AxisOf(search), search.Kind)
    {
    }

    ArgReduceKernel(DType type, Shape input, int axis, ReduceKind kind)
        : base(new Shape(input.Extents[..axis]).Size * new Shape(input.Extents[(axis + 1)..]).Size, input[axis])
    {
        _count = input[axis];
        _inner = new Shape(input.Extents[(axis + 1)..]).Size;
        if (_count == 0)
        {
            throw new ShapeException($"Arg{kind}: axis {axis} of {input} has no elements, so none is the largest or smallest. Test the extent first.");
        }

        _results = type switch
        {
            DType.Float32 => Results<float, int>(kind),
            DType.Float64 => Results<double, long>(kind),
            DType.Int32 => Results<int, int>(kind),
            DType.Int64 => Results<long, long>(kind),
            _ => Results<byte, int>(kind),
        };
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end) => _results(operands[0], operands[1], first, end, _count, _inner);

    static int AxisOf(ReduceAttributes search) => search.Axes.Length == 1
        ? search.Axes[0]
        : throw new ArgumentException($"ArgReduce: the search has {search.Axes.Length} axes. Give one; reshape several into one first.", nameof(search));

    static delegate*<byte*, byte*, int, int, int, int, void> Results<T, TPlace>(ReduceKind kind)
        where T : unmanaged, INumber<T>
        where TPlace : unmanaged, IBinaryInteger<TPlace> => kind switch
        {
            ReduceKind.Max => &ColumnSearch<T, TPlace, MaxOf<T>>.Run,
            ReduceKind.Min => &ColumnSearch<T, TPlace, MinOf<T>>.Run,
            _ => throw new ArgumentException($"ArgReduce: {kind} has no winner. Use Max or Min.", nameof(kind)),
        };
}
