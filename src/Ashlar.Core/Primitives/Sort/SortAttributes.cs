using Ashlar.Ir;

namespace Ashlar.Primitives.Sort;

/// <summary>How a sort orders which axis, and how much of it is wanted.</summary>
/// <param name="axis">The axis.</param>
/// <param name="descending">Whether the largest comes first; NaN is last in both orders.</param>
/// <param name="count">Number of places wanted, from the first on.</param>
public sealed class SortAttributes(int axis, bool descending, int count) : Attributes
{
    /// <summary>The axis.</summary>
    public int Axis { get; } = axis;

    /// <summary>Whether the largest comes first; NaN is last in both orders.</summary>
    public bool Descending { get; } = descending;

    /// <summary>Number of places wanted, from the first on.</summary>
    public int Count { get; } = count;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
        key.Write(Axis);
        key.Write(Descending ? 1 : 0);
        key.Write(Count);
    }

    /// <inheritdoc/>
    public override string ToString() => $"axis={Axis} count={Count}{(Descending ? " descending" : "")}";
}
