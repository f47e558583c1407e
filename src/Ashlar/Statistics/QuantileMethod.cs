namespace Ashlar;

/// <summary>What a quantile is that falls between two elements a ≤ b. The names are NumPy's.</summary>
public enum QuantileMethod : byte
{
    /// <summary>a + (b - a) · t, where t is the part of the way from a to b.</summary>
    Linear = 0,

    /// <summary>a.</summary>
    Lower = 1,

    /// <summary>b.</summary>
    Higher = 2,

    /// <summary>The nearer one; half way the one with the even index.</summary>
    Nearest = 3,

    /// <summary>(a + b) / 2.</summary>
    Midpoint = 4,
}
