using Ashlar.Primitives.Fft;

namespace Ashlar;

/// <content>The cosine transform of type II and its inverse, type III, along an axis.</content>
public sealed partial class Tensor
{
    /// <summary>Xₖ = 2 Σ xⱼ cos(πk(2j + 1) / 2n), as SciPy's dct of type 2.</summary>
    /// <param name="axis">Negative from the back.</param>
    /// <param name="norm">Backward: as written. Ortho: divided by √(2n), and element 0 by √2 more, so that lengths are kept. Forward: divided by 2n.</param>
    /// <returns>Real, of this shape; float64 of float64, else float32.</returns>
    /// <remarks>One Fourier transform of n elements (Makhoul 1980).</remarks>
    /// <exception cref="ShapeException">The axis does not exist or has no elements.</exception>
    /// <exception cref="DTypeException">The tensor is complex.</exception>
    public Tensor Dct(int axis = -1, FftNorm norm = FftNorm.Backward)
    {
        int place = DctAxis("Dct", axis);
        Tensor x = SwapAxes(place, -1).To(DType.ComplexType.RealType);
        int n = x.Shape[^1];

        // Even places, then odd ones from the back.
        Tensor order = From([.. Enumerable.Range(0, n).Select(i => i <= (n - 1) / 2 ? 2 * i : (2 * (n - i)) - 1)], n);
        Tensor spectrum = x.Gather(order.BroadcastTo(x.Shape)).Fft();
        return (Quarters(n, x.DType, norm, inverse: false) * spectrum).Real.SwapAxes(place, -1);
    }

    /// <summary>Undoes <see cref="Dct"/>, as SciPy's idct of type 2.</summary>
    /// <param name="axis">Negative from the back.</param>
    /// <param name="norm">As given to <see cref="Dct"/>.</param>
    /// <returns>Real, of this shape; float64 of float64, else float32.</returns>
    /// <exception cref="ShapeException">The axis does not exist or has no elements.</exception>
    /// <exception cref="DTypeException">The tensor is complex.</exception>
    public Tensor IDct(int axis = -1, FftNorm norm = FftNorm.Backward)
    {
        int place = DctAxis("IDct", axis);
        Tensor x = SwapAxes(place, -1).To(DType.ComplexType.RealType);
        int n = x.Shape[^1];

        // Twice the real part of a one-sided sum is the whole sum: element 0 counts once.
        Tensor placed = (Quarters(n, x.DType, norm, inverse: true) * x).IFft(norm: FftNorm.Forward).Real;
        Tensor order = From([.. Enumerable.Range(0, n).Select(j => j % 2 == 0 ? j / 2 : n - 1 - (j / 2))], n);
        return placed.Gather(order.BroadcastTo(x.Shape)).SwapAxes(place, -1);
    }

    // e^(-iπk/2n), conjugate for the inverse, times the factor of each element.
    static Tensor Quarters(int n, DType type, FftNorm norm, bool inverse)
    {
        var factors = new System.Numerics.Complex[n];
        for (int k = 0; k < n; k++)
        {
            (double cos, double sin) = Turns.Of(k, 4L * n);
            double factor = (norm, inverse) switch
            {
                (FftNorm.Ortho, _) => Math.Sqrt((k == 0 ? 1.0 : 2.0) / n),
                (FftNorm.Forward, false) => 1.0 / n,
                (FftNorm.Forward, true) => k == 0 ? 1 : 2,
                (_, false) => 2,
                _ => (k == 0 ? 0.5 : 1.0) / n,
            };
            factors[k] = new(cos * factor, (inverse ? sin : -sin) * factor);
        }

        return From(factors, n).To(type.ComplexType);
    }

    int DctAxis(string operation, int axis)
    {
        if (DType.IsComplex)
        {
            throw ComplexParts.Refusal(operation, this);
        }

        int place = Shape.Axis(axis, operation);
        return Shape[place] > 0 ? place : throw new ShapeException($"{operation}: axis {place} of {Shape} has no elements. Give a length of 1 or more.");
    }
}
