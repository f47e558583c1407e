using Ashlar.Primitives.Contract;

namespace Ashlar.Nn;

/// <content>Convolutions. Each takes x with or without batch axis.</content>
public static partial class Functional
{
    /// <summary>Cross-correlation along one axis: y[n, o, i] = Σ over c, u of w[o, c, u] · x[n, c, i·stride + u·dilation - padding] + b[o].</summary>
    /// <param name="x">[N, C, L].</param>
    /// <param name="weight">[O, C / groups, window].</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="stride">Distance between windows, ≥ 1.</param>
    /// <param name="padding">Zeros on each side, ≥ 0.</param>
    /// <param name="dilation">Distance between elements under the window, ≥ 1.</param>
    /// <param name="groups">Parts of the channels that do not mix, ≥ 1.</param>
    /// <param name="same">Whether to pad so that y has the extents of x; an odd element goes to the far side. Strides are 1.</param>
    /// <returns>[N, O, places].</returns>
    /// <exception cref="ShapeException">Channels differ, or the window does not fit.</exception>
    /// <exception cref="ArgumentException">same with a stride or a padding.</exception>
    public static Tensor Conv1d(Tensor x, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool same = false) =>
        Convolve("Conv1d", x, weight, bias, [stride], [padding], [dilation], groups, same);

    /// <summary>Cross-correlation: y[n, o, i, j] = Σ over c, u, v of w[o, c, u, v] · x[n, c, i·stride + u·dilation - padding, …] + b[o].</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="weight">[O, C / groups, window rows, window columns].</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="stride">Distance between windows, ≥ 1; 1 by default.</param>
    /// <param name="padding">Zeros on each side, ≥ 0; 0 by default.</param>
    /// <param name="dilation">Distance between elements under the window, ≥ 1; 1 by default.</param>
    /// <param name="groups">Parts of the channels that do not mix, ≥ 1.</param>
    /// <param name="same">Whether to pad so that y has the extents of x; an odd element goes to the far side. Strides are 1.</param>
    /// <returns>[N, O, rows, columns].</returns>
    /// <exception cref="ShapeException">Channels differ, or the window does not fit.</exception>
    /// <exception cref="ArgumentException">same with a stride or a padding.</exception>
    public static Tensor Conv2d(Tensor x, Tensor weight, Tensor? bias = null, Pair? stride = null, Pair? padding = null, Pair? dilation = null, int groups = 1, bool same = false) =>
        Convolve("Conv2d", x, weight, bias, (stride ?? 1).ToArray(), (padding ?? 0).ToArray(), (dilation ?? 1).ToArray(), groups, same);

    /// <summary>Cross-correlation along three axes, as <see cref="Conv2d"/> along two.</summary>
    /// <param name="x">[N, C, D, H, W].</param>
    /// <param name="weight">[O, C / groups, window…].</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="stride">Distance between windows, ≥ 1; 1 by default.</param>
    /// <param name="padding">Zeros on each side, ≥ 0; 0 by default.</param>
    /// <param name="dilation">Distance between elements under the window, ≥ 1; 1 by default.</param>
    /// <param name="groups">Parts of the channels that do not mix, ≥ 1.</param>
    /// <param name="same">Whether to pad so that y has the extents of x; an odd element goes to the far side. Strides are 1.</param>
    /// <returns>[N, O, depth, rows, columns].</returns>
    /// <exception cref="ShapeException">Channels differ, or the window does not fit.</exception>
    /// <exception cref="ArgumentException">same with a stride or a padding.</exception>
    public static Tensor Conv3d(Tensor x, Tensor weight, Tensor? bias = null, Triple? stride = null, Triple? padding = null, Triple? dilation = null, int groups = 1, bool same = false) =>
        Convolve("Conv3d", x, weight, bias, (stride ?? 1).ToArray(), (padding ?? 0).ToArray(), (dilation ?? 1).ToArray(), groups, same);

    /// <summary>Transposed convolution along one axis: see <see cref="Ashlar.Nn.ConvTranspose1d"/>.</summary>
    /// <param name="x">[N, C, L].</param>
    /// <param name="weight">[C, O / groups, window].</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="stride">Distance between windows in y, ≥ 1.</param>
    /// <param name="padding">Elements cut from each side of y, ≥ 0.</param>
    /// <param name="outputPadding">Elements that y has more on its far side, ≥ 0 and below stride or dilation.</param>
    /// <param name="groups">Parts of the channels that do not mix, ≥ 1.</param>
    /// <param name="dilation">Distance between elements of the window, ≥ 1.</param>
    /// <exception cref="ShapeException">Channels differ, or nothing is left of y.</exception>
    public static Tensor ConvTranspose1d(Tensor x, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int outputPadding = 0, int groups = 1, int dilation = 1) =>
        ConvTranspose("ConvTranspose1d", x, weight, bias, [stride], [padding], [outputPadding], [dilation], groups);

    /// <summary>Transposed convolution along two axes: see <see cref="Ashlar.Nn.ConvTranspose2d"/>.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="weight">[C, O / groups, window rows, window columns].</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="stride">Distance between windows in y, ≥ 1; 1 by default.</param>
    /// <param name="padding">Elements cut from each side of y, ≥ 0; 0 by default.</param>
    /// <param name="outputPadding">Elements that y has more on its far side, ≥ 0 and below stride or dilation; 0 by default.</param>
    /// <param name="groups">Parts of the channels that do not mix, ≥ 1.</param>
    /// <param name="dilation">Distance between elements of the window, ≥ 1; 1 by default.</param>
    /// <exception cref="ShapeException">Channels differ, or nothing is left of y.</exception>
    public static Tensor ConvTranspose2d(Tensor x, Tensor weight, Tensor? bias = null, Pair? stride = null, Pair? padding = null, Pair? outputPadding = null, int groups = 1, Pair? dilation = null) =>
        ConvTranspose("ConvTranspose2d", x, weight, bias, (stride ?? 1).ToArray(), (padding ?? 0).ToArray(), (outputPadding ?? 0).ToArray(), (dilation ?? 1).ToArray(), groups);

    /// <summary>Transposed convolution along three axes: see <see cref="Ashlar.Nn.ConvTranspose3d"/>.</summary>
    /// <param name="x">[N, C, D, H, W].</param>
    /// <param name="weight">[C, O / groups, window…].</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="stride">Distance between windows in y, ≥ 1; 1 by default.</param>
    /// <param name="padding">Elements cut from each side of y, ≥ 0; 0 by default.</param>
    /// <param name="outputPadding">Elements that y has more on its far side, ≥ 0 and below stride or dilation; 0 by default.</param>
    /// <param name="groups">Parts of the channels that do not mix, ≥ 1.</param>
    /// <param name="dilation">Distance between elements of the window, ≥ 1; 1 by default.</param>
    /// <exception cref="ShapeException">Channels differ, or nothing is left of y.</exception>
    public static Tensor ConvTranspose3d(Tensor x, Tensor weight, Tensor? bias = null, Triple? stride = null, Triple? padding = null, Triple? outputPadding = null, int groups = 1, Triple? dilation = null) =>
        ConvTranspose("ConvTranspose3d", x, weight, bias, (stride ?? 1).ToArray(), (padding ?? 0).ToArray(), (outputPadding ?? 0).ToArray(), (dilation ?? 1).ToArray(), groups);

    internal static Tensor Convolve(string operation, Tensor x, Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, int groups, bool same = false)
    {
        int spatial = stride.Length;
        Tensor input = CheckChannels(operation, x, weight, spatial, groups.AtLeast(1, nameof(groups)), weight.Rank < 2 ? 0 : weight.Shape[1] * groups);
        (int[] low, int[] high) = same ? Spatial.Same(operation, [.. weight.Shape.Extents[2..]], stride, padding, dilation) : (padding.AtLeast(0, nameof(padding)), padding);
        var attributes = new ConvAttributes(stride.AtLeast(1, nameof(stride)), low, high, Spatial.Fill(spatial, 1), dilation.AtLeast(1, nameof(dilation)), groups);
        for (int axis = 0; axis < spatial; axis++)
        {
            if (attributes.Extent(axis, input.Shape[axis + 2], weight.Shape[axis + 2]) <= 0)
            {
                int[] window = [.. weight.Shape.Extents[2..]];
                throw new ShapeException($"{operation}: the window {Spatial.Text(window)}{Spatial.Given("dilation", dilation, 1)} does not fit the input {x.Shape} with padding {Spatial.Text(padding)}. Use a smaller window, more padding or a larger input.");
            }
        }

        return Finish(new Tensor(Primitives.Op.Conv(input.Node, weight.Node, attributes)), bias, x, spatial);
    }

    // The gradient of a convolution with respect to its input: zeros between the elements of x, under the window turned round with its channels exchanged.
    internal static Tensor ConvTranspose(string operation, Tensor x, Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] outputPadding, int[] dilation, int groups)
    {
        int spatial = stride.AtLeast(1, nameof(stride)).Length;
        Tensor input = CheckChannels(operation, x, weight, spatial, groups.AtLeast(1, nameof(groups)), weight.Rank == 0 ? 0 : weight.Shape[0]);
        dilation.AtLeast(1, nameof(dilation));
        (int[] low, int[] high) = (new int[spatial], new int[spatial]);
        for (int axis = 0; axis < spatial; axis++)
        {
            low[axis] = (dilation[axis] * (weight.Shape[axis + 2] - 1)) - padding.AtLeast(0, nameof(padding))[axis];
            high[axis] = low[axis] + outputPadding.AtLeast(0, nameof(outputPadding))[axis];
            if (outputPadding[axis] >= Math.Max(stride[axis], dilation[axis]))
            {
                throw new ArgumentOutOfRangeException(nameof(outputPadding), $"{operation}: outputPadding {Spatial.Text(outputPadding)} must be below stride {Spatial.Text(stride)} or dilation {Spatial.Text(dilation)}. Give less, or pad the result.");
            }

            if (((input.Shape[axis + 2] - 1) * stride[axis]) + 1 + low[axis] + high[axis] - (dilation[axis] * (weight.Shape[axis + 2] - 1)) < 1)
            {
                throw new ShapeException($"{operation}: padding {Spatial.Text(padding)} leaves nothing of the result for the input {x.Shape} and the window {Spatial.Text([.. weight.Shape.Extents[2..]])}. Use less padding.");
            }
        }

        int[] window = [.. weight.Shape.Extents[2..]];
        int[] behind = [.. Enumerable.Range(3, spatial)];
        Tensor turned = weight.Reshape([groups, weight.Shape[0] / groups, weight.Shape[1], .. window]).Permute([0, 2, 1, .. behind]).Flip(behind)
            .Reshape([groups * weight.Shape[1], weight.Shape[0] / groups, .. window]);
        var attributes = new ConvAttributes(Spatial.Fill(spatial, 1), low, high, stride, dilation, groups);
        return Finish(new Tensor(Primitives.Op.Conv(input.Node, turned.Node, attributes)), bias, x, spatial);
    }

    internal static Tensor CheckChannels(string operation, Tensor x, Tensor weight, int spatial, int groups, int channels)
    {
        if (weight.Rank != spatial + 2 || weight.Shape[0] % groups != 0)
        {
            throw new ShapeException($"{operation}: the weight {weight.Shape} does not fit {spatial} spatial axes and {groups} groups. Give [outputs, inputs / groups, window], transposed [inputs, outputs / groups, window], with axis 0 a multiple of the groups.");
        }

        Tensor input = Spatial.Batched(x, spatial);
        return input.Rank == spatial + 2 && input.Shape[1] == channels
            ? input
            : throw new ShapeException($"{operation}: the input is {x.Shape}, wanted {Spatial.Input(spatial, channels)}. Build {operation} with the channels of the layer before it, or reshape the input.");
    }

    static Tensor Finish(Tensor y, Tensor? bias, Tensor x, int spatial) =>
        Spatial.LikeInput(bias is null ? y : y + bias.Reshape([-1, .. Spatial.Fill(spatial, 1)]), x, spatial);
}
