namespace Ashlar.Nn;

/// <summary>Transposed convolution of volumes: each element of x lays a scaled window down, <c>stride</c> apart; it is the gradient of <see cref="Conv3d"/> as a layer, used to make volumes larger.</summary>
/// <remarks>
/// Zeiler et al. 2010, "Deconvolutional networks". The extent of y along an axis is (extent - 1) · stride - 2 · padding + dilation · (window - 1) + outputPadding + 1.
/// Initialisation: see <see cref="Convolution"/>.
/// </remarks>
public sealed class ConvTranspose3d : Convolution
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
    public ConvTranspose3d(int inputs, int outputs, Triple window, Triple? stride = null, Triple? padding = null, Triple? outputPadding = null, int groups = 1, bool bias = true, Triple? dilation = null)
        : base(new ConvolutionSettings("ConvTranspose3d", inputs, outputs, window.ToArray(), (stride ?? 1).ToArray(), (padding ?? 0).ToArray(), (dilation ?? 1).ToArray(), groups, bias, outputPadding: (outputPadding ?? 0).ToArray()), transposed: true)
    {
    }

    /// <param name="x">[N, inputs, D, H, W] or [inputs, D, H, W].</param>
    /// <returns>[N, outputs, depth, rows, columns], without N where x has none.</returns>
    /// <exception cref="ShapeException">The axes or channels differ, or nothing is left of y.</exception>
    protected override Tensor Apply(Tensor x) => Functional.ConvTranspose(Settings.Layer, x, Weight, BiasTensor, Settings.Stride, Settings.Padding, Settings.OutputPadding, Settings.Dilation, Settings.Groups);
}
