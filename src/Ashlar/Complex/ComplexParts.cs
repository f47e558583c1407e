namespace Ashlar;

/// <summary>Real and imaginary part of a complex tensor, of one shape and floating dtype.</summary>
/// <param name="Real">The real part.</param>
/// <param name="Imag">The imaginary part.</param>
/// <param name="OfPairs">Whether they are slices of recorded pairs; else the pairs would be made of them.</param>
sealed record ComplexParts(Tensor Real, Tensor Imag, bool OfPairs)
{
    /// <summary>The error of an operation that has no meaning for complex numbers.</summary>
    public static DTypeException Refusal(string operation, Tensor x) => new(
        $"{operation}: {x.DType.Name}{x.Shape} is complex, and the operation takes real numbers. Take Real, Imag, Abs() or Angle() first, or the pairs with ViewAsReal().");
}
