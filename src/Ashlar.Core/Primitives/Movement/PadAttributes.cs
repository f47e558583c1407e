using Ashlar.Ir;

namespace Ashlar.Primitives.Movement;

/// <summary>How many elements are added before, after and between those of each axis, and their value.</summary>
/// <param name="low">Elements before the first, ≥ 0.</param>
/// <param name="high">Elements after the last, ≥ 0.</param>
/// <param name="inner">Elements between neighbours, ≥ 0.</param>
/// <param name="bits">Bits of the value, in the operand's dtype.</param>
public sealed class PadAttributes(int[] low, int[] high, int[] inner, long bits) : Attributes
{
    /// <summary>Elements before the first.</summary>
    public ReadOnlySpan<int> Low => low;

    /// <summary>Elements after the last.</summary>
    public ReadOnlySpan<int> High => high;

    /// <summary>Elements between neighbours.</summary>
    public ReadOnlySpan<int> Inner => inner;

    /// <summary>Bits of the value.</summary>
    public long Bits => bits;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
        key.Write(low);
        key.Write(high);
        key.Write(inner);
        key.Write(bits);
    }

    /// <inheritdoc/>
    public override string ToString() => $"low=[{string.Join(", ", low)}] high=[{string.Join(", ", high)}] inner=[{string.Join(", ", inner)}]";
}
