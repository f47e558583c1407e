namespace Ashlar.Nn;

/// <summary>min(max(x, 0), 6).</summary>
public sealed class ReLU6 : Module
{
    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Relu6(x);
}
