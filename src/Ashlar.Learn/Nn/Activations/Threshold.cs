namespace Ashlar.Nn;

/// <summary>x above the threshold, the value elsewhere.</summary>
/// <param name="threshold">Largest x that is replaced.</param>
/// <param name="value">What stands in its place.</param>
public sealed class Threshold(double threshold, double value) : Module
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"new Threshold({threshold}, {value})");

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.Threshold(x, threshold, value);
}
