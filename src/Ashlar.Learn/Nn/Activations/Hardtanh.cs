namespace Ashlar.Nn;

/// <summary>x inside (low, high), the nearer bound elsewhere.</summary>
/// <param name="low">Lower bound.</param>
/// <param name="high">Upper bound.</param>
public sealed class Hardtanh(double low = -1, double high = 1) : Module
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"new Hardtanh({low}, {high})");

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Hardtanh(x, low, high);
}
