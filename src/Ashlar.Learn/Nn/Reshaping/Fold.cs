namespace Ashlar.Nn;

/// <summary>Adds columns up at the places that <see cref="Unfold"/> took them from (col2im): see <see cref="Functional.Fold"/>.</summary>
/// <param name="output">H, W of the result.</param>
/// <param name="window">Extents of the window, ≥ 1.</param>
/// <param name="dilation">Distance between elements under the window, ≥ 1; 1 by default.</param>
/// <param name="padding">Zeros on each side, ≥ 0; 0 by default.</param>
/// <param name="stride">Distance between windows, ≥ 1; 1 by default.</param>
public sealed class Fold(Pair output, Pair window, Pair? dilation = null, Pair? padding = null, Pair? stride = null) : Module
{
    /// <inheritdoc/>
    public override string ToString() => $"new Fold({output}, {window}{Given(dilation, padding, stride)})";

    internal static string Given(Pair? dilation, Pair? padding, Pair? stride) =>
        $"{Spatial.Given("dilation", (dilation ?? 1).ToArray(), 1)}{Spatial.Given("padding", (padding ?? 0).ToArray(), 0)}{Spatial.Given("stride", (stride ?? 1).ToArray(), 1)}";

    /// <param name="x">[N, C · rows · columns of the window, windows].</param>
    /// <returns>[N, C, H, W].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    protected override Tensor Apply(Tensor x) => Functional.Fold(x, output, window, dilation, padding, stride);
}
