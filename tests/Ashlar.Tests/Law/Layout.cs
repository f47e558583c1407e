namespace Ashlar.Tests.Law;

/// <summary>How the elements of an operand lie in memory.</summary>
public enum Layout
{
    /// <summary>Row-major, one after the other.</summary>
    Contiguous,

    /// <summary>The axes in reversed order.</summary>
    Transposed,

    /// <summary>Every second element along every axis of a larger array.</summary>
    Strided,

    /// <summary>Backwards along every axis.</summary>
    Backwards,

    /// <summary>A part of a larger array, one element in from its start.</summary>
    Inner,

    /// <summary>One row for all of axis 0.</summary>
    Broadcast,
}
