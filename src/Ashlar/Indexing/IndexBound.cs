namespace Ashlar;

/// <summary>A position counted from the front or, as C# does, from the end.</summary>
readonly record struct IndexBound(int Value, bool FromEnd)
{
    /// <summary>Python's spelling: negative counts from the end.</summary>
    public static IndexBound Of(int position) => position < 0 ? new(-position, true) : new(position, false);

    public static IndexBound? Of(int? position) => position is { } given ? Of(given) : null;

    /// <summary>The position from the front, which may lie outside.</summary>
    public long In(int extent) => FromEnd ? (long)extent - Value : Value;

    /// <summary>As it was written.</summary>
    public int Written => FromEnd ? -Value : Value;
}
