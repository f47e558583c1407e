namespace Ashlar.Ir;

/// <summary>How a reduction combines elements. Numbers are part of keys: append only.</summary>
public enum ReduceKind : byte
{
    /// <summary>Σ in the law's order; zero elements give +0.</summary>
    Sum = 0,

    /// <summary>Π in the law's order; zero elements give 1.</summary>
    Prod = 1,

    /// <summary>The largest; NaN propagates, max(-0, +0) = +0; zero elements give the smallest value of the dtype.</summary>
    Max = 2,

    /// <summary>The smallest; NaN propagates, min(-0, +0) = -0; zero elements give the largest value of the dtype.</summary>
    Min = 3,
}
