namespace Ashlar.Nn.Init;

/// <summary>Initial weights that keep the variance of activations and of gradients through linear and saturating layers.</summary>
/// <remarks>Glorot, Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks", equation 16: variance 2 / (inputs + outputs).</remarks>
public static class Xavier
{
    /// <summary>Uniform in ±gain · √(6 / (inputs + outputs)).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">[outputs, inputs] or [outputs, inputs, window].</param>
    /// <param name="gain">Factor for the activation behind: 1 for none, 5/3 for tanh.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">The shape is no weight's.</exception>
    public static Tensor Uniform(RandomKey key, Shape shape, double gain = 1, DType type = DType.Float32)
    {
        double bound = gain * Math.Sqrt(6.0 / Both(shape));
        return Tensor.RandomUniform(key, shape, -bound, bound, type);
    }

    /// <summary>Normal with standard deviation gain · √(2 / (inputs + outputs)).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">[outputs, inputs] or [outputs, inputs, window].</param>
    /// <param name="gain">Factor for the activation behind: 1 for none, 5/3 for tanh.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">The shape is no weight's.</exception>
    public static Tensor Normal(RandomKey key, Shape shape, double gain = 1, DType type = DType.Float32) =>
        Tensor.RandomNormal(key, shape, 0, gain * Math.Sqrt(2.0 / Both(shape)), type);

    static int Both(Shape shape)
    {
        Fans fans = Fans.Of(shape, "Xavier");
        return Math.Max(1, fans.In + fans.Out);
    }
}
