using Ashlar.Primitives.Map;
using Number = System.Numerics.Complex;

namespace Ashlar;

/// <content>Operators with a C# complex number: it takes the tensor's precision, complex64 with float32 and integers, complex128 with float64.</content>
public sealed partial class Tensor
{
    /// <summary>a + b.</summary>
    public static Tensor operator +(Tensor a, Number b) => Map(ArithmeticMaps.Add, a, Weak(a, b));

    /// <summary>a + b.</summary>
    public static Tensor operator +(Number a, Tensor b) => Map(ArithmeticMaps.Add, Weak(b, a), b);

    /// <summary>a - b.</summary>
    public static Tensor operator -(Tensor a, Number b) => Map(ArithmeticMaps.Subtract, a, Weak(a, b));

    /// <summary>a - b.</summary>
    public static Tensor operator -(Number a, Tensor b) => Map(ArithmeticMaps.Subtract, Weak(b, a), b);

    /// <summary>a · b.</summary>
    public static Tensor operator *(Tensor a, Number b) => Map(ArithmeticMaps.Multiply, a, Weak(a, b));

    /// <summary>a · b.</summary>
    public static Tensor operator *(Number a, Tensor b) => Map(ArithmeticMaps.Multiply, Weak(b, a), b);

    /// <summary>a / b.</summary>
    public static Tensor operator /(Tensor a, Number b) => Map(ArithmeticMaps.Divide, a, Weak(a, b));

    /// <summary>a / b.</summary>
    public static Tensor operator /(Number a, Tensor b) => Map(ArithmeticMaps.Divide, Weak(b, a), b);

    /// <summary>zʸ, the principal value.</summary>
    public Tensor Pow(Number y) => Map(ElementaryMaps.Pow, this, Weak(this, y));

    /// <summary>Every element the same complex number.</summary>
    /// <exception cref="DTypeException">The dtype is not complex.</exception>
    public static Tensor Full(Shape shape, Number value, DType type = DType.Complex64) => type.IsComplex
        ? Complex(Scalar(value.Real, type.RealType), Scalar(value.Imaginary, type.RealType)).BroadcastTo(shape)
        : throw new DTypeException($"Full: {type.Name} holds no complex number. Ask for complex64 or complex128.");
}
