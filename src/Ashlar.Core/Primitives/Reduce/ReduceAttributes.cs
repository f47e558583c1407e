using Ashlar.Ir;

namespace Ashlar.Primitives.Reduce;

/// <summary>What a reduction does over which axes; the axes disappear.</summary>
/// <param name="kind">How elements are combined.</param>
/// <param name="axes">The axes, ascending.</param>
public sealed class ReduceAttributes(ReduceKind kind, int[] axes) : Attributes
{
    /// <summary>How elements are combined.</summary>
    public ReduceKind Kind { get; } = kind;

    /// <summary>The axes, ascending.</summary>
    public ReadOnlySpan<int> Axes => axes;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
        key.Write((int)Kind);
        key.Write(axes);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} axes=[{string.Join(", ", axes)}]";
}
