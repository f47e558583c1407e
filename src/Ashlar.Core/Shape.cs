using System.Collections;

namespace Ashlar;

/// <summary>The extents of a tensor, outermost axis first. Immutable; compared by value.</summary>
public sealed class Shape : IEquatable<Shape>, IReadOnlyList<int>
{
    /// <summary>Most axes of a tensor, 64 as in NumPy.</summary>
    /// <remarks>Loops over axes keep an extent of each on the stack, which a file's shape must not exhaust.</remarks>
    public const int MaxRank = 64;

    static readonly Shape?[] OfOnes = new Shape?[8];

    readonly int[] _extents;

    /// <summary>The shape of a single element, [].</summary>
    public static Shape Scalar { get; } = new();

    /// <param name="extents">Extent of each axis, ≥ 0.</param>
    /// <exception cref="ShapeException">An extent is negative, the product exceeds 2³¹-1, or there are more than 64 axes.</exception>
    public Shape(params ReadOnlySpan<int> extents)
    {
        if (extents.Length > MaxRank)
        {
            throw new ShapeException($"shape: {extents.Length} axes, where a tensor has at most {MaxRank}. Join some of them.");
        }

        _extents = extents.ToArray();
        long size = 1;
        foreach (int extent in extents)
        {
            if (extent < 0)
            {
                throw new ShapeException($"shape: {Format(extents)} has a negative extent. Extents are 0 or more.");
            }

            size *= extent;
            if (size > int.MaxValue)
            {
                throw new ShapeException($"shape: {Format(extents)} has more than 2147483647 elements. Split the tensor.");
            }
        }

        Size = (int)size;
    }

    /// <summary>Number of axes.</summary>
    public int Rank => _extents.Length;

    /// <summary>Number of elements: the product of the extents, 1 for [].</summary>
    public int Size { get; }

    /// <summary>The extents, outermost first.</summary>
    public ReadOnlySpan<int> Extents => _extents;

    /// <summary>Extent of one axis.</summary>
    public int this[int axis] => _extents[axis];

    /// <summary>Number of axes, as C# wants it for an index from the end.</summary>
    public int Count => _extents.Length;

    /// <summary>Row-major strides in elements.</summary>
    public int[] Strides()
    {
        var strides = new int[Rank];
        int stride = 1;
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(1, _extents[axis]);
        }

        return strides;
    }

    /// <summary>The axis counted from the front: -1 is the last.</summary>
    /// <exception cref="ShapeException">The axis lies outside -rank … rank-1.</exception>
    public int Axis(int axis, string operation)
    {
        int found = axis < 0 ? axis + Rank : axis;
        return (uint)found < (uint)Rank
            ? found
            : throw new ShapeException($"{operation}: axis {axis} of {this} does not exist. Axes run from {-Rank} to {Rank - 1}.");
    }

    /// <summary>The NumPy broadcast of two shapes.</summary>
    /// <exception cref="ShapeException">Two extents differ and neither is 1.</exception>
    public static Shape Broadcast(Shape a, Shape b, string operation)
    {
        if (a.Equals(b))
        {
            return a;
        }

        int rank = Math.Max(a.Rank, b.Rank);
        Span<int> extents = stackalloc int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int x = axis < rank - a.Rank ? 1 : a[axis - (rank - a.Rank)];
            int y = axis < rank - b.Rank ? 1 : b[axis - (rank - b.Rank)];
            if (x != y && x != 1 && y != 1)
            {
                throw new ShapeException($"{operation}: {a} and {b} do not broadcast: extents {x} and {y} differ at axis {axis - rank}. Make them equal or one of them 1.");
            }

            extents[axis] = x == 1 ? y : x;
        }

        // Most broadcasts are to the shape of one operand.
        return a._extents.AsSpan().SequenceEqual(extents) ? a : b._extents.AsSpan().SequenceEqual(extents) ? b : new Shape(extents);
    }

    /// <summary>As many axes of extent 1.</summary>
    internal static Shape Ones(int rank)
    {
        if (rank >= OfOnes.Length)
        {
            return Made(rank);
        }

        // Two threads that fill one place write equal shapes.
        return OfOnes[rank] ??= Made(rank);

        static Shape Made(int rank)
        {
            var extents = new int[rank];
            extents.AsSpan().Fill(1);
            return new Shape(extents);
        }
    }

    /// <inheritdoc/>
    public bool Equals(Shape? other) => ReferenceEquals(this, other) || (other is not null && _extents.AsSpan().SequenceEqual(other._extents));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        uint hash = 2166136261;
        foreach (int extent in _extents)
        {
            hash = (hash ^ (uint)extent) * 16777619;
        }

        return (int)hash;
    }

    /// <summary>As in messages: [64, 1, 28, 28].</summary>
    public override string ToString() => Format(_extents);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_extents).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    static string Format(ReadOnlySpan<int> extents) => $"[{string.Join(", ", extents.ToArray())}]";
}
