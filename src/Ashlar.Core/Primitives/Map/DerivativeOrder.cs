using Ashlar.Ir;

namespace Ashlar.Primitives.Map;

/// <summary>How often a function is differentiated.</summary>
/// <param name="order">Times.</param>
public sealed class DerivativeOrder(int order) : Attributes
{
    /// <summary>Times.</summary>
    public int Order { get; } = order;

    /// <inheritdoc/>
    public override void WriteKey(KeyWriter key) => key.Write(Order);

    /// <inheritdoc/>
    public override string ToString() => $"order={Order}";
}
