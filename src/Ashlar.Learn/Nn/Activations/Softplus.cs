namespace Ashlar.Nn;

/// <summary>ln(1 + e^(βx)) / β, accurate everywhere.</summary>
/// <param name="beta">β > 0.</param>
public sealed class Softplus(double beta = 1) : Module
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"new Softplus({beta})");

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Softplus(x, beta);
}
