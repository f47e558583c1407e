namespace Ashlar.Nn;

/// <summary>λ · ELU that keeps mean 0 and variance 1: <see cref="Functional.Selu"/>.</summary>
/// <remarks>Weights drawn with variance 1 / inputs, and no dropout but the kind made for it.</remarks>
public sealed class SELU : Module
{
    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Selu(x);
}
