using System.Globalization;

namespace Ashlar.Nn;

/// <summary>Normalises each channel over the batch: y = (x - mean) / √(variance + ε) · weight + bias. What <see cref="BatchNorm1d"/>, <see cref="BatchNorm2d"/> and <see cref="BatchNorm3d"/> share.</summary>
/// <remarks>
/// Ioffe, Szegedy 2015, "Batch normalization". Training takes mean and biased variance of the batch over all axes but the channels, and moves the running statistics:
/// running ← (1 - momentum) · running + momentum · batch, with the unbiased variance; evaluation takes the running statistics.
/// The move belongs to the plan of the optimizer's step: see <see cref="StateBuffer"/>. First values: weight 1, bias 0.
/// </remarks>
public abstract class BatchNorm : Module
{
    readonly int _channels;
    readonly double _epsilon;
    readonly double _momentum;

    private protected BatchNorm(int channels, double epsilon, double momentum, bool affine)
    {
        (_channels, _epsilon, _momentum) = (channels, epsilon, momentum);
        var shape = new Shape(channels);
        Weight = affine ? Register("weight", new Parameter(shape, _ => Tensor.Ones(shape))) : null;
        Bias = affine ? Register("bias", new Parameter(shape, _ => Tensor.Zeros(shape))) : null;
        RunningMean = Register("running_mean", new StateBuffer(Tensor.Zeros(shape)));
        RunningVariance = Register("running_var", new StateBuffer(Tensor.Ones(shape)));
    }

    /// <summary>[channels], float32, or null; 1 at first.</summary>
    public Parameter? Weight { get; }

    /// <summary>[channels], float32, or null; 0 at first.</summary>
    public Parameter? Bias { get; }

    /// <summary>[channels], float32; 0 at first.</summary>
    public StateBuffer RunningMean { get; }

    /// <summary>[channels], float32; 1 at first.</summary>
    public StateBuffer RunningVariance { get; }

    private protected abstract string Wanted { get; }

    private protected abstract bool Takes(int rank);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"new {GetType().Name}({_channels}{Spatial.Given("epsilon", _epsilon, 1e-5)}{Spatial.Given("momentum", _momentum, 0.1)}{Spatial.Given("affine", Weight is not null, true)})");

    /// <param name="x">[N, channels, spatial…]; floating. In training each channel needs two values or more.</param>
    /// <returns>As x.</returns>
    /// <exception cref="ShapeException">The axes or channels differ, or a channel has one value in training.</exception>
    protected override Tensor Apply(Tensor x)
    {
        if (!Takes(x.Rank) || x.Shape[1] != _channels)
        {
            throw new ShapeException($"{GetType().Name}: the input is {x.Shape}, wanted {string.Format(CultureInfo.InvariantCulture, Wanted, _channels)}. Build {GetType().Name} with the channels of the layer before it.");
        }

        return IsTraining ? Normalise(x) : Functional.BatchNorm(x, RunningMean.Tensor, RunningVariance.Tensor, Weight?.Tensor, Bias?.Tensor, _epsilon);
    }

    Tensor Normalise(Tensor x)
    {
        int count = _channels == 0 ? 0 : x.Size / _channels;
        if (count < 2)
        {
            throw new ShapeException($"{GetType().Name}: the input {x.Shape} has {count} values for each channel, whose variance is not defined. Train with a larger batch, or call Eval().");
        }

        int[] axes = [0, .. Enumerable.Range(2, x.Rank - 2)];
        Tensor mean = x.Mean(axes, keepAxes: true);
        Tensor centred = x - mean;
        Tensor variance = (centred * centred).Mean(axes, keepAxes: true);
        RunningMean.Update(running => Move(running, mean, 1), mean);
        RunningVariance.Update(running => Move(running, variance, count / (count - 1.0)), variance);
        Tensor normal = centred * (variance + _epsilon).Rsqrt();
        int[] along = [_channels, .. Spatial.Fill(x.Rank - 2, 1)];
        Tensor scaled = Weight is null ? normal : normal * Weight.Tensor.Reshape(along);
        return Bias is null ? scaled : scaled + Bias.Tensor.Reshape(along);
    }

    Tensor Move(Tensor running, Tensor batch, double correction) => (running * (1 - _momentum)) + (batch.Reshape(_channels) * (_momentum * correction));
}
