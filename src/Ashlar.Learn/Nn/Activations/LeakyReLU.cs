namespace Ashlar.Nn;

/// <summary>x above zero, slope · x elsewhere.</summary>
/// <param name="slope">Slope below zero.</param>
public sealed class LeakyReLU(double slope = 0.01) : Module
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"new LeakyReLU({slope})");

    /// <param name="x">Floating, any shape.</param>
    /// <returns>As x.</returns>
    protected override Tensor Apply(Tensor x) => Functional.LeakyRelu(x, slope);
}
