using Ashlar.Ir;

namespace Ashlar.Nn;

/// <content>Means and norms of windows. x is floating, […, spatial…] with any number of leading axes.</content>
public static partial class Functional
{
    /// <summary>The mean of each window along the last axis.</summary>
    /// <param name="x">[…, L].</param>
    /// <param name="window">Extent of the window, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extent by default.</param>
    /// <param name="padding">Zeros on each side, ≥ 0 and below the window's extent.</param>
    /// <param name="ceilMode">Whether a last window that hangs over counts, as long as it begins inside.</param>
    /// <param name="countIncludePad">Whether the zeros of the padding count in the mean.</param>
    /// <returns>[…, places].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public static Tensor AvgPool1d(Tensor x, int window, int? stride = null, int padding = 0, bool ceilMode = false, bool countIncludePad = true) =>
        AvgPool(x, new WindowSettings("AvgPool1d", [window], [stride ?? window], [padding], null, ceilMode), countIncludePad, null);

    /// <summary>The mean of each window along the last two axes.</summary>
    /// <param name="x">[…, H, W].</param>
    /// <param name="window">Extents of the window, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extents by default.</param>
    /// <param name="padding">Zeros on each side, ≥ 0 and below the window's extents; 0 by default.</param>
    /// <param name="ceilMode">Whether a last window that hangs over counts, as long as it begins inside.</param>
    /// <param name="countIncludePad">Whether the zeros of the padding count in the mean.</param>
    /// <param name="divisor">What sums are divided by instead of the number of elements, or null.</param>
    /// <returns>[…, rows, columns].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public static Tensor AvgPool2d(Tensor x, Pair window, Pair? stride = null, Pair? padding = null, bool ceilMode = false, bool countIncludePad = true, int? divisor = null) =>
        AvgPool(x, new WindowSettings("AvgPool2d", window.ToArray(), stride?.ToArray(), padding?.ToArray(), null, ceilMode), countIncludePad, divisor);

    /// <summary>The mean of each window along the last three axes.</summary>
    /// <param name="x">[…, D, H, W].</param>
    /// <param name="window">Extents of the window, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extents by default.</param>
    /// <param name="padding">Zeros on each side, ≥ 0 and below the window's extents; 0 by default.</param>
    /// <param name="ceilMode">Whether a last window that hangs over counts, as long as it begins inside.</param>
    /// <param name="countIncludePad">Whether the zeros of the padding count in the mean.</param>
    /// <param name="divisor">What sums are divided by instead of the number of elements, or null.</param>
    /// <returns>[…, depth, rows, columns].</returns>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public static Tensor AvgPool3d(Tensor x, Triple window, Triple? stride = null, Triple? padding = null, bool ceilMode = false, bool countIncludePad = true, int? divisor = null) =>
        AvgPool(x, new WindowSettings("AvgPool3d", window.ToArray(), stride?.ToArray(), padding?.ToArray(), null, ceilMode), countIncludePad, divisor);

    /// <summary>The p-norm of each window along the last axis: (Σ xᵖ)^(1/p); p = 1 sums.</summary>
    /// <param name="x">[…, L].</param>
    /// <param name="norm">p > 0; negative x with an odd p may give NaN.</param>
    /// <param name="window">Extent of the window, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extent by default.</param>
    /// <param name="ceilMode">Whether a last window that hangs over counts.</param>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public static Tensor LPPool1d(Tensor x, double norm, int window, int? stride = null, bool ceilMode = false) =>
        LPPool(x, norm, new WindowSettings("LPPool1d", [window], [stride ?? window], null, null, ceilMode));

    /// <summary>The p-norm of each window along the last two axes: (Σ xᵖ)^(1/p); p = 1 sums.</summary>
    /// <param name="x">[…, H, W].</param>
    /// <param name="norm">p > 0; negative x with an odd p may give NaN.</param>
    /// <param name="window">Extents of the window, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; the window's extents by default.</param>
    /// <param name="ceilMode">Whether a last window that hangs over counts.</param>
    /// <exception cref="ShapeException">The window does not fit.</exception>
    public static Tensor LPPool2d(Tensor x, double norm, Pair window, Pair? stride = null, bool ceilMode = false) =>
        LPPool(x, norm, new WindowSettings("LPPool2d", window.ToArray(), stride?.ToArray(), null, null, ceilMode));

    internal static Tensor AvgPool(Tensor x, WindowSettings settings, bool countIncludePad, int? divisor)
    {
        Tensor sum = WindowSum(x, settings);
        if (divisor is { } given)
        {
            return sum / (double)given.AtLeast(1, nameof(divisor));
        }

        bool even = Array.TrueForAll(settings.Padding, padding => padding == 0) || countIncludePad;
        if (even && !settings.CeilMode)
        {
            return sum / (double)new Shape(settings.Window).Size;
        }

        // How many elements a window holds is a product over the axes.
        Tensor count = Tensor.Scalar(1, x.DType);
        int[] places = settings.Places(x.Shape);
        for (int axis = 0; axis < settings.Axes; axis++)
        {
            int extent = x.Shape[x.Rank - settings.Axes + axis];
            (int first, int end) = countIncludePad ? (-settings.Padding[axis], extent + settings.Padding[axis]) : (0, extent);
            var along = new double[places[axis]];
            for (int i = 0; i < along.Length; i++)
            {
                int start = (i * settings.Stride[axis]) - settings.Padding[axis];
                along[i] = Math.Min(start + settings.Window[axis], end) - Math.Max(start, first);
            }

            count *= Tensor.From(along, [along.Length, .. Spatial.Fill(settings.Axes - 1 - axis, 1)]).To(x.DType);
        }

        return sum / count;
    }

    internal static Tensor LPPool(Tensor x, double norm, WindowSettings settings)
    {
        if (!(norm > 0) || double.IsInfinity(norm))
        {
            throw new ArgumentOutOfRangeException(nameof(norm), FormattableString.Invariant($"{settings.Layer}: the norm {norm} is no number > 0. Give 1 for sums, 2 for Euclidean norms, or use MaxPool for the largest."));
        }

        return norm == 1 ? WindowSum(x, settings) : WindowSum(x.Pow(norm), settings).Pow(1 / norm);
    }

    static Tensor WindowSum(Tensor x, WindowSettings settings) =>
        new(Primitives.Op.ReduceWindow(x.Node, settings.Attributes(ReduceKind.Sum, x.Shape)));
}
