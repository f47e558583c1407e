using Ashlar.Primitives.Fft;

namespace Ashlar.Tests.Primitives;

/// <summary>Fourier transforms: a power of two, mixed radices, a length with a prime above 31, one element.</summary>
sealed class FftCases : ICaseTable
{
    public IEnumerable<PrimitiveCase> Rows
    {
        get
        {
            yield return Row("Fft", [2, 8, 2], inverse: false);
            yield return Row("Fft, inverse", [2, 8, 2], inverse: true);
            yield return Row("Fft of mixed radices", [42, 2], inverse: false);
            yield return Row("Fft of a large prime", [2, 37, 2], inverse: true);
            yield return Row("Fft of one element", [3, 1, 2], inverse: false);
            yield return new("Fft along the first axis", FftPrimitive.Instance, [new(new Shape(6, 2, 3, 2), -2, 2)], new FftAttributes(inverse: false, axesBehind: 2)) { Differentiable = [0] };
            foreach (int[] shape in (int[][])[[2, 8], [3, 30], [5], [2, 2], [1], [2, 74]])
            {
                yield return new($"RFft of {new Shape(shape)}", RFftPrimitive.Instance, [new(new Shape(shape), -2, 2)]) { Differentiable = [0], WithoutOnnx = "DFT has no real form" };
                int n = shape[^1];
                yield return new($"IRFft to {new Shape(shape)}", IRFftPrimitive.Instance, [new(new Shape([.. shape[..^1], (n / 2) + 1, 2]), -2, 2)], new IRFftAttributes(n, 0.25)) { Differentiable = [0], WithoutOnnx = "DFT has no real form" };
            }
        }
    }

    static PrimitiveCase Row(string name, int[] shape, bool inverse) =>
        new(name, FftPrimitive.Instance, [new(new Shape(shape), -2, 2)], new FftAttributes(inverse)) { Differentiable = [0] };
}
