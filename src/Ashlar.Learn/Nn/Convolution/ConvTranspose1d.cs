namespace Ashlar.Nn;

/// <summary>Transposed convolution of sequences: each element of x lays a scaled window down, <c>stride</c> apart; it is the gradient of <see cref="Conv1d"/> as a layer, used to make sequences larger.</summary>
/// <remarks>
/// Zeiler et al. 2010, "Deconvolutional networks". The extent of y along an axis is (extent - 1) · stride - 2 · padding + dilation · (window - 1) + outputPadding + 1.
/// Initialisation: see <see cref="Convolution"/>.
/// </remarks>
public sealed class ConvTranspose1d : Convolution
{
    /// <param name="inputs">Channels of x.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="window">Extent of the kernel along each axis, ≥ 1.</param>
    /// <param name="stride">Distance between windows in y, ≥ 1; 1 by default.</param>
    /// <param name="padding">Elements cut from each side of y, ≥ 0; 0 by default.</param>
    /// <param name="outputPadding">Elements that y has more on its far side, ≥ 0 and below stride or dilation; 0 by default.</param>
    /// <param name="groups">Parts of the channels that do not mix, ≥ 1; it divides inputs and outputs.</param>
    /// <param name="bias">Whether to add b.</param>
    /// <param name="dilation">Distance between elements of the window, ≥ 1; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small, or the groups do not divide the channels.</exception>
    public ConvTranspose1d(int inputs, int outputs, int window, int stride = 1, int padding = 0, int outputPadding = 0, int groups = 1, bool bias = true, int dilation = 1)
        : base(new ConvolutionSettings("ConvTranspose1d", inputs, outputs, [window], [stride], [padding], [dilation], groups, bias, outputPadding: [outputPadding]), transposed: true)
    {
    }

    /// <param name="x">[N, inputs, L] or [inputs, L].</param>
    /// <returns>[N, outputs, places], without N where x has none.</returns>
    /// <exception cref="ShapeException">The axes or channels differ, or nothing is left of y.</exception>
    protected override Tensor Apply(Tensor x) => Functional.ConvTranspose(Settings.Layer, x, Weight, BiasTensor, Settings.Stride, Settings.Padding, Settings.OutputPadding, Settings.Dilation, Settings.Groups);
}
