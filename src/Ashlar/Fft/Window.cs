using Ashlar.Functions;
using Ashlar.Primitives.Fft;

namespace Ashlar;

/// <summary>Windows that fade a piece of a signal in and out before its transform, [n]. Periodic ones (the default, as in PyTorch) leave out the last of n + 1 places, for transforms of overlapping frames;
/// the others are symmetric, for the design of filters (SciPy's default for its window functions).</summary>
/// <remarks>Values are computed in double, within a few units of its last place, and rounded. A window of one element is 1.</remarks>
public static class Window
{
    /// <summary>½ - ½ cos(2πk/m).</summary>
    /// <param name="n">Elements, ≥ 1.</param>
    /// <param name="periodic">m = n, else m = n - 1.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">n is below 1.</exception>
    public static Tensor Hann(int n, bool periodic = true, DType type = DType.Float32) => Cosines("Hann", n, periodic, type, 0.5, -0.5);

    /// <summary>0.54 - 0.46 cos(2πk/m).</summary>
    /// <param name="n">Elements, ≥ 1.</param>
    /// <param name="periodic">m = n, else m = n - 1.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">n is below 1.</exception>
    public static Tensor Hamming(int n, bool periodic = true, DType type = DType.Float32) => Cosines("Hamming", n, periodic, type, 0.54, -0.46);

    /// <summary>0.42 - 0.5 cos(2πk/m) + 0.08 cos(4πk/m).</summary>
    /// <param name="n">Elements, ≥ 1.</param>
    /// <param name="periodic">m = n, else m = n - 1.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">n is below 1.</exception>
    public static Tensor Blackman(int n, bool periodic = true, DType type = DType.Float32) => Cosines("Blackman", n, periodic, type, 0.42, -0.5, 0.08);

    /// <summary>1 - |2k/m - 1|.</summary>
    /// <param name="n">Elements, ≥ 1.</param>
    /// <param name="periodic">m = n, else m = n - 1.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">n is below 1.</exception>
    public static Tensor Bartlett(int n, bool periodic = true, DType type = DType.Float32) =>
        Of("Bartlett", n, periodic, type, (k, m) => 1 - Math.Abs((2.0 * k / m) - 1));

    /// <summary>I₀(β √(1 - (2k/m - 1)²)) / I₀(β), I₀ the modified Bessel function of order 0.</summary>
    /// <param name="n">Elements, ≥ 1.</param>
    /// <param name="beta">β from 0 to 600: 0 gives a box, 14 side lobes of 10⁻⁵.</param>
    /// <param name="periodic">m = n, else m = n - 1.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">n is below 1.</exception>
    /// <exception cref="ArgumentException">β is outside its range.</exception>
    public static Tensor Kaiser(int n, double beta = 12, bool periodic = true, DType type = DType.Float32)
    {
        if (!(beta is >= 0 and <= 600))
        {
            throw new ArgumentException($"Kaiser: β is {beta}. Give a number from 0 to 600.", nameof(beta));
        }

        double whole = Bessel(beta);
        return Of("Kaiser", n, periodic, type, (k, m) =>
        {
            double place = (2.0 * k / m) - 1;
            return Bessel(beta * Math.Sqrt(Math.Max(0, 1 - (place * place)))) / whole;
        });
    }

    /// <summary>e^(-½ ((k - m/2) / σ)²).</summary>
    /// <param name="n">Elements, ≥ 1.</param>
    /// <param name="deviation">σ in elements, above 0.</param>
    /// <param name="periodic">m = n, else m = n - 1.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">n is below 1.</exception>
    /// <exception cref="ArgumentException">σ is not above 0.</exception>
    public static Tensor Gaussian(int n, double deviation, bool periodic = true, DType type = DType.Float32) => deviation > 0
        ? Of("Gaussian", n, periodic, type, (k, m) =>
        {
            double place = (k - (m / 2.0)) / deviation;
            return ElementaryFunctions.Exp(-0.5 * place * place);
        })
        : throw new ArgumentException($"Gaussian: the deviation is {deviation} elements. Give a number above 0.", nameof(deviation));

    static Tensor Cosines(string name, int n, bool periodic, DType type, params double[] weights) => Of(name, n, periodic, type, (k, m) =>
    {
        double sum = weights[0];
        for (int i = 1; i < weights.Length; i++)
        {
            sum += weights[i] * Turns.Of((long)i * k, m).Cos;
        }

        return sum;
    });

    static Tensor Of(string name, int n, bool periodic, DType type, Func<int, int, double> value)
    {
        if (n < 1)
        {
            throw new ShapeException($"{name}: a window of {n} elements was asked for. Give 1 or more.");
        }

        int m = periodic ? n : n - 1;
        return Tensor.From([.. Enumerable.Range(0, n).Select(k => n == 1 ? 1.0 : value(k, m))], n).To(type);
    }

    // Σ ((x/2)ᵏ / k!)²: all terms are positive, so nothing cancels.
    static double Bessel(double x)
    {
        double quarter = x * x / 4;
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            term *= quarter / ((double)k * k);
            sum += term;
        }

        return sum;
    }
}
