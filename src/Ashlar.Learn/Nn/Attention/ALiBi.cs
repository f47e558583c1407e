namespace Ashlar.Nn;

/// <summary>Adds a bias to attention scores that falls with the distance of query and key: see <see cref="Functional.AlibiBias"/>, which is also a mask for the attention layers.</summary>
/// <remarks>Press, Smith, Lewis 2022, "Train short, test long".</remarks>
public sealed class ALiBi : Module
{
    /// <param name="x">Scores […, heads, L, S]; floating.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">There are fewer than three axes.</exception>
    protected override Tensor Apply(Tensor x) => x.Rank >= 3
        ? x + Functional.AlibiBias(x.Shape[^3], x.Shape[^2], x.Shape[^1]).To(x.DType)
        : throw new ShapeException($"ALiBi: the scores are {x.Shape}, wanted […, heads, L, S]. Add the axis of the heads.");
}
