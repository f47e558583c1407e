using Ashlar.Ir;

namespace Ashlar.Primitives.Fft;

/// <summary>The direction of a Fourier transform.</summary>
/// <param name="inverse">Whether the exponent is positive. Neither direction scales.</param>
public sealed class FftAttributes(bool inverse) : Attributes
{
    /// <summary>Whether the exponent is positive.</summary>
    public bool Inverse { get; } = inverse;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key) => key.Write(Inverse ? 1 : 0);

    /// <inheritdoc/>
    public override string ToString() => Inverse ? "inverse" : "forward";
}
