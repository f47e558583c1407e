using System.Numerics;
using Ashlar.Cpu.Reduction;
using Ashlar.Ir;
using Ashlar.Primitives.Reduce;

namespace Ashlar.Cpu.Library;

/// <summary>The index of the largest or smallest element along one axis → int64. Ties take the lowest index; the first NaN wins. One item is one result; a long contiguous row is searched in parts before.</summary>
sealed unsafe class ArgReduceKernel : LibraryKernel
{
    const int Part = 1 << 16;

    readonly int _count;
    readonly int _inner;
    readonly int _itemSize;
    readonly int _parts;
    readonly long[] _winners;
    readonly delegate*<byte*, long*, int, long> _best;
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

        _itemSize = type.ItemSize;
        _parts = _inner == 1 && _count >= 2 * Part ? (_count + Part - 1) / Part : 1;
        _winners = new long[_parts == 1 ? 0 : _parts * new Shape(input.Extents[..axis]).Size];
        switch (type)
        {
            case DType.Float32:
                _results = Results<float, int>(kind);
                _best = Best<float>(kind);
                break;
            case DType.Float64:
                _results = Results<double, long>(kind);
                _best = Best<double>(kind);
                break;
            case DType.Int32:
                _results = Results<int, int>(kind);
                _best = Best<int>(kind);
                break;
            case DType.Int64:
                _results = Results<long, long>(kind);
                _best = Best<long>(kind);
                break;
            default:
                _results = Results<byte, int>(kind);
                _best = Best<byte>(kind);
                break;
        }
    }

    /// <inheritdoc/>
    protected override int PreparationCount => _winners.Length;

    /// <inheritdoc/>
    protected override void Prepare(byte** operands, int piece)
    {
        int row = piece / _parts;
        int start = piece % _parts * Part;
        fixed (long* winner = &_winners[piece])
        {
            nint bytes = (((nint)row * _count) + start) * _itemSize;
            _results(operands[0] + bytes, (byte*)winner, 0, 1, Math.Min(Part, _count - start), 1);
        }

        _winners[piece] += start;
    }

    /// <inheritdoc/>
    protected override void Execute(byte** operands, int first, int end)
    {
        if (_parts == 1)
        {
            _results(operands[0], operands[1], first, end, _count, _inner);
            return;
        }

        fixed (long* winners = _winners)
        {
            for (int row = first; row < end; row++)
            {
                ((long*)operands[1])[row] = _best(operands[0] + ((nint)row * _count * _itemSize), winners + ((nint)row * _parts), _parts);
            }
        }
    }

    static int AxisOf(ReduceAttributes search) => search.Axes.Length == 1
        ? search.Axes[0]
        : throw new ArgumentException($"ArgReduce: the search has {search.Axes.Length} axes. Give one; reshape several into one first.", nameof(search));

    static delegate*<byte*, long*, int, long> Best<T>(ReduceKind kind)
        where T : unmanaged, INumber<T> => kind == ReduceKind.Max ? &BestOf<T, MaxOf<T>> : &BestOf<T, MinOf<T>>;

    // The first of the best among the winners of the parts.
    static long BestOf<T, TExtremum>(byte* row, long* winners, int parts)
        where T : unmanaged, INumber<T>
        where TExtremum : struct, IExtremum<T>
    {
        long best = winners[0];
        for (int part = 1; part < parts; part++)
        {
            if (FirstWinner.Beats<T, TExtremum>(((T*)row)[winners[part]], ((T*)row)[best]))
            {
                best = winners[part];
            }
        }

        return best;
    }

    static delegate*<byte*, byte*, int, int, int, int, void> Results<T, TPlace>(ReduceKind kind)
        where T : unmanaged, INumber<T>
        where TPlace : unmanaged, IBinaryInteger<TPlace> => kind switch
        {
            ReduceKind.Max => &ColumnSearch<T, TPlace, MaxOf<T>>.Run,
            ReduceKind.Min => &ColumnSearch<T, TPlace, MinOf<T>>.Run,
            _ => throw new ArgumentException($"ArgReduce: {kind} has no winner. Use Max or Min.", nameof(kind)),
        };
}
