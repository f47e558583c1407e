using Ashlar.Ir;
using Ashlar.Primitives.Map;
using Ashlar.Scalars;

namespace Ashlar;

/// <content>Operators. Operands broadcast and promote; a C# number takes the tensor's dtype, a double with a tensor of integers or bool makes float32.</content>
public sealed partial class Tensor
{
    /// <summary>a + b.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => Map(ArithmeticMaps.Add, a, b);

    /// <summary>a + b.</summary>
    public static Tensor operator +(Tensor a, double b) => Map(ArithmeticMaps.Add, a, new(Weak(a, b)));

    /// <summary>a + b.</summary>
    public static Tensor operator +(double a, Tensor b) => Map(ArithmeticMaps.Add, new(Weak(b, a)), b);

    /// <summary>a - b.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => Map(ArithmeticMaps.Subtract, a, b);

    /// <summary>a - b.</summary>
    public static Tensor operator -(Tensor a, double b) => Map(ArithmeticMaps.Subtract, a, new(Weak(a, b)));

    /// <summary>a - b.</summary>
    public static Tensor operator -(double a, Tensor b) => Map(ArithmeticMaps.Subtract, new(Weak(b, a)), b);

    /// <summary>a · b.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => Map(ArithmeticMaps.Multiply, a, b);

    /// <summary>a · b.</summary>
    public static Tensor operator *(Tensor a, double b) => Map(ArithmeticMaps.Multiply, a, new(Weak(a, b)));

    /// <summary>a · b.</summary>
    public static Tensor operator *(double a, Tensor b) => Map(ArithmeticMaps.Multiply, new(Weak(b, a)), b);

    /// <summary>a / b; integers truncate toward zero.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => Map(ArithmeticMaps.Divide, a, b);

    /// <summary>a / b; integers truncate toward zero.</summary>
    public static Tensor operator /(Tensor a, double b) => Map(ArithmeticMaps.Divide, a, new(Weak(a, b)));

    /// <summary>a / b; integers truncate toward zero.</summary>
    public static Tensor operator /(double a, Tensor b) => Map(ArithmeticMaps.Divide, new(Weak(b, a)), b);

    /// <summary>-a.</summary>
    public static Tensor operator -(Tensor a) => a.Map(ArithmeticMaps.Negate);

    /// <summary>a &lt; b → bool.</summary>
    public static Tensor operator <(Tensor a, Tensor b) => Map(ComparisonMaps.Less, a, b);

    /// <summary>a &gt; b → bool.</summary>
    public static Tensor operator >(Tensor a, Tensor b) => Map(ComparisonMaps.Less, b, a);

    /// <summary>a ≤ b → bool.</summary>
    public static Tensor operator <=(Tensor a, Tensor b) => Map(ComparisonMaps.LessOrEqual, a, b);

    /// <summary>a ≥ b → bool.</summary>
    public static Tensor operator >=(Tensor a, Tensor b) => Map(ComparisonMaps.LessOrEqual, b, a);

    /// <summary>a &lt; b → bool.</summary>
    public static Tensor operator <(Tensor a, double b) => Map(ComparisonMaps.Less, a, new(Weak(a, b)));

    /// <summary>a &gt; b → bool.</summary>
    public static Tensor operator >(Tensor a, double b) => Map(ComparisonMaps.Less, new(Weak(a, b)), a);

    /// <summary>a ≤ b → bool.</summary>
    public static Tensor operator <=(Tensor a, double b) => Map(ComparisonMaps.LessOrEqual, a, new(Weak(a, b)));

    /// <summary>a ≥ b → bool.</summary>
    public static Tensor operator >=(Tensor a, double b) => Map(ComparisonMaps.LessOrEqual, new(Weak(a, b)), a);

    /// <summary>Bitwise, for bool logical, and.</summary>
    public static Tensor operator &(Tensor a, Tensor b) => Map(LogicMaps.And, a, b);

    /// <summary>Bitwise, for bool logical, or.</summary>
    public static Tensor operator |(Tensor a, Tensor b) => Map(LogicMaps.Or, a, b);

    /// <summary>Bitwise, for bool logical, exclusive or.</summary>
    public static Tensor operator ^(Tensor a, Tensor b) => Map(LogicMaps.Xor, a, b);

    /// <summary>Complement.</summary>
    public static Tensor operator ~(Tensor a) => a.Map(LogicMaps.Not);

    /// <summary>a = b element by element → bool; a NaN equals nothing.</summary>
    public Tensor EqualTo(Tensor other) => Map(ComparisonMaps.Equal, this, other);

    /// <summary>a ≠ b element by element → bool.</summary>
    public Tensor NotEqualTo(Tensor other) => Map(ComparisonMaps.NotEqual, this, other);

    // A weak number never widens the tensor's dtype; only beside integers a double makes a float32.
    static Node Weak(Tensor like, double value)
    {
        DType own = like.DType.RealType;
        DType type = own.IsFloating ? own : DType.Float32;
        return Node.ScalarOfRank(type, ScalarBits.FromDouble(type, value), like.DType.IsComplex ? 0 : like.Rank);
    }
}
