using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar;

/// <content>Fourier transforms (the fft extension of the Array API) of any length; float32 gives complex64, float64 complex128, other real dtypes complex64.
/// The relative error in the root mean square is about ε · log₂ n.</content>
public sealed partial class Tensor
{
    /// <summary>Xₖ = Σ xⱼ e^(-2πijk/n) along an axis.</summary>
    /// <param name="n">Elements of the axis to take: it is cut or filled with zeros to them; all by default.</param>
    /// <param name="axis">Negative from the back.</param>
    /// <param name="norm">Which direction carries the factor.</param>
    /// <returns>Complex, n elements along the axis.</returns>
    /// <exception cref="ShapeException">The axis does not exist, or n is below 1.</exception>
    public Tensor Fft(int? n = null, int axis = -1, FftNorm norm = FftNorm.Backward) => Along("Fft", n, axis, norm, inverse: false);

    /// <summary>xⱼ = 1/n Σ Xₖ e^(2πijk/n) along an axis: undoes <see cref="Fft"/>.</summary>
    /// <param name="n">Elements of the axis to take: it is cut or filled with zeros to them; all by default.</param>
    /// <param name="axis">Negative from the back.</param>
    /// <param name="norm">Which direction carries the factor.</param>
    /// <returns>Complex, n elements along the axis.</returns>
    /// <exception cref="ShapeException">The axis does not exist, or n is below 1.</exception>
    public Tensor IFft(int? n = null, int axis = -1, FftNorm norm = FftNorm.Backward) => Along("IFft", n, axis, norm, inverse: true);

    /// <summary><see cref="Fft"/> of a real tensor, of which only the first n/2 + 1 elements are kept: the others are their conjugates.</summary>
    /// <param name="n">Elements of the axis to take: it is cut or filled with zeros to them; all by default.</param>
    /// <param name="axis">Negative from the back.</param>
    /// <param name="norm">Which direction carries the factor.</param>
    /// <returns>Complex, n/2 + 1 elements along the axis.</returns>
    /// <exception cref="ShapeException">The axis does not exist, or n is below 1.</exception>
    /// <exception cref="DTypeException">The tensor is complex.</exception>
    public Tensor RFft(int? n = null, int axis = -1, FftNorm norm = FftNorm.Backward)
    {
        int place = Shape.Axis(axis, "RFft");
        Node real = FourierPairs.Fit(DType.IsComplex ? throw ComplexParts.Refusal("RFft", this) : Node, place, n ?? Shape[place], "RFft");
        Node pairs = FourierPairs.Along(FourierPairs.Of(new Tensor(real)), place, real.Shape[place], inverse: false, norm, "RFft");
        return OfPairs(FourierPairs.Fit(pairs, place, (real.Shape[place] / 2) + 1, "RFft"));
    }

    /// <summary>The real tensor whose <see cref="RFft"/> this is. Imaginary parts of the first element, and of the last if n is even, are not looked at.</summary>
    /// <param name="n">Elements of the result; 2 · (extent - 1) by default. Give it for odd ones.</param>
    /// <param name="axis">Negative from the back.</param>
    /// <param name="norm">Which direction carries the factor.</param>
    /// <returns>Real, n elements along the axis.</returns>
    /// <exception cref="ShapeException">The axis does not exist, or n is below 1.</exception>
    public Tensor IRFft(int? n = null, int axis = -1, FftNorm norm = FftNorm.Backward)
    {
        int place = Shape.Axis(axis, "IRFft");
        int count = n ?? (2 * (Shape[place] - 1));
        int half = (Math.Max(count, 1) / 2) + 1;
        Node pairs = FourierPairs.Fit(FourierPairs.Of(this), place, half, "IRFft");

        // The missing half is conjugate: in the real part it doubles what is there, but for the elements that stand alone.
        double[] weights = [.. Enumerable.Range(0, half).Select(k => k == 0 || 2 * k == count ? 1.0 : 2.0)];
        Tensor weight = From(weights, [half, .. Op.Ones(pairs.Shape.Rank - place - 1)]).To(pairs.Type);
        Node whole = FourierPairs.Along(Op.Multiply(pairs, weight.Node), place, count, inverse: true, norm, "IRFft");
        return OfPairs(whole).Real;
    }

    /// <summary>The real transform of a tensor whose other half along the axis is its conjugate: <see cref="IRFft"/> of the conjugate, the factor in the other direction.</summary>
    /// <param name="n">Elements of the result; 2 · (extent - 1) by default.</param>
    /// <param name="axis">Negative from the back.</param>
    /// <param name="norm">Which direction carries the factor.</param>
    /// <returns>Real, n elements along the axis.</returns>
    /// <exception cref="ShapeException">The axis does not exist, or n is below 1.</exception>
    public Tensor HFft(int? n = null, int axis = -1, FftNorm norm = FftNorm.Backward) => Conj().IRFft(n, axis, Opposite(norm));

    /// <summary>Undoes <see cref="HFft"/>: the conjugate of <see cref="RFft"/>, the factor in the other direction.</summary>
    /// <param name="n">Elements of the axis to take; all by default.</param>
    /// <param name="axis">Negative from the back.</param>
    /// <param name="norm">Which direction carries the factor.</param>
    /// <returns>Complex, n/2 + 1 elements along the axis.</returns>
    /// <exception cref="ShapeException">The axis does not exist, or n is below 1.</exception>
    /// <exception cref="DTypeException">The tensor is complex.</exception>
    public Tensor IHFft(int? n = null, int axis = -1, FftNorm norm = FftNorm.Backward) => RFft(n, axis, Opposite(norm)).Conj();

    Tensor Along(string operation, int? n, int axis, FftNorm norm, bool inverse)
    {
        int place = Shape.Axis(axis, operation);
        return OfPairs(FourierPairs.Along(FourierPairs.Of(this), place, n ?? Shape[place], inverse, norm, operation));
    }

    static FftNorm Opposite(FftNorm norm) => norm switch
    {
        FftNorm.Backward => FftNorm.Forward,
        FftNorm.Forward => FftNorm.Backward,
        _ => norm,
    };
}
