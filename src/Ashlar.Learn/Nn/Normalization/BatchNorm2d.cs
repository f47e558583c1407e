using System.Globalization;

namespace Ashlar.Nn;

/// <summary>Normalises each channel: y = (x - mean) / √(variance + ε) · weight + bias.</summary>
/// <remarks>
/// Ioffe, Szegedy 2015, "Batch normalization". Training takes mean and biased variance of the batch over N, H, W, and moves the running statistics:
/// running ← (1 - momentum) · running + momentum · batch, with the unbiased variance; evaluation takes the running statistics.
/// The move belongs to the plan of the optimizer's step: see <see cref="StateBuffer"/>.
/// </remarks>
public sealed class BatchNorm2d : Module
{
    static readonly int[] Axes = [0, 2, 3];

    readonly int _channels;
    readonly double _epsilon;
    readonly double _momentum;

    /// <param name="channels">Extent of axis 1 of x.</param>
    /// <param name="epsilon">ε, added to the variance, > 0.</param>
    /// <param name="momentum">Weight of the batch in the running statistics, 0 to 1.</param>
    public BatchNorm2d(int channels, double epsilon = 1e-5, double momentum = 0.1)
    {
        (_channels, _epsilon, _momentum) = (channels, epsilon, momentum);
        var shape = new Shape(channels);
        Weight = Register("weight", new Parameter(shape, _ => Tensor.Ones(shape)));
        Bias = Register("bias", new Parameter(shape, _ => Tensor.Zeros(shape)));
        RunningMean = Register("running_mean", new StateBuffer(Tensor.Zeros(shape)));
        RunningVariance = Register("running_var", new StateBuffer(Tensor.Ones(shape)));
    }

    /// <summary>[channels], float32; 1 at first.</summary>
    public Parameter Weight { get; }

    /// <summary>[channels], float32; 0 at first.</summary>
    public Parameter Bias { get; }

    /// <summary>[channels], float32; 0 at first.</summary>
    public StateBuffer RunningMean { get; }

    /// <summary>[channels], float32; 1 at first.</summary>
    public StateBuffer RunningVariance { get; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"new BatchNorm2d({_channels}{(_epsilon == 1e-5 ? "" : string.Create(CultureInfo.InvariantCulture, $", epsilon: {_epsilon}"))}{(_momentum == 0.1 ? "" : string.Create(CultureInfo.InvariantCulture, $", momentum: {_momentum}"))})");

    /// <param name="x">[N, channels, H, W]; in training N · H · W > 1.</param>
    /// <returns>[N, channels, H, W].</returns>
    /// <exception cref="ShapeException">The channels differ, or a channel has one value in training.</exception>
    protected override Tensor Apply(Tensor x)
    {
        if (x.Rank != 4 || x.Shape[1] != _channels)
        {
            throw new ShapeException($"BatchNorm2d: the input is {x.Shape}, wanted [N, {_channels}, H, W]. Build BatchNorm2d with the channels of the layer before it.");
        }

        return IsTraining
            ? Train(x)
            : Scale((x - Along(RunningMean.Tensor)) * (Along(RunningVariance.Tensor) + _epsilon).Rsqrt());
    }

    Tensor Train(Tensor x)
    {
        int count = x.Shape[0] * x.Shape[2] * x.Shape[3];
        if (count < 2)
        {
            throw new ShapeException($"BatchNorm2d: the input {x.Shape} has {count} values for each channel, whose variance is not defined. Train with a larger batch, or call Eval().");
        }

        Tensor mean = x.Mean(Axes, keepAxes: true);
        Tensor centred = x - mean;
        Tensor variance = (centred * centred).Mean(Axes, keepAxes: true);
        RunningMean.Update(running => Move(running, mean, 1), mean);
        RunningVariance.Update(running => Move(running, variance, count / (count - 1.0)), variance);
        return Scale(centred * (variance + _epsilon).Rsqrt());
    }

    Tensor Move(Tensor running, Tensor batch, double correction) => (running * (1 - _momentum)) + (batch.Reshape(_channels) * (_momentum * correction));

    Tensor Scale(Tensor normal) => (normal * Along(Weight)) + Along(Bias);

    Tensor Along(Tensor channels) => channels.Reshape(_channels, 1, 1);
}
