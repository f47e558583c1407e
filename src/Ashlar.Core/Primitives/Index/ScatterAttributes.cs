using Ashlar.Ir;

namespace Ashlar.Primitives.Index;

/// <summary>Where a scatter writes, how, and into what.</summary>
/// <param name="kind">How an update joins what is there.</param>
/// <param name="hasBase">Whether the first operand is what is there before; else there are zeros.</param>
/// <param name="target">Extents of the result.</param>
/// <param name="axis">The first indexed axis.</param>
/// <param name="batch">Leading axes that the target and the indices share.</param>
/// <param name="trailing">Last axes that the target and the indices share.</param>
public sealed class ScatterAttributes(ScatterKind kind, bool hasBase, Shape target, int axis, int batch, int trailing) : IndexAttributes(axis, batch, trailing)
{
    /// <summary>How an update joins what is there.</summary>
    public ScatterKind Kind { get; } = kind;

    /// <summary>Whether the first operand is what is there before; else there are zeros.</summary>
    public bool HasBase { get; } = hasBase;

    /// <summary>Extents of the result.</summary>
    public Shape Target { get; } = target;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
        base.WriteKey(key);
        key.Write((int)Kind);
        key.Write(HasBase ? 1 : 0);
        key.Write(Target.Extents);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} into {Target} {base.ToString()}";
}
