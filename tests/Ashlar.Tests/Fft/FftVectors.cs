using System.Text.Json;
using Ashlar.Tests.Complex;
using Number = System.Numerics.Complex;

namespace Ashlar.Tests.Fft;

/// <summary>Values recorded by tools/vectors/fft.py, and the inputs they were computed of.</summary>
static class FftVectors
{
    static readonly JsonElement Root = Read();

    public static JsonElement[] Rows(string name) => [.. Root.GetProperty(name).EnumerateArray()];

    public static JsonElement Of(string name) => Root.GetProperty(name);

    public static double[] Draw(long seed, int count)
    {
        var values = new double[count];
        long state = seed;
        for (int i = 0; i < count; i++)
        {
            state = ((state * 1103515245) + 12345) % (1L << 31);
            values[i] = (((state >> 8) % 128) - 64) / 64.0;
        }

        return values;
    }

    public static Tensor Real(long seed, params int[] shape) => Tensor.From(Draw(seed, new Shape(shape).Size), shape);

    public static Tensor Complex(long seed, params int[] shape) => Tensor.From(Draw(seed, 2 * new Shape(shape).Size), [.. shape, 2]).ViewAsComplex();

    /// <summary>Compares with recorded pairs; the distance is measured against the root mean square of all of them, since that is what a transform's error is relative to.</summary>
    public static void AssertClose(JsonElement expected, Tensor found, double tolerance, int step = 1)
    {
        Number[] pairs = expected.Pairs();
        Number[] values = found.To(found.DType.ComplexType).To(DType.Complex128).Reshape(-1).ToArray<Number>();
        Assert.Equal(pairs.Length, (values.Length + step - 1) / step);
        double scale = Math.Sqrt(pairs.Sum(pair => (pair.Real * pair.Real) + (pair.Imaginary * pair.Imaginary)) / Math.Max(1, pairs.Length));
        for (int i = 0; i < pairs.Length; i++)
        {
            double distance = Number.Abs(pairs[i] - values[i * step]);
            Assert.True(distance <= tolerance * scale, $"element {i}: recorded {pairs[i]:R}, found {values[i * step]:R}, {distance / scale:0.0e+0} of the root mean square");
        }
    }

    static JsonElement Read()
    {
        using Stream stream = typeof(FftVectors).Assembly.GetManifestResourceStream("Ashlar.Tests.Vectors.fft.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
