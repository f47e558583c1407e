using Ashlar.Nn.Init;

namespace Ashlar.Nn;

/// <summary>A learned window that slides over one, two or three spatial axes: what <see cref="Conv1d"/>, <see cref="Conv2d"/>, <see cref="Conv3d"/> and their transposed forms share.</summary>
/// <remarks>Initialisation: He et al. 2015, section 2.2, with slope a = √5, which is uniform in ±1/√(extent of axis 1 of the weight · window); so is the bias.</remarks>
public abstract class Convolution : Module
{
    private protected Convolution(ConvolutionSettings settings, bool transposed)
    {
        Settings = settings;
        int fan = (transposed ? settings.Outputs : settings.Inputs) / settings.Groups;
        var shape = new Shape([transposed ? settings.Inputs : settings.Outputs, fan, .. settings.Window]);
        Weight = Register("weight", new Parameter(shape, key => Kaiming.Uniform(key, shape, Math.Sqrt(5))));
        if (settings.Bias)
        {
            double bound = 1 / Math.Sqrt(Math.Max(1, fan * new Shape(settings.Window).Size));
            Bias = Register("bias", new Parameter(new Shape(settings.Outputs), key => Tensor.RandomUniform(key, new Shape(settings.Outputs), -bound, bound)));
        }
    }

    /// <summary>[outputs, inputs / groups, window…]; transposed [inputs, outputs / groups, window…]. float32.</summary>
    public Parameter Weight { get; }

    /// <summary>[outputs], float32, or null without bias.</summary>
    public Parameter? Bias { get; }

    private protected ConvolutionSettings Settings { get; }

    private protected Tensor? BiasTensor => Bias is { } bias ? bias.Tensor : null;

    /// <inheritdoc/>
    public override string ToString() => Settings.ToString();

    private protected Tensor Slide(Tensor x)
    {
        int spatial = Settings.Window.Length;
        if (Settings.Mode == PadMode.Constant)
        {
            return Functional.Convolve(Settings.Layer, x, Weight, BiasTensor, Settings.Stride, Settings.Padding, Settings.Dilation, Settings.Groups, Settings.IsSame);
        }

        Functional.CheckChannels(Settings.Layer, x, Weight, spatial, Settings.Groups, Settings.Inputs);
        int[] before = new int[x.Rank - spatial];
        Tensor padded = x.Pad([.. before, .. Settings.Low], [.. before, .. Settings.High], Settings.Mode);
        return Functional.Convolve(Settings.Layer, padded, Weight, BiasTensor, Settings.Stride, new int[spatial], Settings.Dilation, Settings.Groups);
    }
}
