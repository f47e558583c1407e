using Ashlar.Ir;

namespace Ashlar.Primitives.Fft;

/// <summary>How many real numbers an inverse transform gives, and by what they are multiplied.</summary>
/// <param name="count">≥ 1.</param>
/// <param name="factor">Any number; 1 / count undoes a transform.</param>
public sealed class IRFftAttributes(int count, double factor) : Attributes
{
    /// <summary>Elements of the result.</summary>
    public int Count { get; } = count;

    /// <summary>What every element is multiplied by.</summary>
    public double Factor { get; } = factor;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
        key.Write(Count);
        key.Write(BitConverter.DoubleToInt64Bits(Factor));
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"n={Count} factor={Factor}");
}
