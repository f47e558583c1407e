namespace Ashlar.Nn;

/// <summary>The patches under a sliding window as columns (im2col): see <see cref="Functional.Unfold"/>.</summary>
/// <param name="window">Extents of the window, ≥ 1.</param>
/// <param name="dilation">Distance between elements under the window, ≥ 1; 1 by default.</param>
/// <param name="padding">Zeros on each side, ≥ 0; 0 by default.</param>
/// <param name="stride">Distance between windows, ≥ 1; 1 by default.</param>
public sealed class Unfold(Pair window, Pair? dilation = null, Pair? padding = null, Pair? stride = null) : Module
{
    /// <inheritdoc/>
    public override string ToString() => $"new Unfold({window}{Fold.Given(dilation, padding, stride)})";

    /// <param name="x">[N, C, H, W].</param>
    /// <returns>[N, C · rows · columns of the window, windows].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Functional.Unfold(x, window, dilation, padding, stride);
}
