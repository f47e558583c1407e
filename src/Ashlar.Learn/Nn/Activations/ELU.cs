namespace Ashlar.Nn;

/// <summary>x above zero, α · (eˣ - 1) elsewhere.</summary>
/// <param name="alpha">α.</param>
public sealed class ELU(double alpha = 1) : Module
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"new ELU({alpha})");

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Elu(x, alpha);
}
