using Ashlar.Ir;

namespace Ashlar.Primitives.Structure;

/// <summary>A name. It decides no result.</summary>
/// <param name="name">The name.</param>
public sealed class NameAttributes(string name) : Attributes
{
    /// <summary>The name.</summary>
    public string Name => name;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => name;
}
