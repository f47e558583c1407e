namespace Ashlar.Nn;

/// <summary>x - λ above λ, x + λ below -λ, 0 between.</summary>
/// <param name="lambda">λ ≥ 0.</param>
public sealed class Softshrink(double lambda = 0.5) : Module
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"new Softshrink({lambda})");

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Softshrink(x, lambda);
}
