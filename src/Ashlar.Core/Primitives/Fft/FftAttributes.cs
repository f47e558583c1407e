using Ashlar.Ir;

namespace Ashlar.Primitives.Fft;

/// <summary>The direction of a Fourier transform and its axis.</summary>
/// <param name="inverse">Whether the exponent is positive. Neither direction scales.</param>
/// <param name="axesBehind">Number of axes between the transformed one and that of the pairs, ≥ 0.</param>
public sealed class FftAttributes(bool inverse, int axesBehind = 0) : Attributes
{
    /// <summary>Number of axes between the transformed one and that of the pairs.</summary>
    public int AxesBehind { get; } = axesBehind;

    /// <summary>Whether the exponent is positive.</summary>
    public bool Inverse { get; } = inverse;

    /// <summary>The extents of pairs as rows, elements of the transformed axis, and places behind it.</summary>
    internal (int Rows, int Length, int Inner) Sizes(Shape pairs)
    {
        int axis = pairs.Rank - 2 - AxesBehind;
        int inner = new Shape(pairs.Extents[(axis + 1)..^1]).Size;
        return (pairs.Size / (2 * pairs[axis] * Math.Max(1, inner)), pairs[axis], inner);
    }

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key) => key.Write((2 * AxesBehind) + (Inverse ? 1 : 0));

    /// <inheritdoc/>
    public override string ToString() => (Inverse ? "inverse" : "forward") + (AxesBehind == 0 ? "" : $" {AxesBehind} axes before the last");
}
