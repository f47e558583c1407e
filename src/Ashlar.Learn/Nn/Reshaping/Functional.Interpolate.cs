namespace Ashlar.Nn;

/// <content>Resampling.</content>
public static partial class Functional
{
    /// <summary>Resamples the spatial axes to given extents, or by a factor.</summary>
    /// <remarks>
    /// Result i lies at i · extent / places (nearest), at (i + ½) · extent / places - ½, for linear at least 0, or at i · (extent - 1) / (places - 1) with aligned corners.
    /// Elements beyond the ends are those at the ends.
    /// A factor takes 1 / factor for extent / places and ⌊extent · factor⌋ places.
    /// </remarks>
    /// <param name="x">[N, C, spatial…]; floating.</param>
    /// <param name="size">Extents of the spatial axes, ≥ 1, or null.</param>
    /// <param name="scale">The factor > 0, or null.</param>
    /// <param name="mode">How values between elements are found.</param>
    /// <param name="alignCorners">Whether the first and last elements keep their places; not for nearest.</param>
    /// <returns>[N, C, places…].</returns>
    /// <exception cref="ShapeException">The axes do not fit, or nothing is left.</exception>
    /// <exception cref="ArgumentException">Not exactly one of size and scale is given.</exception>
    public static Tensor Interpolate(Tensor x, int[]? size = null, double? scale = null, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false)
    {
        if (size is null == scale is null || scale is <= 0 || (alignCorners && mode == InterpolationMode.Nearest))
        {
            throw new ArgumentException($"Interpolate: size [{string.Join(", ", size ?? [])}], scale {FormattableString.Invariant($"{scale}")}, {mode}, alignCorners {alignCorners} do not go together. Give either a size or a scale > 0, and align corners of Linear or Cubic alone.");
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
        var share = new double[places];
        for (int i = 0; i < places; i++)
        {
            double at = mode == InterpolationMode.Nearest || alignCorners ? i * ratio : ((i + 0.5) * ratio) - 0.5;
            at = mode == InterpolationMode.Linear ? Math.Max(0, at) : at;
            low[i] = (int)Math.Min(Math.Floor(at), last);
            share[i] = at - low[i];
        }

        return mode switch
        {
            InterpolationMode.Nearest => Neighbour(0),
            InterpolationMode.Linear => (Neighbour(0) * (1 - Weights(t => t))) + (Neighbour(1) * Weights(t => t)),
            _ => (Neighbour(-1) * Weights(t => Far(t + 1))) + (Neighbour(0) * Weights(Near)) + (Neighbour(1) * Weights(t => Near(1 - t))) + (Neighbour(2) * Weights(t => Far(2 - t))),
        };

        Tensor Neighbour(int offset) => Rows(x, Tensor.From(Array.ConvertAll(low, place => Math.Clamp(place + offset, 0, last)), places), axis);

        Tensor Weights(Func<double, double> of) => Tensor.From(Array.ConvertAll(share, at => of(at)), [places, .. Spatial.Fill(x.Rank - 1 - axis, 1)]).To(x.DType);
    }

    // Keys' kernel with a = -0.75 for distances up to 1, and from 1 to 2.
    static double Near(double t) => (((1.25 * t) - 2.25) * t * t) + 1;

    static double Far(double t) => (((((-0.75 * t) + 3.75) * t) - 6) * t) + 3;
}
