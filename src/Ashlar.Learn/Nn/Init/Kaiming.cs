namespace Ashlar.Nn.Init;

/// <summary>Initial weights that keep the variance of activations through leaky rectifiers.</summary>
/// <remarks>He, Zhang, Ren, Sun 2015, "Delving deep into rectifiers", section 2.2: variance gain² / inputs with gain² = 2 / (1 + a²).</remarks>
public static class Kaiming
{
    /// <summary>Uniform in ±√(6 / ((1 + a²) · inputs)).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">[outputs, inputs] or [outputs, inputs, window].</param>
    /// <param name="slope">a, the rectifier's slope below zero: 0 for ReLU; √5 is the habit for Linear and Conv2d.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">The shape is no weight's.</exception>
    public static Tensor Uniform(RandomKey key, Shape shape, double slope = 0, DType type = DType.Float32)
    {
        double bound = Math.Sqrt(6 / ((1 + (slope * slope)) * Inputs(shape)));
        return Tensor.RandomUniform(key, shape, -bound, bound, type);
    }

    /// <summary>Normal with standard deviation √(2 / ((1 + a²) · inputs)).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">[outputs, inputs] or [outputs, inputs, window].</param>
    /// <param name="slope">a, the rectifier's slope below zero: 0 for ReLU.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">The shape is no weight's.</exception>
    public static Tensor Normal(RandomKey key, Shape shape, double slope = 0, DType type = DType.Float32) =>
        Tensor.RandomNormal(key, shape, 0, Math.Sqrt(2 / ((1 + (slope * slope)) * Inputs(shape))), type);

    static int Inputs(Shape shape) => Math.Max(1, Fans.Of(shape, "Kaiming").In);
}
