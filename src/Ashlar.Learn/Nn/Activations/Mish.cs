namespace Ashlar.Nn;

/// <summary>x · tanh(softplus(x)).</summary>
public sealed class Mish : Module
{
    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Mish(x);
}
