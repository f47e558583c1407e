namespace Ashlar.Nn;

/// <summary>softmax(-x) along an axis.</summary>
/// <param name="axis">The axis whose elements sum to 1.</param>
public sealed class Softmin(int axis = -1) : Module
{
    /// <inheritdoc/>
    public override string ToString() => $"new Softmin({axis})";

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Softmin(x, axis);
}
