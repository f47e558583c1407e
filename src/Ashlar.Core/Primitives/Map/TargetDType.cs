using Ashlar.Ir;

namespace Ashlar.Primitives.Map;

/// <summary>The dtype that a conversion leads to.</summary>
/// <param name="type">The dtype.</param>
public sealed class TargetDType(DType type) : Attributes
{
    /// <summary>The dtype.</summary>
    public DType Type { get; } = type;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key) => key.Write((int)Type);

    /// <inheritdoc/>
    public override string ToString() => Type.Name;
}
