namespace Ashlar.Nn;

/// <summary>max(x, 0).</summary>
public sealed class ReLU : Module
{
    /// <param name="x">Any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => x.Relu();
}
