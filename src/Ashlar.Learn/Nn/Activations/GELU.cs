namespace Ashlar.Nn;

/// <summary>x · Φ(x), Φ the normal distribution function.</summary>
/// <remarks>Hendrycks, Gimpel 2016, "Gaussian error linear units".</remarks>
/// <param name="tanh">Whether to take the form with tanh, <see cref="Functional.GeluTanh"/>, for models that were trained with it.</param>
public sealed class GELU(bool tanh = false) : Module
{
    /// <inheritdoc/>
    public override string ToString() => tanh ? "new GELU(tanh: true)" : "new GELU()";

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => tanh ? Functional.GeluTanh(x) : Functional.Gelu(x);
}
