using Ashlar.Ir;
using Ashlar.Primitives.Fft;

namespace Ashlar.Primitives;

/// <content>Fourier transforms.</content>
public static partial class Op
{
    /// <summary>The transform of pairs [..., n, 2] along n, without scaling.</summary>
    /// <param name="pairs">Real and imaginary parts.</param>
    /// <param name="inverse">Whether the exponent is positive.</param>
    public static Node Fft(Node pairs, bool inverse) => new(FftPrimitive.Instance, [pairs], new FftAttributes(inverse));
}
