using Ashlar.Ir;

namespace Ashlar.Primitives.Map;

/// <summary>By how many bits a shift moves.</summary>
/// <param name="count">Bits, from 0 to below the width of the dtype.</param>
public sealed class ShiftCount(int count) : Attributes
{
    /// <summary>Bits.</summary>
    public int Count { get; } = count;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key) => key.Write(Count);

    /// <inheritdoc/>
    public override string ToString() => $"count={Count}";
}
