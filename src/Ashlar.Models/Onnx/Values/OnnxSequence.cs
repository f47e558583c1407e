using System.Globalization;

namespace Ashlar.Onnx.Values;

/// <summary>Values one after the other.</summary>
/// <param name="items">The values.</param>
public sealed class OnnxSequence(IReadOnlyList<OnnxValue> items) : OnnxValue
{
    /// <summary>The values.</summary>
    public IReadOnlyList<OnnxValue> Items => items;

    /// <inheritdoc/>
    public override string ToString() => $"sequence({string.Join(", ", items.Take(4))}{(items.Count > 4 ? string.Create(CultureInfo.InvariantCulture, $", … {items.Count} in all") : "")})";
}
