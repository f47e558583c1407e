namespace Ashlar.Primitives.Map;

/// <summary>Comparisons of elements → bool. A NaN equals nothing and has no order.</summary>
public static class ComparisonMaps
{
    /// <summary>a = b.</summary>
    public static readonly MapPrimitive Equal = new("Equal", 2, DTypeSet.All, (x, _) => x[0].EqualTo(x[1]), (_, _) => [null, null], "Equal");

    /// <summary>a ≠ b.</summary>
    public static readonly MapPrimitive NotEqual = new("NotEqual", 2, DTypeSet.All, (x, _) => x[0].NotEqualTo(x[1]), (_, _) => [null, null]);

    /// <summary>a &lt; b.</summary>
    public static readonly MapPrimitive Less = new("Less", 2, DTypeSet.Number, (x, _) => x[0] < x[1], (_, _) => [null, null], "Less");

    /// <summary>a ≤ b.</summary>
    public static readonly MapPrimitive LessOrEqual = new("LessOrEqual", 2, DTypeSet.Number, (x, _) => x[0] <= x[1], (_, _) => [null, null], "LessOrEqual");
}
