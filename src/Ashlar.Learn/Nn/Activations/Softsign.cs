namespace Ashlar.Nn;

/// <summary>x / (1 + |x|).</summary>
public sealed class Softsign : Module
{
    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Softsign(x);
}
