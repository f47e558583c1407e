namespace Ashlar.Nn;

/// <content>Resampling.</content>
public static partial class Functional
{
    /// <summary>Resamples the spatial axes to given extents, or by a factor.</summary>
    /// <remarks>
    /// Result i lies at i · extent / places (nearest), at (i + ½) · extent / places - ½, at least 0 (linear), or at i · (extent - 1) / (places - 1) (linear with aligned corners).
    /// A factor takes 1 / factor for extent / places and ⌊extent · factor⌋ places.
    /// </remarks>
    /// <param name="x">[N, C, spatial…]; floating.</param>
    /// <param name="size">Extents of the spatial axes, ≥ 1, or null.</param>
    /// <param name="scale">The factor > 0, or null.</param>
    /// <param name="mode">How values between elements are found.</param>
    /// <param name="alignCorners">Whether the first and last elements keep their places; for linear.</param>
    /// <returns>[N, C, places…].</returns>
    /// <exception cref="ShapeException">The axes do not fit, or nothing is left.</exception>
    /// <exception cref="ArgumentException">Not exactly one of size and scale is given.</exception>
    public static Tensor Interpolate(Tensor x, int[]? size = null, double? scale = null, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false)
    {
        if (size is null == scale is null || scale is <= 0 || (alignCorners && mode == InterpolationMode.Nearest))
        {
            throw new ArgumentException($"Interpolate: size [{string.Join(", ", size ?? [])}], scale {FormattableString.Invariant($"{scale}")}, {mode}, alignCorners {alignCorners} do not go together. Give either a size or a scale > 0, and align corners of Linear alone.");
        }

        int spatial = x.Rank - 2;
        if (spatial < 1 || (size is not null && size.Length != spatial) || x.Shape.Extents[2..].Contains(0))
        {
            throw new ShapeException($"Interpolate: the input {x.Shape} does not have the spatial axes of size [{string.Join(", ", size ?? [])}], or no elements. Give [N, C, spatial…] and one extent for each.");
        }

        for (int i = 0; i < spatial; i++)
        {
            int extent = x.Shape[i + 2];
            int places = (size?[i] ?? (int)Math.Floor(extent * scale!.Value)).AtLeast(1, nameof(size));
            double ratio = alignCorners ? (places > 1 ? (extent - 1) / (places - 1.0) : 0) : scale is { } factor ? 1 / factor : extent / (double)places;
            x = Resample(x, i + 2, places, ratio, mode, alignCorners);
        }

        return x;
    }

    static Tensor Resample(Tensor x, int axis, int places, double ratio, InterpolationMode mode, bool alignCorners)
    {
        int last = x.Shape[axis] - 1;
        var low = new int[places];
        var high = new int[places];
        var share = new double[places];
        for (int i = 0; i < places; i++)
        {
            double at = mode == InterpolationMode.Nearest || alignCorners ? i * ratio : Math.Max(0, ((i + 0.5) * ratio) - 0.5);
            low[i] = Math.Min((int)at, last);
            high[i] = Math.Min(low[i] + 1, last);
            share[i] = at - low[i];
        }

        Tensor before = Rows(x, Tensor.From(low, places), axis);
        if (mode == InterpolationMode.Nearest)
        {
            return before;
        }

        Tensor weight = Tensor.From(share, [places, .. Spatial.Fill(x.Rank - 1 - axis, 1)]).To(x.DType);
        return (before * (1 - weight)) + (Rows(x, Tensor.From(high, places), axis) * weight);
    }
}
