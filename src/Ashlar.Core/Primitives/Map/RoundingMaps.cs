namespace Ashlar.Primitives.Map;

/// <summary>Floats to whole floats; exact. Their gradient is 0 where it exists, so none passes.</summary>
public static class RoundingMaps
{
    /// <summary>⌊a⌋.</summary>
    public static readonly MapPrimitive Floor = new("Floor", 1, DTypeSet.Floating, (x, _) => x[0].Floor(), (_, _) => [null], "Floor");

    /// <summary>⌈a⌉.</summary>
    public static readonly MapPrimitive Ceiling = new("Ceiling", 1, DTypeSet.Floating, (x, _) => x[0].Ceiling(), (_, _) => [null], "Ceil");

    /// <summary>Toward zero.</summary>
    public static readonly MapPrimitive Truncate = new("Truncate", 1, DTypeSet.Floating, (x, _) => x[0].Truncate(), (_, _) => [null]);

    /// <summary>To nearest, ties to even.</summary>
    public static readonly MapPrimitive Round = new("Round", 1, DTypeSet.Floating, (x, _) => x[0].Round(), (_, _) => [null], "Round");
}
