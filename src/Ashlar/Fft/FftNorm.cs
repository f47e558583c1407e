namespace Ashlar;

/// <summary>Which direction of a Fourier transform of n elements carries the factor.</summary>
public enum FftNorm
{
    /// <summary>The inverse carries 1 / n, the forward transform nothing: the default.</summary>
    Backward,

    /// <summary>Both carry 1 / √n, so that both keep lengths.</summary>
    Ortho,

    /// <summary>The forward transform carries 1 / n, the inverse nothing.</summary>
    Forward,
}
