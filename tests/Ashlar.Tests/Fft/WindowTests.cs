using System.Text.Json;

namespace Ashlar.Tests.Fft;

public sealed class WindowTests
{
    [Fact]
    public void Windows_are_SciPys()
    {
        foreach (JsonElement row in FftVectors.Rows("windows"))
        {
            (int n, bool periodic) = (row.GetProperty("n").GetInt32(), row.GetProperty("periodic").GetBoolean());
            Tensor window = row.GetProperty("name").GetString() switch
            {
                "Hann" => Window.Hann(n, periodic, DType.Float64),
                "Hamming" => Window.Hamming(n, periodic, DType.Float64),
                "Blackman" => Window.Blackman(n, periodic, DType.Float64),
                "Bartlett" => Window.Bartlett(n, periodic, DType.Float64),
                "Kaiser" => Window.Kaiser(n, 8.6, periodic, DType.Float64),
                _ => Window.Gaussian(n, 2.5, periodic, DType.Float64),
            };
            FftVectors.AssertClose(row.GetProperty("values"), window, 1e-15);
        }
    }

    [Fact]
    public void Wrong_windows_are_refused_with_a_remedy()
    {
        Assert.Equal("Hann: a window of 0 elements was asked for. Give 1 or more.", Assert.Throws<ShapeException>(() => Window.Hann(0)).Message);
        Assert.StartsWith("Kaiser: β is -1. Give a number from 0 to 600.", Assert.Throws<ArgumentException>(() => Window.Kaiser(4, -1)).Message);
        Assert.StartsWith("Gaussian: the deviation is 0 elements. Give a number above 0.", Assert.Throws<ArgumentException>(() => Window.Gaussian(4, 0)).Message);
    }
}
