namespace Ashlar.Primitives.Map;

/// <summary>Maps that only move values.</summary>
public static class StructureMaps
{
    /// <summary>The same value in memory of its own, contiguous.</summary>
    public static readonly MapPrimitive Copy = new("Copy", 1, DTypeSet.All, (x, _) => x[0], (_, dy) => [dy], "Identity", knowsHalves: true);
}
