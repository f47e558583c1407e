using System.Numerics;

namespace Ashlar;

/// <summary>A complex number of two float32: the C# type of complex64. The type of complex128 is <see cref="Complex"/>, to which this converts without loss.</summary>
/// <param name="Real">The real part.</param>
/// <param name="Imaginary">The imaginary part.</param>
public readonly record struct Complex64(float Real, float Imaginary)
{
    /// <summary>The same number in double precision.</summary>
    public static implicit operator Complex(Complex64 value) => new(value.Real, value.Imaginary);

    /// <summary>The number rounded to single precision, part by part.</summary>
    public static explicit operator Complex64(Complex value) => new((float)value.Real, (float)value.Imaginary);
}
