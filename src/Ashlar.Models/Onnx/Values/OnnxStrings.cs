namespace Ashlar.Onnx.Values;

/// <summary>Text, on the host.</summary>
/// <param name="shape">The extents.</param>
/// <param name="items">The elements in row-major order.</param>
public sealed class OnnxStrings(Shape shape, IReadOnlyList<string> items) : OnnxValue
{
    /// <summary>The extents.</summary>
    public Shape Shape => shape;

    /// <summary>The elements in row-major order.</summary>
    public IReadOnlyList<string> Items => items;

    /// <inheritdoc/>
    public override string ToString() => $"string{shape}";
}
