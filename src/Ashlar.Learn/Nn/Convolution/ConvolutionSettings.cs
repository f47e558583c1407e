namespace Ashlar.Nn;

/// <summary>The extents and settings of a convolution layer, checked, with one number for each spatial axis.</summary>
sealed class ConvolutionSettings
{
    public ConvolutionSettings(string layer, int inputs, int outputs, int[] window, int[] stride, int[] padding, int[] dilation, int groups, bool bias, PadMode mode = PadMode.Constant, int[]? outputPadding = null, bool same = false)
    {
        Layer = layer;
        (Inputs, Outputs) = (inputs.AtLeast(0, nameof(inputs)), outputs.AtLeast(0, nameof(outputs)));
        Window = window.AtLeast(1, nameof(window));
        Stride = stride.AtLeast(1, nameof(stride));
        Padding = padding.AtLeast(0, nameof(padding));
        Dilation = dilation.AtLeast(1, nameof(dilation));
        OutputPadding = (outputPadding ?? Spatial.Fill(window.Length, 0)).AtLeast(0, nameof(outputPadding));
        Groups = groups.AtLeast(1, nameof(groups));
        (Bias, Mode, IsSame) = (bias, mode, same);
        (Low, High) = same ? Spatial.Same(layer, window, stride, padding, dilation) : (padding, padding);
        if (inputs % groups != 0 || outputs % groups != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(groups), $"{layer}: {groups} groups do not divide {inputs} inputs and {outputs} outputs. Make both multiples of the groups.");
        }
    }

    public string Layer { get; }

    public int Inputs { get; }

    public int Outputs { get; }

    public int[] Window { get; }

    public int[] Stride { get; }

    public int[] Padding { get; }

    /// <summary>Elements put before x and behind it.</summary>
    public int[] Low { get; }

    public int[] High { get; }

    public bool IsSame { get; }

    public int[] Dilation { get; }

    public int[] OutputPadding { get; }

    public int Groups { get; }

    public bool Bias { get; }

    public PadMode Mode { get; }

    /// <summary>The code that builds the layer.</summary>
    public override string ToString() =>
        $"new {Layer}({Inputs}, {Outputs}, {Spatial.Text(Window)}{Spatial.Given("stride", Stride, 1)}{Spatial.Given("padding", Padding, 0)}{Spatial.Given("outputPadding", OutputPadding, 0)}" +
        $"{Spatial.Given("dilation", Dilation, 1)}{(Groups == 1 ? "" : $", groups: {Groups}")}{Spatial.Given("bias", Bias, true)}{Spatial.Given("paddingMode", Mode, PadMode.Constant)}{Spatial.Given("same", IsSame, false)})";
}
