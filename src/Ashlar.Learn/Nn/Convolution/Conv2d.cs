namespace Ashlar.Nn;

/// <summary>Convolution of images with a learned window: cross-correlation, as the field calls it.</summary>
/// <remarks>Initialisation: see <see cref="Convolution"/>. <c>groups</c> cuts the channels into parts that do not mix; as many groups as inputs make a depthwise convolution.</remarks>
public sealed class Conv2d : Convolution
{
    /// <param name="inputs">Channels of x.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="window">Extent of the kernel along each axis, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; 1 by default.</param>
    /// <param name="padding">Elements put on each side, ≥ 0; 0 by default.</param>
    /// <param name="dilation">Distance between elements under the window, ≥ 1; 1 by default.</param>
    /// <param name="groups">Parts of the channels that do not mix, ≥ 1; it divides inputs and outputs.</param>
    /// <param name="bias">Whether to add b.</param>
    /// <param name="paddingMode">What the padding holds: zeros, or elements of x.</param>
    /// <param name="same">Whether to pad so that y has the extents of x; an odd element goes to the far side. Strides are 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small, or the groups do not divide the channels.</exception>
    /// <exception cref="ArgumentException">same with a stride or a padding.</exception>
    public Conv2d(int inputs, int outputs, Pair window, Pair? stride = null, Pair? padding = null, Pair? dilation = null, int groups = 1, bool bias = true, PadMode paddingMode = PadMode.Constant, bool same = false)
        : base(new ConvolutionSettings("Conv2d", inputs, outputs, window.ToArray(), (stride ?? 1).ToArray(), (padding ?? 0).ToArray(), (dilation ?? 1).ToArray(), groups, bias, paddingMode, same: same), transposed: false)
    {
    }

    /// <param name="x">[N, inputs, H, W] or [inputs, H, W].</param>
    /// <returns>[N, outputs, rows, columns], without N where x has none.</returns>
    /// <exception cref="ShapeException">The axes or channels differ, or the window does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Slide(x);
}
