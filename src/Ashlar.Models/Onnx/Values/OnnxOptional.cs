namespace Ashlar.Onnx.Values;

/// <summary>A value or none.</summary>
/// <param name="value">The value, or null.</param>
public sealed class OnnxOptional(OnnxValue? value) : OnnxValue
{
    /// <summary>The value, or null.</summary>
    public OnnxValue? Value => value;

    /// <inheritdoc/>
    public override string ToString() => $"optional({value?.ToString() ?? ""})";
}
