namespace Ashlar.Nn;

/// <summary>Normalises each group of channels of each example, then scales each channel.</summary>
/// <remarks>Wu, He 2018, "Group normalization". First values: weight 1, bias 0.</remarks>
public sealed class GroupNorm : Module
{
    readonly int _groups;
    readonly int _channels;
    readonly double _epsilon;

    /// <param name="groups">Groups of neighbouring channels, ≥ 1; they divide the channels.</param>
    /// <param name="channels">Extent of axis 1 of x.</param>
    /// <param name="epsilon">ε, added to the variance, > 0.</param>
    /// <param name="affine">Whether there are a weight and a bias.</param>
    /// <exception cref="ArgumentOutOfRangeException">The groups do not divide the channels.</exception>
    public GroupNorm(int groups, int channels, double epsilon = 1e-5, bool affine = true)
    {
        (_groups, _channels, _epsilon) = (groups.AtLeast(1, nameof(groups)), channels, epsilon);
        if (channels % groups != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(groups), $"GroupNorm: {groups} groups do not divide {channels} channels. Make the channels a multiple of the groups.");
        }

        var shape = new Shape(channels);
        Weight = affine ? Register("weight", new Parameter(shape, _ => Tensor.Ones(shape))) : null;
        Bias = affine ? Register("bias", new Parameter(shape, _ => Tensor.Zeros(shape))) : null;
    }

    /// <summary>[channels], float32, or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>[channels], float32, or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string ToString() => $"new GroupNorm({_groups}, {_channels}{Spatial.Given("epsilon", _epsilon, 1e-5)}{Spatial.Given("affine", Weight is not null, true)})";

    /// <param name="x">[N, channels, spatial…]; floating.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">The channels differ.</exception>
    protected override Tensor Apply(Tensor x) => x.Rank > 1 && x.Shape[1] == _channels
        ? Functional.GroupNorm(x, _groups, Weight?.Tensor, Bias?.Tensor, _epsilon)
        : throw new ShapeException($"GroupNorm: the input is {x.Shape}, wanted [N, {_channels}, …]. Build GroupNorm with the channels of the layer before it.");
}
