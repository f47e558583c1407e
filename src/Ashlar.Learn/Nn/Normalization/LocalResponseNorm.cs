namespace Ashlar.Nn;

/// <summary>x / (k + α / size · Σ x² over neighbouring channels)^β.</summary>
/// <remarks>Krizhevsky, Sutskever, Hinton 2012, "ImageNet classification", section 3.3, with the mean of PyTorch in place of the sum.</remarks>
/// <param name="size">Channels taken together, ≥ 1.</param>
/// <param name="alpha">α.</param>
/// <param name="beta">β.</param>
/// <param name="k">k.</param>
public sealed class LocalResponseNorm(int size, double alpha = 1e-4, double beta = 0.75, double k = 1) : Module
{
    /// <inheritdoc/>
    public override string ToString() => $"new LocalResponseNorm({size}{Spatial.Given("alpha", alpha, 1e-4)}{Spatial.Given("beta", beta, 0.75)}{Spatial.Given("k", k, 1)})";

    /// <param name="x">[N, C, spatial…]; floating.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">There is no spatial axis.</exception>
    protected override Tensor Apply(Tensor x) => Functional.LocalResponseNorm(x, size, alpha, beta, k);
}
