namespace Ashlar.Nn;

/// <summary>Turns pairs of features by angles that grow with the position: see <see cref="Functional.RotaryEmbedding"/>. For queries and keys before their product.</summary>
/// <remarks>Su et al. 2021, "RoFormer".</remarks>
/// <param name="theta">The base of the angles.</param>
/// <param name="interleaved">Whether neighbours are a pair; otherwise i and i + features / 2.</param>
public sealed class RotaryEmbedding(double theta = 10000, bool interleaved = false) : Module
{
    /// <inheritdoc/>
    public override string ToString() => $"new RotaryEmbedding({FormattableString.Invariant($"{theta}")}{Spatial.Given("interleaved", interleaved, false)})";

    /// <param name="x">[…, L, features], features even; floating.</param>
    /// <param name="start">The position of the first row.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">There are no rows, or the features are odd.</exception>
    public Tensor Forward(Tensor x, int start) => Functional.RotaryEmbedding(x, theta, start, interleaved);

    /// <param name="x">[…, L, features], features even; floating.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">There are no rows, or the features are odd.</exception>
    protected override Tensor Apply(Tensor x) => Forward(x, 0);
}
