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
        Node real = DType.IsComplex ? throw ComplexParts.Refusal("RFft", this) : Op.Cast(Node, DType.ComplexType.RealType);
        Node fitted = FourierPairs.Fit(real, place, n ?? Shape[place], "RFft");
        int[] exchange = FourierPairs.Exchange(fitted.Shape.Rank, place, fitted.Shape.Rank - 1);
        Node pairs = FourierPairs.Move(Op.RFft(FourierPairs.Move(fitted, exchange)), [.. exchange, exchange.Length]);
        return OfPairs(FourierPairs.Scaled(pairs, FourierPairs.Scale(fitted.Shape[place], inverse: false, norm)));
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
        if (count < 1)
        {
            throw FourierPairs.NoElements("IRFft", count, place);
        }

        Node pairs = FourierPairs.Fit(FourierPairs.Of(this), place, (count / 2) + 1, "IRFft");
        int rank = pairs.Shape.Rank - 1;
        int[] exchange = FourierPairs.Exchange(rank, place, rank - 1);
        Node real = Op.IRFft(FourierPairs.Move(pairs, [.. exchange, rank]), count, FourierPairs.Scale(count, inverse: true, norm));
        return new Tensor(FourierPairs.Move(real, exchange));
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
