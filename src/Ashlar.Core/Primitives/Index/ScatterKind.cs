namespace Ashlar.Primitives.Index;

/// <summary>How an update joins what is there. Updates of one place follow each other in index order. Numbers are part of keys: append only.</summary>
public enum ScatterKind : byte
{
    /// <summary>The last update stays.</summary>
    Set = 0,

    /// <summary>Updates are added one after the other.</summary>
    Add = 1,

    /// <summary>Updates are multiplied one after the other.</summary>
    Multiply = 2,

    /// <summary>The largest stays; NaN propagates, max(-0, +0) = +0.</summary>
    Max = 3,

    /// <summary>The smallest stays; NaN propagates, min(-0, +0) = -0.</summary>
    Min = 4,
}
