using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Scalars;

namespace Ashlar;

/// <content>Evenly spaced numbers.</content>
public sealed partial class Tensor
{
    /// <summary>start, start + step, … as long as stop is not reached; [⌈(stop - start) / step⌉].</summary>
    /// <param name="start">The first number.</param>
    /// <param name="stop">Not part of the result.</param>
    /// <param name="step">Not 0; negative counts down.</param>
    /// <param name="type">Of the result; start and step are rounded to it when it is narrower.</param>
    /// <exception cref="ArgumentException">The step is 0, or the result would be longer than a tensor can be.</exception>
    public static Tensor Arange(int start, int stop, int step = 1, DType type = DType.Int32)
    {
        long count = step == 0 ? throw NoStep() : Math.Max(0, (((long)stop - start) + step - Math.Sign(step)) / step);
        Node place = Op.Cast(Op.Iota(new Shape(Length(count)), 0), DType.Int64);
        Node value = Op.Add(Op.Multiply(place, Node.Scalar(DType.Int64, step)), Node.Scalar(DType.Int64, start));
        return new Tensor(Op.Cast(value, type));
    }

    /// <summary>start, start + step, … as long as stop is not reached; [⌈(stop - start) / step⌉].</summary>
    /// <param name="start">The first number.</param>
    /// <param name="stop">Not part of the result, unless rounding of (stop - start) / step brings it in.</param>
    /// <param name="step">Not 0; negative counts down.</param>
    /// <param name="type">Of the result. Element i is start + i · step, two roundings in float64 and one to this dtype.</param>
    /// <exception cref="ArgumentException">The step is 0, an argument is not finite, or the result would be longer than a tensor can be.</exception>
    public static Tensor Arange(double start, double stop, double step = 1, DType type = DType.Float32)
    {
        double count = step == 0 ? throw NoStep() : Math.Max(0, Math.Ceiling((stop - start) / step));
        return Affine(Length(count), start, step, type);
    }

    /// <summary>Evenly spaced numbers from start to stop; [count].</summary>
    /// <param name="start">The first number.</param>
    /// <param name="stop">The last number, exactly, or with <paramref name="endpoint"/> false the one after it.</param>
    /// <param name="count">How many, ≥ 0.</param>
    /// <param name="endpoint">Whether stop is part of the result.</param>
    /// <param name="type">Of the result. Element i is start + i · step, two roundings in float64 and one to this dtype.</param>
    /// <exception cref="ArgumentException">The count is negative.</exception>
    public static Tensor LinSpace(double start, double stop, int count, bool endpoint = true, DType type = DType.Float32)
    {
        if (count < 0)
        {
            throw new ArgumentException($"LinSpace: the count {count} is negative. Give 0 or more.");
        }

        int gaps = endpoint ? count - 1 : count;
        Tensor numbers = Affine(count, start, gaps > 0 ? (stop - start) / gaps : 0, type);
        return endpoint && count > 1
            ? Where(Arange(count).EqualTo(Scalar(count - 1, DType.Int32)), Scalar(stop, type), numbers)
            : numbers;
    }

    /// <summary>Numbers spaced evenly on a logarithmic scale: base to the power of <see cref="LinSpace"/>; [count].</summary>
    /// <param name="start">Exponent of the first number.</param>
    /// <param name="stop">Exponent of the last number.</param>
    /// <param name="count">How many, ≥ 0.</param>
    /// <param name="base">Of the power, positive.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ArgumentException">The count is negative.</exception>
    public static Tensor LogSpace(double start, double stop, int count, double @base = 10, DType type = DType.Float32) =>
        Scalar(@base, DType.Float64).Pow(LinSpace(start, stop, count, type: DType.Float64)).To(type);

    static Tensor Affine(int count, double start, double step, DType type)
    {
        Node place = Op.Cast(Op.Iota(new Shape(count), 0), DType.Float64);
        Node value = Op.Add(Op.Multiply(place, Number(step)), Number(start));
        return new Tensor(Op.Cast(value, type));

        static Node Number(double value) => Node.Scalar(DType.Float64, ScalarBits.FromDouble(DType.Float64, value));
    }

    static int Length(double count) => count <= int.MaxValue
        ? (int)count
        : throw new ArgumentException($"Arange: {count} elements are more than the {int.MaxValue} of a tensor. Take a larger step, and finite bounds.");

    static ArgumentException NoStep() => new("Arange: the step is 0. Take a positive or a negative one.");
}
