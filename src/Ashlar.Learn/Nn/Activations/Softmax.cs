namespace Ashlar.Nn;

/// <summary>eˣ / Σ eˣ along an axis.</summary>
/// <param name="axis">The axis whose elements sum to 1.</param>
public sealed class Softmax(int axis = -1) : Module
{
    /// <inheritdoc/>
    public override string ToString() => $"new Softmax({axis})";

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Softmax(x, axis);
}
