namespace Ashlar.Nn;

/// <summary>½ · x · (1 + erf(x / √2)).</summary>
/// <remarks>Hendrycks, Gimpel 2016, "Gaussian error linear units", the exact form.</remarks>
public sealed class GELU : Module
{
    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Gelu(x);
}
