namespace Ashlar.Nn;

/// <summary>Resamples the spatial axes by a factor, or to given extents: see <see cref="Functional.Interpolate"/>.</summary>
public sealed class Upsample : Module
{
    readonly int[]? _size;
    readonly double? _scale;
    readonly InterpolationMode _mode;
    readonly bool _alignCorners;

    /// <param name="scale">The factor, > 0.</param>
    /// <param name="mode">How values between elements are found.</param>
    /// <param name="alignCorners">Whether the first and last elements keep their places; not for nearest.</param>
    public Upsample(double scale, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false) => (_scale, _mode, _alignCorners) = (scale, mode, alignCorners);

    /// <param name="size">Extents of the spatial axes, ≥ 1.</param>
    /// <param name="mode">How values between elements are found.</param>
    /// <param name="alignCorners">Whether the first and last elements keep their places; not for nearest.</param>
    public Upsample(int[] size, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false) => (_size, _mode, _alignCorners) = ([.. size], mode, alignCorners);

    /// <inheritdoc/>
    public override string ToString() => $"new Upsample({(_size is null ? FormattableString.Invariant($"{_scale}") : $"[{string.Join(", ", _size)}]")}{Spatial.Given("mode", _mode, InterpolationMode.Nearest)}{Spatial.Given("alignCorners", _alignCorners, false)})";

    /// <param name="x">[N, C, spatial…]; floating.</param>
    /// <returns>[N, C, places…].</returns>
    /// <exception cref="ShapeException">The axes do not fit.</exception>
    protected override Tensor Apply(Tensor x) => x.Rank > 2
        ? Functional.Interpolate(x, _size, _scale, _mode, _alignCorners)
        : throw new ShapeException($"Upsample: the input is {x.Shape}, wanted [N, C, spatial…]. Add the missing axes.");
}
