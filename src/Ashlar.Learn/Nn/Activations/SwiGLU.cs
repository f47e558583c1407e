namespace Ashlar.Nn;

/// <summary>a · SiLU(b) for x = (a, b) along an axis.</summary>
/// <param name="axis">The axis that is halved.</param>
public sealed class SwiGLU(int axis = -1) : Module
{
    /// <inheritdoc/>
    public override string ToString() => $"new SwiGLU({axis})";

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x with half the extent along the axis.</returns>
    /// <exception cref="ShapeException">The extent of the axis is odd.</exception>
    protected override Tensor Apply(Tensor x) => Functional.SwiGlu(x, axis);
}
