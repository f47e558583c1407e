namespace Ashlar;

/// <summary>A norm of a matrix, or with Minus the least instead of the largest of what it measures.</summary>
public enum MatrixNormKind
{
    /// <summary>√Σ x².</summary>
    Frobenius,

    /// <summary>The sum of the singular values.</summary>
    Nuclear,

    /// <summary>The largest column sum of magnitudes.</summary>
    One,

    /// <summary>The least column sum of magnitudes.</summary>
    MinusOne,

    /// <summary>The largest singular value.</summary>
    Two,

    /// <summary>The least singular value.</summary>
    MinusTwo,

    /// <summary>The largest row sum of magnitudes.</summary>
    Infinity,

    /// <summary>The least row sum of magnitudes.</summary>
    MinusInfinity,
}
