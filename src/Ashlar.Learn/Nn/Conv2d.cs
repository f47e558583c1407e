using Ashlar.Nn.Init;

namespace Ashlar.Nn;

/// <summary>Convolution of images with a learned window: cross-correlation, as the field calls it.</summary>
/// <remarks>Initialisation: He et al. 2015, section 2.2, with slope a = √5, which is uniform in ±1/√(inputs · window); so is the bias.</remarks>
public sealed class Conv2d : Module
{
    readonly int _inputs;
    readonly int _outputs;
    readonly Pair _window;
    readonly Pair _stride;
    readonly Pair _padding;
    readonly Pair _dilation;

    /// <param name="inputs">Channels of x.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="window">Extents of the kernel, ≥ 1.</param>
    /// <param name="stride">Distance between windows, ≥ 1; 1 by default.</param>
    /// <param name="padding">Zeros on each side, ≥ 0; 0 by default.</param>
    /// <param name="dilation">Distance between elements under the window, ≥ 1; 1 by default.</param>
    /// <param name="bias">Whether to add b.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public Conv2d(int inputs, int outputs, Pair window, Pair? stride = null, Pair? padding = null, Pair? dilation = null, bool bias = true)
    {
        (_inputs, _outputs, _window) = (inputs, outputs, window.AtLeast(1, nameof(window)));
        (_stride, _padding, _dilation) = ((stride ?? 1).AtLeast(1, nameof(stride)), (padding ?? 0).AtLeast(0, nameof(padding)), (dilation ?? 1).AtLeast(1, nameof(dilation)));
        var shape = new Shape(outputs, inputs, window.Rows, window.Columns);
        Weight = Register("weight", new Parameter(shape, key => Kaiming.Uniform(key, shape, Math.Sqrt(5))));
        if (bias)
        {
            double bound = 1 / Math.Sqrt(Math.Max(1, inputs * window.Rows * window.Columns));
            Bias = Register("bias", new Parameter(new Shape(outputs), key => Tensor.RandomUniform(key, new Shape(outputs), -bound, bound)));
        }
    }

    /// <summary>[outputs, inputs, window rows, window columns], float32.</summary>
    public Parameter Weight { get; }

    /// <summary>[outputs], float32, or null without bias.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string ToString() => $"new Conv2d({_inputs}, {_outputs}, {_window}{Given("stride", _stride, 1)}{Given("padding", _padding, 0)}{Given("dilation", _dilation, 1)}{(Bias is null ? ", bias: false" : "")})";

    internal static string Given(string name, Pair value, Pair usual) => value == usual ? "" : $", {name}: {value}";

    /// <param name="x">[N, inputs, H, W].</param>
    /// <returns>[N, outputs, rows, columns].</returns>
    /// <exception cref="ShapeException">The channels differ, or the window does not fit.</exception>
    protected override Tensor Apply(Tensor x) => Functional.Conv2d(x, Weight, Bias is null ? null : Bias.Tensor, _stride, _padding, _dilation);
}
