using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <content>Random numbers: element i is a function of the key and of i alone, so neither order, threads nor batching change it.</content>
public sealed partial class Tensor
{
    /// <summary>Uniform random bits; int32.</summary>
    /// <param name="key">Equal keys give equal bits. Another key needs no other plan.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="stream">Tells apart several draws under one key, such as the steps of a layer; ≥ 0.</param>
    public static Tensor RandomBits(RandomKey key, Shape shape, int stream = 0) => new(Bits(key, shape, Word(stream)));

    /// <summary>Uniform on [low, high): u = n · 2⁻²⁴ with 24 random bits n for float32, n · 2⁻⁵³ with 53 for float64, exactly; then low + u · (high - low).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="low">Smallest value.</param>
    /// <param name="high">Upper bound; rounding may reach it where high - low is no power of two.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomUniform(RandomKey key, Shape shape, double low = 0, double high = 1, DType type = DType.Float32)
    {
        Tensor unit = Fraction(key, shape, type, single: 24, upper: 27, lower: 26, "RandomUniform", Word(0)) * (type == DType.Float32 ? 1.0 / (1 << 24) : 1.0 / (1L << 53));
        return low == 0 && high == 1 ? unit : (unit * (high - low)) + low;
    }

    /// <summary>Normal with mean and standard deviation: μ + σ · √2 · erf⁻¹(2u - 1), where u lies in the middle of one of 2²³ (float32) or 2⁵² (float64) equal parts of (0, 1).</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="mean">μ.</param>
    /// <param name="deviation">σ ≥ 0.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="DTypeException">The dtype is not floating.</exception>
    public static Tensor RandomNormal(RandomKey key, Shape shape, double mean = 0, double deviation = 1, DType type = DType.Float32)
    {
        Tensor unit = StandardNormal(key, shape, type, "RandomNormal", Word(0));
        return mean == 0 && deviation == 1 ? unit : (unit * deviation) + mean;
    }

    /// <summary>Normal with mean 0 and deviation 1 from the words of the given number, of which every element has its own.</summary>
    /// <param name="key">Equal keys give equal bits.</param>
    /// <param name="shape">Extents of the result.</param>
    /// <param name="type">float32 or float64.</param>
    /// <param name="operation">Who asks, for the message.</param>
    /// <param name="number">int32 []; tells apart the numbers drawn for one element and may be computed, such as in a loop. Number j is streams 2j and 2j + 1.</param>
    internal static Tensor StandardNormal(RandomKey key, Shape shape, DType type, string operation, Node number)
    {
        // n + ½ has one bit more than n: 2n + 1 - 2ᵇ is an odd whole number and, like its product with 2⁻ᵇ, exact.
        Tensor count = Fraction(key, shape, type, single: 23, upper: 26, lower: 26, operation, number);
        double parts = type == DType.Float32 ? 1 << 23 : 1L << 52;
        Tensor centred = ((count * 2) - (parts - 1)) * (1 / parts);
        return centred.ErfInverse() * Math.Sqrt(2);
    }

    /// <summary>(n + ½) · 2⁻ᵇ, exactly: never 0 and never 1, so that logarithms are finite.</summary>
    /// <inheritdoc cref="StandardNormal" path="/param"/>
    internal static Tensor OpenUniform(RandomKey key, Shape shape, DType type, string operation, Node number)
    {
        Tensor count = Fraction(key, shape, type, single: 23, upper: 26, lower: 26, operation, number);
        return (count + 0.5) * (type == DType.Float32 ? 1.0 / (1 << 23) : 1.0 / (1L << 52));
    }

    static Tensor OpenUniform(RandomKey key, Shape shape, DType type, string operation) => OpenUniform(key, shape, type, operation, Word(0));

    // A whole number of `single` random bits as float32, or of `upper` + `lower` as float64.
    static Tensor Fraction(RandomKey key, Shape shape, DType type, int single, int upper, int lower, string operation, Node number)
    {
        Node stream = Op.Multiply(number, Word(2));
        Node first = Bits(key, shape, stream);
        switch (type)
        {
            case DType.Float32:
                return new Tensor(Op.Cast(Op.ShiftRight(first, 32 - single), type));
            case DType.Float64:
                Node second = Bits(key, shape, Op.Add(stream, Word(1)));
                Node high = Op.Multiply(Op.Cast(Op.ShiftRight(first, 32 - upper), type), Op.Number(type, 1 << lower));
                return new Tensor(Op.Add(high, Op.Cast(Op.ShiftRight(second, 32 - lower), type)));
            default:
                throw new DTypeException($"{operation}: {type.Name} holds no fractions. Ask for float32 or float64 and cast the result.");
        }
    }

    static Node Bits(RandomKey key, Shape shape, Node stream)
    {
        Node counter = Op.Iota(new Shape(shape.Size), 0);
        return Op.Reshape(Op.RandomBits(Word((int)key.Key0), Word((int)key.Key1), stream, counter), shape.Extents);
    }

    static Node Word(int value) => Node.Scalar(DType.Int32, (uint)value);
}
