namespace Ashlar.Nn;

/// <summary>x above zero, α · (e^(x/α) - 1) elsewhere.</summary>
/// <param name="alpha">α > 0.</param>
public sealed class CELU(double alpha = 1) : Module
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"new CELU({alpha})");

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Celu(x, alpha);
}
