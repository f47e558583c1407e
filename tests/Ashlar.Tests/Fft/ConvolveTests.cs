using System.Text.Json;

namespace Ashlar.Tests.Fft;

public sealed class ConvolveTests
{
    [Fact]
    public void Convolutions_and_correlations_are_NumPys()
    {
        foreach (JsonElement row in FftVectors.Rows("convolve"))
        {
            (int n, int m) = (row.GetProperty("n").GetInt32(), row.GetProperty("m").GetInt32());
            (Tensor x, Tensor v) = (FftVectors.Complex(n, n), FftVectors.Complex(100 + m, m));
            ConvolutionMode mode = Enum.Parse<ConvolutionMode>(row.GetProperty("mode").GetString()!, ignoreCase: true);

            // Inputs are multiples of 1/64: direct sums are exact.
            FftVectors.AssertClose(row.GetProperty("convolve"), x.Convolve(v, mode), 0);
            FftVectors.AssertClose(row.GetProperty("convolve"), x.FftConvolve(v, mode), 1e-14);
            FftVectors.AssertClose(row.GetProperty("correlate"), x.Correlate(v, mode), 0);
        }
    }

    [Fact]
    public void Rows_are_convolved_one_by_one()
    {
        (Tensor x, Tensor v) = (FftVectors.Real(3, 2, 3, 9), FftVectors.Real(4, 4));
        Tensor rows = x.Convolve(v);
        Assert.Equal(new Shape(2, 3, 12), rows.Shape);
        Assert.Equal(x.Slice(0, 1, 1).Slice(1, 2, 1).Reshape(9).Convolve(v).ToArray<double>(), rows.Slice(0, 1, 1).Slice(1, 2, 1).ToArray<double>());
        double[] fast = x.FftConvolve(v).ToArray<double>();
        double[] exact = rows.ToArray<double>();
        Assert.All(Enumerable.Range(0, fast.Length), i => Assert.InRange(fast[i], exact[i] - 1e-14, exact[i] + 1e-14));
    }

    [Fact]
    public void Empty_operands_are_refused_with_a_remedy() => Assert.Equal(
        "Convolve: [3] and a kernel [0]. Give [..., n] and [m], n and m at least 1.",
        Assert.Throws<ShapeException>(() => Tensor.Ones(new Shape(3)).Convolve(Tensor.Ones(new Shape(0)))).Message);
}
