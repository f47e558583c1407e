using System.Globalization;

namespace Ashlar.Onnx.Values;

/// <summary>Keys with values, in their order.</summary>
/// <param name="keys">int64 or text.</param>
/// <param name="values">A number or text for each key.</param>
public sealed class OnnxMap(IReadOnlyList<object> keys, IReadOnlyList<object> values) : OnnxValue
{
    /// <summary>int64 or text.</summary>
    public IReadOnlyList<object> Keys => keys;

    /// <summary>A number or text for each key.</summary>
    public IReadOnlyList<object> Values => values;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"map of {keys.Count}");
}
