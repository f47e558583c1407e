namespace Ashlar;

/// <content>The frequencies of a transform, and their order.</content>
public sealed partial class Tensor
{
    /// <summary>The frequencies of the elements of <see cref="Fft"/>: 0, 1, …, then the negative ones …, -2, -1, divided by n · spacing; [n].</summary>
    /// <param name="n">Elements of the transform, ≥ 1.</param>
    /// <param name="spacing">Distance of two samples, in seconds for frequencies in hertz.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">n is below 1.</exception>
    public static Tensor FftFreq(int n, double spacing = 1, DType type = DType.Float32) =>
        Frequencies("FftFreq", n, n, k => k > (n - 1) / 2 ? k - n : k, spacing, type);

    /// <summary>The frequencies of the elements of <see cref="RFft"/>: 0, 1, …, n/2, divided by n · spacing; [n/2 + 1].</summary>
    /// <param name="n">Elements of the real tensor, ≥ 1.</param>
    /// <param name="spacing">Distance of two samples, in seconds for frequencies in hertz.</param>
    /// <param name="type">float32 or float64.</param>
    /// <exception cref="ShapeException">n is below 1.</exception>
    public static Tensor RFftFreq(int n, double spacing = 1, DType type = DType.Float32) =>
        Frequencies("RFftFreq", n, (n / 2) + 1, k => k, spacing, type);

    /// <summary>Moves frequency 0 from the front of axes to their middle.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <exception cref="ShapeException">An axis does not exist or is named twice.</exception>
    public Tensor FftShift(params ReadOnlySpan<int> axes) => Rotated("FftShift", axes, extent => extent / 2);

    /// <summary>Undoes <see cref="FftShift"/>.</summary>
    /// <param name="axes">Axes, negative from the back; none means all.</param>
    /// <exception cref="ShapeException">An axis does not exist or is named twice.</exception>
    public Tensor IFftShift(params ReadOnlySpan<int> axes) => Rotated("IFftShift", axes, extent => (extent + 1) / 2);

    static Tensor Frequencies(string operation, int n, int count, Func<int, int> place, double spacing, DType type) => n > 0
        ? From([.. Enumerable.Range(0, count).Select(k => place(k) / (n * spacing))], count).To(type)
        : throw new ShapeException($"{operation}: a transform of {n} elements has no frequencies. Give a length of 1 or more.");

    Tensor Rotated(string operation, ReadOnlySpan<int> axes, Func<int, int> steps)
    {
        Tensor x = this;
        foreach (int axis in AllAxes(axes, operation))
        {
            int count = steps(x.Shape[axis]);
            int rest = x.Shape[axis] - count;
            x = count == 0 || rest == 0 ? x : Concat([x.Slice(axis, rest, count), x.Slice(axis, 0, rest)], axis);
        }

        return x;
    }
}
