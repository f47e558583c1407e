namespace Ashlar.Bench.Families;

/// <summary>Fast Fourier transforms of powers of two, of a round number, of a large prime, and of real numbers.</summary>
static class Fourier
{
    static readonly Target Mild = new(0.8, 0.8);

    public static IEnumerable<Row> Rows()
    {
        for (int log = 8; log <= 20; log += 2)
        {
            yield return Complex(DType.Float32, 1 << log);
        }

        yield return Complex(DType.Float32, 64, 1024);
        yield return Complex(DType.Float32, 100_000);
        yield return Complex(DType.Float32, 10_007);
        yield return Complex(DType.Float64, 1 << 14);
        yield return Complex(DType.Float64, 1 << 20);
        yield return new("rfft float32", $"{1 << 16}", Mild) { Peer = "fourier.rfft", Inputs = [Input.Normal(1 << 16)], Product = Row.Of(x => x[0].RFft()) };
        yield return new("rfft float32", "256x1024", Mild) { Peer = "fourier.rfft", Inputs = [Input.Normal(256, 1024)], Product = Row.Of(x => x[0].RFft()) };
        yield return new("irfft complex64", $"{(1 << 15) + 1}", Mild) { Peer = "fourier.irfft", Inputs = [Pair(DType.Float32, (1 << 15) + 1)], Product = Row.Of(x => x[0].IRFft()) };
        yield return new("fft2 complex64", "512x512", Mild)
        {
            Peer = "fourier.fft2",
            Inputs = [Pair(DType.Float32, 512, 512)],
            Product = Row.Of(x => x[0].Fft2()),
        };
    }

    static Row Complex(DType part, params int[] shape) => new($"fft {(part == DType.Float32 ? "complex64" : "complex128")}", string.Join('x', shape), Mild)
    {
        Peer = "fourier.fft",
        Inputs = [Pair(part, shape)],
        Product = Row.Of(x => x[0].Fft()),
        Bound = part == DType.Float32 ? 2e-6 : 1e-14,
    };

    static Input Pair(DType part, params int[] shape) => new(new Shape(shape), key =>
    {
        (RandomKey real, RandomKey imaginary) = key.Split();
        return Tensor.Complex(Tensor.RandomNormal(real, new Shape(shape), type: part), Tensor.RandomNormal(imaginary, new Shape(shape), type: part));
    });
}
