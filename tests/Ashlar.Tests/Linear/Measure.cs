namespace Ashlar.Tests.Linear;

/// <summary>Errors in multiples of what rounding explains.</summary>
static class Measure
{
    public static double Epsilon(DType type) => type == DType.Float64 ? Math.BitIncrement(1.0) - 1 : MathF.BitIncrement(1) - 1;

    public static double Norm(Tensor x)
    {
        double[] values = x.To(DType.Float64).ToArray<double>();
        double largest = values.Select(Math.Abs).DefaultIfEmpty(0).Max();
        return largest == 0 || !double.IsFinite(largest) ? largest : largest * Math.Sqrt(values.Sum(value => value / largest * (value / largest)));
    }

    /// <summary>‖found - expected‖ ≤ factor·n·ε·‖scale‖ in Frobenius norms, differences taken in float64.</summary>
    public static void Near(Tensor expected, Tensor found, double factor, int n, DType type, Tensor? scale = null)
    {
        Assert.Equal(expected.Shape, found.Shape);
        double error = Norm(found.To(DType.Float64) - expected.To(DType.Float64));
        double bound = factor * Math.Max(1, n) * Epsilon(type) * Norm(scale ?? expected);
        Assert.True(error <= bound, $"{error} off, {bound} allowed ({error / bound * factor:0.0} in place of {factor})");
    }

    public static Tensor Random(uint seed, DType type, params int[] shape) => Ashlar.Tensor.RandomNormal(new RandomKey(seed, 5), new Shape(shape), type: type);

    public static Tensor Diagonal(Tensor values) => values.DiagEmbed();
}
