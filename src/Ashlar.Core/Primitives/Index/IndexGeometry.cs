using Ashlar.Ir;

namespace Ashlar.Primitives.Index;

/// <summary>The sizes of the groups of axes that <see cref="IndexAttributes"/> tells apart, and the rules that they obey.</summary>
sealed class IndexGeometry
{
    readonly string _operation;
    readonly int _axis;

    /// <param name="operation">As in messages.</param>
    /// <param name="x">The shape that is indexed.</param>
    /// <param name="indices">One for each indexed axis, of one shape and dtype.</param>
    /// <param name="a">Which axes are which.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The indices are no int32 or int64, or differ.</exception>
    public IndexGeometry(string operation, Shape x, ReadOnlySpan<Node> indices, IndexAttributes a)
    {
        (_operation, _axis) = (operation, a.Axis);
        Shape index = indices[0].Shape;
        foreach (Node other in indices)
        {
            if (other.Type is not (DType.Int32 or DType.Int64) || other.Type != indices[0].Type)
            {
                throw new DTypeException($"{operation}: indices are {other.Type.Name}. Cast all of them to int32, or all to int64.");
            }

            if (!other.Shape.Equals(index))
            {
                throw new ShapeException($"{operation}: indices {index} and {other.Shape} differ. Broadcast them to one shape first.");
            }
        }

        int after = a.Axis + indices.Length;
        bool fits = a.Batch <= a.Axis && after <= x.Rank - a.Trailing && index.Rank >= a.Batch + a.Trailing
            && x.Extents[..a.Batch].SequenceEqual(index.Extents[..a.Batch])
            && x.Extents[^a.Trailing..].SequenceEqual(index.Extents[^a.Trailing..]);
        if (!fits)
        {
            throw new ShapeException($"{operation}: indices {index} do not fit {x} with {a}. Make the shared axes equal, and give one index for each indexed axis.");
        }

        ReadOnlySpan<int> picks = index.Extents[a.Batch..^a.Trailing];
        Picked = new Shape([.. x.Extents[..a.Axis], .. picks, .. x.Extents[after..]]);
        Batch = new Shape(x.Extents[..a.Batch]).Size;
        Outer = new Shape(x.Extents[a.Batch..a.Axis]).Size;
        Extents = x.Extents[a.Axis..after].ToArray();
        Indexed = new Shape(Extents).Size;
        Picks = new Shape(picks).Size;
        Inner = new Shape(x.Extents[after..^a.Trailing]).Size;
        Trailing = new Shape(x.Extents[^a.Trailing..]).Size;
        Strides = new Shape(Extents).Strides();
        IsWide = indices[0].Type == DType.Int64;
    }

    /// <summary>Shape of the picked elements.</summary>
    public Shape Picked { get; }

    public int Batch { get; }

    public int Outer { get; }

    public int Indexed { get; }

    public int Picks { get; }

    public int Inner { get; }

    public int Trailing { get; }

    /// <summary>Extents of the indexed axes.</summary>
    public int[] Extents { get; }

    /// <summary>Row-major strides of the indexed axes.</summary>
    public int[] Strides { get; }

    /// <summary>Whether indices are int64.</summary>
    public bool IsWide { get; }

    /// <summary>The part of a place along the indexed axes that one index gives; a negative one counts from the end.</summary>
    /// <exception cref="ArgumentException">The index lies outside.</exception>
    public int Place(int which, long index)
    {
        int extent = Extents[which];
        long place = index < 0 ? index + extent : index;
        return (ulong)place < (ulong)extent ? (int)place * Strides[which] : throw IndexRules.Outside(_operation, index, _axis + which, extent);
    }
}
