using Ashlar.Ir;

namespace Ashlar.Primitives;

/// <summary>A list of whole numbers that says what a movement or reduction does: axes, extents or starts.</summary>
/// <param name="name">What the numbers are, as in explanations.</param>
/// <param name="values">The numbers.</param>
public sealed class Axes(string name, int[] values) : Attributes
{
    /// <summary>The numbers.</summary>
    public ReadOnlySpan<int> Values => values;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key) => key.Write(values);

    /// <inheritdoc/>
    public override string ToString() => $"{name}=[{string.Join(", ", values)}]";
}
