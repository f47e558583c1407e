namespace Ashlar.Nn;

/// <summary>x · σ(x), also called swish.</summary>
public sealed class SiLU : Module
{
    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Silu(x);
}
