namespace Ashlar.Nn;

/// <summary>Normalises each channel of each example over its spatial axes: what <see cref="InstanceNorm1d"/>, <see cref="InstanceNorm2d"/> and <see cref="InstanceNorm3d"/> share.</summary>
/// <remarks>Ulyanov, Vedaldi, Lempitsky 2016, "Instance normalization". No running statistics are kept. First values: weight 1, bias 0.</remarks>
public abstract class InstanceNorm : Module
{
    readonly int _spatial;
    readonly int _channels;
    readonly double _epsilon;

    private protected InstanceNorm(int spatial, int channels, double epsilon, bool affine)
    {
        (_spatial, _channels, _epsilon) = (spatial, channels, epsilon);
        var shape = new Shape(channels);
        Weight = affine ? Register("weight", new Parameter(shape, _ => Tensor.Ones(shape))) : null;
        Bias = affine ? Register("bias", new Parameter(shape, _ => Tensor.Zeros(shape))) : null;
    }

    /// <summary>[channels], float32, or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>[channels], float32, or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string ToString() => $"new {GetType().Name}({_channels}{Spatial.Given("epsilon", _epsilon, 1e-5)}{Spatial.Given("affine", Weight is not null, false)})";

    /// <param name="x">[N, channels, spatial…] or [channels, spatial…]; floating.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">The axes or channels differ.</exception>
    protected override Tensor Apply(Tensor x)
    {
        Tensor input = Spatial.Batched(x, _spatial);
        return input.Rank == _spatial + 2 && input.Shape[1] == _channels
            ? Spatial.LikeInput(Functional.InstanceNorm(input, Weight?.Tensor, Bias?.Tensor, _epsilon), x, _spatial)
            : throw new ShapeException($"{GetType().Name}: the input is {x.Shape}, wanted {Spatial.Input(_spatial, _channels)}. Build {GetType().Name} with the channels of the layer before it.");
    }
}
