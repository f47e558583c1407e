namespace Ashlar.Nn;

/// <summary>Adds sines and cosines of the position to each row: see <see cref="Functional.SinusoidalPositions"/>.</summary>
/// <remarks>Vaswani et al. 2017, section 3.5.</remarks>
/// <param name="theta">The base of the angles.</param>
public sealed class SinusoidalPositions(double theta = 10000) : Module
{
    /// <inheritdoc/>
    public override string ToString() => $"new SinusoidalPositions({FormattableString.Invariant($"{theta}")})";

    /// <param name="x">[…, L, features], features even; floating.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">There are no rows, or the features are odd.</exception>
    protected override Tensor Apply(Tensor x) => x.Rank >= 2 && x.Shape[^1] % 2 == 0
        ? x + Functional.SinusoidalPositions(x.Shape[^2], x.Shape[^1], theta).To(x.DType)
        : throw new ShapeException($"SinusoidalPositions: the input is {x.Shape}, wanted […, L, features] with even features. Choose an even number.");
}
