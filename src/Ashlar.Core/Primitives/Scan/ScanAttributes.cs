using Ashlar.Ir;

namespace Ashlar.Primitives.Scan;

/// <summary>What a scan does along which axis, and from which end.</summary>
/// <param name="kind">How elements are combined.</param>
/// <param name="axis">The axis.</param>
/// <param name="reverse">Whether it begins at the end.</param>
public sealed class ScanAttributes(ReduceKind kind, int axis, bool reverse) : Attributes
{
    /// <summary>How elements are combined.</summary>
    public ReduceKind Kind { get; } = kind;

    /// <summary>The axis.</summary>
    public int Axis { get; } = axis;

    /// <summary>Whether it begins at the end.</summary>
    public bool Reverse { get; } = reverse;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
        key.Write((int)Kind);
        key.Write(Axis);
        key.Write(Reverse ? 1 : 0);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} axis={Axis}{(Reverse ? " reverse" : "")}";
}
