namespace Ashlar;

/// <summary>Which places of a convolution of n and m elements are kept.</summary>
public enum ConvolutionMode
{
    /// <summary>All n + m - 1 where the two overlap.</summary>
    Full,

    /// <summary>max(n, m) in the middle.</summary>
    Same,

    /// <summary>The max(n, m) - min(n, m) + 1 where they overlap completely.</summary>
    Valid,
}
