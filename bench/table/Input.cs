namespace Ashlar.Bench;

/// <summary>An array that both sides get: drawn here from a seed, handed to the peer as a .npy file.</summary>
/// <param name="Shape">Its extents.</param>
/// <param name="Draw">Values from a key.</param>
sealed record Input(Shape Shape, Func<RandomKey, Tensor> Draw)
{
    /// <summary>Normal numbers, mean 0, deviation 1.</summary>
    public static Input Normal(params int[] shape) => Normal(DType.Float32, shape);

    /// <inheritdoc cref="Normal(int[])"/>
    public static Input Normal(DType type, params int[] shape) => new(new Shape(shape), key => Tensor.RandomNormal(key, new Shape(shape), type: type));

    /// <summary>Uniform numbers in [low, high).</summary>
    public static Input Uniform(double low, double high, params int[] shape) => new(new Shape(shape), key => Tensor.RandomUniform(key, new Shape(shape), low, high));

    /// <summary>Whole numbers in [0, bound).</summary>
    public static Input Integers(long bound, params int[] shape) => new(new Shape(shape), key => Tensor.RandomInteger(key, new Shape(shape), 0, bound));
}
