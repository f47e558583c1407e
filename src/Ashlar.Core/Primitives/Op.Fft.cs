using Ashlar.Ir;
using Ashlar.Primitives.Fft;
using Ashlar.Primitives.Map;

namespace Ashlar.Primitives;

/// <content>Fourier transforms.</content>
public static partial class Op
{
    /// <summary>The transform of pairs [..., n, ..., 2] along n, without scaling.</summary>
    /// <param name="pairs">Real and imaginary parts.</param>
    /// <param name="inverse">Whether the exponent is positive.</param>
    /// <param name="axesBehind">Number of axes between the transformed one and that of the pairs.</param>
    public static Node Fft(Node pairs, bool inverse, int axesBehind = 0) => new(FftPrimitive.Instance, [pairs], new FftAttributes(inverse, axesBehind));

    /// <summary>The first n/2 + 1 elements of the transform of real numbers [..., n], as pairs, without scaling.</summary>
    public static Node RFft(Node x) => new(RFftPrimitive.Instance, [x]);

    /// <summary>The real numbers [..., n] of which the pairs [..., n/2 + 1, 2] are the first half of a transform, times n and a factor.</summary>
    public static Node IRFft(Node pairs, int n, double factor) => new(IRFftPrimitive.Instance, [pairs], new IRFftAttributes(n, factor));

    /// <summary>For each pair of half a transform [..., n/2 + 1, 2] a number [n/2 + 1, 1]: one for those that are their own conjugates, one for the others.</summary>
    public static Node ConjugateWeights(Node pairs, int n, double alone, double paired)
    {
        Node place = Iota(new Shape(pairs.Shape[^2], 1), 0);
        Node isAlone = Equal(place, Number(DType.Int32, 0));
        if (n % 2 == 0)
        {
            isAlone = Binary(LogicMaps.Or, isAlone, Equal(place, Number(DType.Int32, n / 2)));
        }

        return Where(isAlone, Number(pairs, alone), Number(pairs, paired));
    }
}
