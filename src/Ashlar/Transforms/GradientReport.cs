namespace Ashlar;

/// <summary>What <see cref="GradientCheck"/> found along its worst direction.</summary>
/// <param name="Order">1: a gradient; 2: the gradient of a directional derivative.</param>
/// <param name="Direction">Number of the direction, from 0.</param>
/// <param name="Expected">The extrapolated finite difference along it.</param>
/// <param name="Found">The slope along it by the gradient.</param>
/// <param name="Tolerance">By how much they may differ.</param>
public sealed record GradientReport(int Order, int Direction, double Expected, double Found, double Tolerance)
{
    /// <summary>|Expected - Found|.</summary>
    public double Error => Math.Abs(Expected - Found);

    /// <summary>Whether the gradients agree with the differences along every direction.</summary>
    public bool IsRight => Error <= Tolerance;

    /// <exception cref="InvalidOperationException">The gradient is wrong.</exception>
    public void ThrowIfWrong()
    {
        if (!IsRight)
        {
            throw new InvalidOperationException(ToString());
        }
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"GradientCheck: order {Order}, direction {Direction}: the slope by finite differences is {Expected:R}, by the gradient {Found:R}; they differ by {Error:0.0e+0}, the tolerance is {Tolerance:0.0e+0}. ")
        + (IsRight ? "The gradient is right." : "Correct the vjp, or move the point away from a kink.");
}
