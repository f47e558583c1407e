using Ashlar.Ir;

namespace Ashlar.Primitives.Linalg;

/// <summary>What counts as zero.</summary>
/// <param name="relative">Relative to the largest, ≥ 0.</param>
public sealed class ToleranceAttributes(double relative) : Attributes
{
    /// <summary>Relative to the largest, ≥ 0.</summary>
    public double Relative => relative;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key) => key.Write(BitConverter.DoubleToInt64Bits(relative));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"tolerance={relative:R}");
}
