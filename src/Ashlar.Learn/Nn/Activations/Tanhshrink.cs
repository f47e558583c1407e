namespace Ashlar.Nn;

/// <summary>x - tanh x.</summary>
public sealed class Tanhshrink : Module
{
    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Tanhshrink(x);
}
