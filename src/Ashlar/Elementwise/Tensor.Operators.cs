using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Map;
using Ashlar.Scalars;

namespace Ashlar;

/// <content>Operators. Operands broadcast and promote; a C# number takes the tensor's dtype, or float32 with an integer tensor if it has a fraction.</content>
public sealed partial class Tensor
{
    /// <summary>a + b.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => new(Op.Add(a.Node, b.Node));

    /// <summary>a + b.</summary>
    public static Tensor operator +(Tensor a, double b) => new(Op.Add(a.Node, Weak(a, b)));

    /// <summary>a + b.</summary>
    public static Tensor operator +(double a, Tensor b) => new(Op.Add(Weak(b, a), b.Node));

    /// <summary>a - b.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => new(Op.Subtract(a.Node, b.Node));

    /// <summary>a - b.</summary>
    public static Tensor operator -(Tensor a, double b) => new(Op.Subtract(a.Node, Weak(a, b)));

    /// <summary>a - b.</summary>
    public static Tensor operator -(double a, Tensor b) => new(Op.Subtract(Weak(b, a), b.Node));

    /// <summary>a · b.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => new(Op.Multiply(a.Node, b.Node));

    /// <summary>a · b.</summary>
    public static Tensor operator *(Tensor a, double b) => new(Op.Multiply(a.Node, Weak(a, b)));

    /// <summary>a · b.</summary>
    public static Tensor operator *(double a, Tensor b) => new(Op.Multiply(Weak(b, a), b.Node));

    /// <summary>a / b; integers truncate toward zero.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => new(Op.Divide(a.Node, b.Node));

    /// <summary>a / b; integers truncate toward zero.</summary>
    public static Tensor operator /(Tensor a, double b) => new(Op.Divide(a.Node, Weak(a, b)));

    /// <summary>a / b; integers truncate toward zero.</summary>
    public static Tensor operator /(double a, Tensor b) => new(Op.Divide(Weak(b, a), b.Node));

    /// <summary>-a.</summary>
    public static Tensor operator -(Tensor a) => new(Op.Negate(a.Node));

    /// <summary>a &lt; b → bool.</summary>
    public static Tensor operator <(Tensor a, Tensor b) => new(Op.Binary(ComparisonMaps.Less, a.Node, b.Node));

    /// <summary>a &gt; b → bool.</summary>
    public static Tensor operator >(Tensor a, Tensor b) => new(Op.Binary(ComparisonMaps.Less, b.Node, a.Node));

    /// <summary>a ≤ b → bool.</summary>
    public static Tensor operator <=(Tensor a, Tensor b) => new(Op.LessOrEqual(a.Node, b.Node));

    /// <summary>a ≥ b → bool.</summary>
    public static Tensor operator >=(Tensor a, Tensor b) => new(Op.LessOrEqual(b.Node, a.Node));

    /// <summary>a &lt; b → bool.</summary>
    public static Tensor operator <(Tensor a, double b) => new(Op.Binary(ComparisonMaps.Less, a.Node, Weak(a, b)));

    /// <summary>a &gt; b → bool.</summary>
    public static Tensor operator >(Tensor a, double b) => new(Op.Binary(ComparisonMaps.Less, Weak(a, b), a.Node));

    /// <summary>a ≤ b → bool.</summary>
    public static Tensor operator <=(Tensor a, double b) => new(Op.LessOrEqual(a.Node, Weak(a, b)));

    /// <summary>a ≥ b → bool.</summary>
    public static Tensor operator >=(Tensor a, double b) => new(Op.LessOrEqual(Weak(a, b), a.Node));

    /// <summary>Bitwise, for bool logical, and.</summary>
    public static Tensor operator &(Tensor a, Tensor b) => new(Op.Binary(LogicMaps.And, a.Node, b.Node));

    /// <summary>Bitwise, for bool logical, or.</summary>
    public static Tensor operator |(Tensor a, Tensor b) => new(Op.Binary(LogicMaps.Or, a.Node, b.Node));

    /// <summary>Bitwise, for bool logical, exclusive or.</summary>
    public static Tensor operator ^(Tensor a, Tensor b) => new(Op.Binary(LogicMaps.Xor, a.Node, b.Node));

    /// <summary>Complement.</summary>
    public static Tensor operator ~(Tensor a) => new(Op.Unary(LogicMaps.Not, a.Node));

    /// <summary>a = b element by element → bool; a NaN equals nothing.</summary>
    public Tensor EqualTo(Tensor other) => new(Op.Equal(Node, other.Node));

    /// <summary>a ≠ b element by element → bool.</summary>
    public Tensor NotEqualTo(Tensor other) => new(Op.Binary(ComparisonMaps.NotEqual, Node, other.Node));

    // A weak number never widens the tensor's dtype; only a fraction on an integer tensor makes a float32.
    static Node Weak(Tensor like, double value)
    {
        DType type = like.DType.IsFloating || value == Math.Truncate(value) ? like.DType : DType.Float32;
        return Node.Scalar(type, ScalarBits.FromDouble(type, value));
    }
}
