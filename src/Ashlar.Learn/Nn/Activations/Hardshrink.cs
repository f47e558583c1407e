namespace Ashlar.Nn;

/// <summary>x outside [-λ, λ], 0 inside.</summary>
/// <param name="lambda">λ ≥ 0.</param>
public sealed class Hardshrink(double lambda = 0.5) : Module
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"new Hardshrink({lambda})");

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Hardshrink(x, lambda);
}
