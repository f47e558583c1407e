namespace Ashlar;

/// <summary>What becomes of the axes that a pattern leaves out.</summary>
public enum PatternReduction : byte
{
    /// <summary>Σ.</summary>
    Sum = 0,

    /// <summary>Σ / n; floating dtypes.</summary>
    Mean = 1,

    /// <summary>Π.</summary>
    Prod = 2,

    /// <summary>The largest.</summary>
    Max = 3,

    /// <summary>The smallest.</summary>
    Min = 4,
}
