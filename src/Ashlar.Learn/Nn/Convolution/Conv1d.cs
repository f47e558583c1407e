namespace Ashlar.Nn;

/// <summary>Convolution of sequences with a learned window: cross-correlation, as the field calls it.</summary>
/// <remarks>Initialisation: see <see cref="Convolution"/>. <c>groups</c> cuts the channels into parts that do not mix; as many groups as inputs make a depthwise convolution.</remarks>
public sealed class Conv1d : Convolution
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
    public Conv1d(int inputs, int outputs, int window, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true, PadMode paddingMode = PadMode.Constant, bool same = false)
        : base(new ConvolutionSettings("Conv1d", inputs, outputs, [window], [stride], [padding], [dilation], groups, bias, paddingMode, same: same), transposed: false)
    {
    }

    /// <param name="x">[N, inputs, L] or [inputs, L].</param>
    /// <returns>[N, outputs, places], without N where x has none.</returns>
    /// <exception cref="ShapeException">The axes or channels differ, or the window does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Slide(x);
}
