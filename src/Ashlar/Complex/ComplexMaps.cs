using Ashlar.Primitives.Map;

namespace Ashlar;

/// <summary>What each map on elements means for complex numbers, as composites on the parts; a map that is not listed refuses.</summary>
static class ComplexMaps
{
    const double LogOfTwo = 0.69314718055994530942;
    const double LogOfTen = 2.30258509299404568402;

    /// <summary>The map of one complex tensor.</summary>
    /// <exception cref="DTypeException">The map has no complex definition.</exception>
    public static Tensor Of(MapPrimitive map, Tensor z) => map.Name switch
    {
        "Negate" => Tensor.Complex(-z.Real, -z.Imag),
        "Abs" => ComplexArithmetic.Abs(z),
        "Sign" => ComplexArithmetic.Sign(z),
        "Sqrt" => ComplexArithmetic.Sqrt(z),
        "Rsqrt" => ComplexArithmetic.Reciprocal(ComplexArithmetic.Sqrt(z)),
        "Exp" => ComplexFunctions.Exp(z),
        "Expm1" => ComplexFunctions.Expm1(z),
        "Exp2" => ComplexFunctions.Exp(z * LogOfTwo),
        "Log" => ComplexFunctions.Log(z),
        "Log1p" => ComplexFunctions.Log1p(z),
        "Log2" => ComplexFunctions.Log(z) / LogOfTwo,
        "Log10" => ComplexFunctions.Log(z) / LogOfTen,
        "Sin" => ComplexFunctions.Sin(z),
        "Cos" => ComplexFunctions.Cos(z),
        "Tan" => -Times(ComplexFunctions.Tanh(Times(z))),
        "Sinh" => ComplexFunctions.Sinh(z),
        "Cosh" => ComplexFunctions.Cosh(z),
        "Tanh" => ComplexFunctions.Tanh(z),
        "Asin" => ComplexInverses.Asin(z),
        "Acos" => ComplexInverses.Acos(z),
        "Atan" => -Times(ComplexInverses.Atanh(Times(z))),
        "Asinh" => -Times(ComplexInverses.Asin(Times(z))),
        "Acosh" => ComplexInverses.Acosh(z),
        "Atanh" => ComplexInverses.Atanh(z),
        "Sigmoid" => ComplexArithmetic.Reciprocal((-z).Exp() + 1.0),
        _ => throw ComplexParts.Refusal(map.Name, z),
    };

    /// <summary>The map of two tensors of which one is complex.</summary>
    /// <exception cref="DTypeException">The map has no complex definition.</exception>
    public static Tensor Of(MapPrimitive map, Tensor a, Tensor b) => map.Name switch
    {
        "Add" => Tensor.Complex(a.Real + b.Real, Sum(a, b)),
        "Subtract" => Tensor.Complex(a.Real - b.Real, Difference(a, b)),
        "Multiply" => Bilinear(a, b, static (x, y) => x * y),
        "Divide" => ComplexArithmetic.Divide(a, b),
        "Pow" => ComplexFunctions.Pow(a, b),
        "Equal" => a.Real.EqualTo(b.Real) & a.Imag.EqualTo(b.Imag),
        "NotEqual" => a.Real.NotEqualTo(b.Real) | a.Imag.NotEqualTo(b.Imag),
        _ => throw ComplexParts.Refusal(map.Name, a.DType.IsComplex ? a : b),
    };

    /// <summary>A product that is linear in both operands: of the parts it takes two where one operand is real, else four.</summary>
    public static Tensor Bilinear(Tensor a, Tensor b, Func<Tensor, Tensor, Tensor> product) => (a.DType.IsComplex, b.DType.IsComplex) switch
    {
        (true, false) => Tensor.Complex(product(a.Real, b), product(a.Imag, b)),
        (false, true) => Tensor.Complex(product(a, b.Real), product(a, b.Imag)),
        _ => Tensor.Complex(product(a.Real, b.Real) - product(a.Imag, b.Imag), product(a.Real, b.Imag) + product(a.Imag, b.Real)),
    };

    // i · z.
    static Tensor Times(Tensor z) => Tensor.Complex(-z.Imag, z.Real);

    // Adding a real number leaves the imaginary part alone, its -0 too; only its shape may grow.
    static Tensor Sum(Tensor a, Tensor b) => !b.DType.IsComplex ? a.Imag : !a.DType.IsComplex ? b.Imag : a.Imag + b.Imag;

    static Tensor Difference(Tensor a, Tensor b) => !b.DType.IsComplex ? a.Imag : !a.DType.IsComplex ? -b.Imag : a.Imag - b.Imag;
}
