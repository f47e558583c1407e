namespace Ashlar.Nn;

/// <summary>Puts the elements that <see cref="MaxPool2d"/> picked back where they came from; everything else is 0.</summary>
/// <remarks>Zeiler, Fergus 2014, "Visualizing and understanding convolutional networks", section 2.1. Elements that came from one place are averaged: after the pooling they are equal.</remarks>
public sealed class MaxUnpool2d : Module
{
    readonly WindowSettings _settings;

    /// <param name="window">Extent of the pooling's window along each axis, ≥ 1.</param>
    /// <param name="stride">Distance between its windows, ≥ 1; the window's extents by default.</param>
    /// <param name="padding">Its padding, ≥ 0 and below the window's extents; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public MaxUnpool2d(Pair window, Pair? stride = null, Pair? padding = null) =>
        _settings = new WindowSettings("MaxUnpool2d", window.ToArray(), stride?.ToArray(), padding?.ToArray());

    /// <inheritdoc/>
    public override string ToString() => $"{_settings})";

    /// <param name="x">[…, rows, columns].</param>
    /// <param name="indices">Of the shape of x, int32 or int64, from <see cref="MaxPool2d.ForwardWithIndices"/>.</param>
    /// <param name="size">Extents of the spatial axes of y; by default (extent - 1) · stride - 2 · padding + window, the least that the pooling could have had.</param>
    /// <returns>[…, H, W].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor x, Tensor indices, Pair? size = null) =>
        Functional.MaxUnpool("MaxUnpool2d", x, indices, size?.ToArray() ?? _settings.Before(x.Shape));
}
