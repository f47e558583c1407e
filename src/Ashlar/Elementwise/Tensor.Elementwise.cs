using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Map;

namespace Ashlar;

/// <content>Functions of elements. Each keeps shape and dtype; floating ones take float32 and float64. Their accuracy stands at the definitions in Ashlar.Functions.</content>
public sealed partial class Tensor
{
    /// <summary>|x|.</summary>
    public Tensor Abs() => Map(ArithmeticMaps.Abs);

    /// <summary>-1, 0 or 1; NaN stays.</summary>
    public Tensor Sign() => Map(ArithmeticMaps.Sign);

    /// <summary>√x, correctly rounded.</summary>
    public Tensor Sqrt() => Map(ArithmeticMaps.Sqrt);

    /// <summary>1 / √x, two roundings.</summary>
    public Tensor Rsqrt() => Map(ArithmeticMaps.Rsqrt);

    /// <summary>max(x, 0); NaN propagates, the gradient at 0 is 0.</summary>
    public Tensor Relu() => Map(ArithmeticMaps.Relu);

    /// <summary>∛x; cubes of integers are exact.</summary>
    public Tensor Cbrt() => Map(ElementaryMaps.Cbrt);

    /// <summary>eˣ.</summary>
    public Tensor Exp() => Map(ElementaryMaps.Exp);

    /// <summary>2ˣ; exact at integers.</summary>
    public Tensor Exp2() => Map(ElementaryMaps.Exp2);

    /// <summary>eˣ - 1.</summary>
    public Tensor Expm1() => Map(ElementaryMaps.Expm1);

    /// <summary>ln x.</summary>
    public Tensor Log() => Map(ElementaryMaps.Log);

    /// <summary>log₂ x; exact at powers of two.</summary>
    public Tensor Log2() => Map(ElementaryMaps.Log2);

    /// <summary>log₁₀ x; exact at powers of ten.</summary>
    public Tensor Log10() => Map(ElementaryMaps.Log10);

    /// <summary>ln(1 + x).</summary>
    public Tensor Log1p() => Map(ElementaryMaps.Log1p);

    /// <summary>sin x, x in radians.</summary>
    public Tensor Sin() => Map(ElementaryMaps.Sin);

    /// <summary>cos x, x in radians.</summary>
    public Tensor Cos() => Map(ElementaryMaps.Cos);

    /// <summary>tan x, x in radians.</summary>
    public Tensor Tan() => Map(AngleMaps.Tan);

    /// <summary>Arc sine in radians; NaN beyond ±1.</summary>
    public Tensor Asin() => Map(AngleMaps.Asin);

    /// <summary>Arc cosine in radians; NaN beyond ±1.</summary>
    public Tensor Acos() => Map(AngleMaps.Acos);

    /// <summary>Arc tangent in radians.</summary>
    public Tensor Atan() => Map(AngleMaps.Atan);

    /// <summary>The angle in radians of the points (x, y), in [-π, π]; operands broadcast and promote.</summary>
    public static Tensor Atan2(Tensor y, Tensor x) => Map(AngleMaps.Atan2, y, x);

    /// <summary>sinh x.</summary>
    public Tensor Sinh() => Map(AngleMaps.Sinh);

    /// <summary>cosh x.</summary>
    public Tensor Cosh() => Map(AngleMaps.Cosh);

    /// <summary>Inverse hyperbolic sine.</summary>
    public Tensor Asinh() => Map(AngleMaps.Asinh);

    /// <summary>Inverse hyperbolic cosine; NaN below 1.</summary>
    public Tensor Acosh() => Map(AngleMaps.Acosh);

    /// <summary>Inverse hyperbolic tangent; ±∞ at ±1, NaN beyond.</summary>
    public Tensor Atanh() => Map(AngleMaps.Atanh);

    /// <summary>√(x² + y²) without overflow on the way; operands broadcast and promote.</summary>
    public static Tensor Hypot(Tensor x, Tensor y) => Map(ElementaryMaps.Hypot, x, y);

    /// <summary>tanh x.</summary>
    public Tensor Tanh() => Map(ElementaryMaps.Tanh);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public Tensor Sigmoid() => Map(ElementaryMaps.Sigmoid);

    /// <summary>The error function.</summary>
    public Tensor Erf() => Map(ElementaryMaps.Erf);

    /// <summary>1 - erf x with small relative error.</summary>
    public Tensor Erfc() => Map(ElementaryMaps.Erfc);

    /// <summary>The inverse error function on (-1, 1).</summary>
    public Tensor ErfInverse() => Map(ElementaryMaps.ErfInverse);

    /// <summary>xʸ.</summary>
    public Tensor Pow(Tensor y) => Map(ElementaryMaps.Pow, this, y);

    /// <summary>xʸ; of a complex number with a whole y up to ±64 by repeated squaring.</summary>
    public Tensor Pow(double y) => DType.IsComplex && Math.Abs(y) <= 64 && y == Math.Truncate(y) ? ComplexArithmetic.Power(this, (int)y) : Map(ElementaryMaps.Pow, this, new(Weak(this, y)));

    /// <summary>The larger element; NaN propagates.</summary>
    public static Tensor Maximum(Tensor a, Tensor b) => Map(ArithmeticMaps.Maximum, a, b);

    /// <summary>The smaller element; NaN propagates.</summary>
    public static Tensor Minimum(Tensor a, Tensor b) => Map(ArithmeticMaps.Minimum, a, b);

    /// <summary>a · b + c with one rounding.</summary>
    public static Tensor Fma(Tensor a, Tensor b, Tensor c)
    {
        DType type = DTypeFacts.Promote(a.DType, DTypeFacts.Promote(b.DType, c.DType));
        Shape shape = Shape.Broadcast(a.Shape, Shape.Broadcast(b.Shape, c.Shape, "Fma"), "Fma");
        return new Tensor(new Node(ArithmeticMaps.Fma, [Operand(a), Operand(b), Operand(c)]));

        Node Operand(Tensor x) => Op.Broadcast(Op.Cast(x.RealNode("Fma"), type), shape);
    }

    /// <summary>condition ? a : b.</summary>
    public static Tensor Where(Tensor condition, Tensor a, Tensor b) => a.DType.IsComplex || b.DType.IsComplex
        ? Complex(Where(condition, a.Real, b.Real), Where(condition, a.Imag, b.Imag))
        : new(Op.Where(condition.Node, a.Node, b.Node));

    /// <summary>The value as another dtype: to nearest between floats, toward zero and saturating to integers, wrapping between integers, "not zero" to bool; a real number as a complex one with imaginary part 0.</summary>
    /// <exception cref="DTypeException">The tensor is complex, the dtype neither complex nor bool: say which part is meant.</exception>
    public Tensor To(DType type) => (DType.IsComplex, type.IsComplex) switch
    {
        (false, false) => new(Op.Cast(Node, type)),
        (_, true) => type == DType ? this : Complex(Real.To(type.RealType), Imag.To(type.RealType)),
        _ when type == DType.Bool => NotEqualTo(new Tensor(Weak(this, 0))),
        _ => throw ComplexParts.Refusal("To", this),
    };

    Tensor Map(MapPrimitive map) => DType.IsComplex ? ComplexMaps.Of(map, this) : new(Op.Unary(map, Node));

    static Tensor Map(MapPrimitive map, Tensor a, Tensor b) =>
        a.DType.IsComplex || b.DType.IsComplex ? ComplexMaps.Of(map, a, b) : new(Op.Binary(map, a.Node, b.Node));
}
