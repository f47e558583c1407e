namespace Ashlar.Scalars;

/// <summary>A value inside a scalar program under construction. Operators append steps; a C# number becomes a constant of the other operand's type.</summary>
public readonly struct Scalar
{
    internal Scalar(ScalarBuilder builder, int number, DType type)
    {
        Builder = builder;
        Number = number;
        Type = type;
    }

    /// <summary>The program this value belongs to.</summary>
    public ScalarBuilder Builder { get; }

    /// <summary>The place of the step that makes it.</summary>
    public int Number { get; }

    /// <summary>Its dtype.</summary>
    public DType Type { get; }

    /// <summary>A constant of this value's type.</summary>
    public Scalar Like(double value) => Builder.Constant(Type, value);

    /// <summary>a + b.</summary>
    public static Scalar operator +(Scalar a, Scalar b) => a.Binary(ScalarOp.Add, b);

    /// <summary>a + b.</summary>
    public static Scalar operator +(Scalar a, double b) => a + a.Like(b);

    /// <summary>a - b.</summary>
    public static Scalar operator -(Scalar a, Scalar b) => a.Binary(ScalarOp.Subtract, b);

    /// <summary>a - b.</summary>
    public static Scalar operator -(Scalar a, double b) => a - a.Like(b);

    /// <summary>a - b.</summary>
    public static Scalar operator -(double a, Scalar b) => b.Like(a) - b;

    /// <summary>a · b.</summary>
    public static Scalar operator *(Scalar a, Scalar b) => a.Binary(ScalarOp.Multiply, b);

    /// <summary>a · b.</summary>
    public static Scalar operator *(Scalar a, double b) => a * a.Like(b);

    /// <summary>a / b.</summary>
    public static Scalar operator /(Scalar a, Scalar b) => a.Binary(ScalarOp.Divide, b);

    /// <summary>a / b.</summary>
    public static Scalar operator /(double a, Scalar b) => b.Like(a) / b;

    /// <summary>Sign flipped.</summary>
    public static Scalar operator -(Scalar a) => a.Unary(ScalarOp.Negate);

    /// <summary>Bitwise and.</summary>
    public static Scalar operator &(Scalar a, Scalar b) => a.Binary(ScalarOp.And, b);

    /// <summary>Bitwise or.</summary>
    public static Scalar operator |(Scalar a, Scalar b) => a.Binary(ScalarOp.Or, b);

    /// <summary>Bitwise exclusive or.</summary>
    public static Scalar operator ^(Scalar a, Scalar b) => a.Binary(ScalarOp.Xor, b);

    /// <summary>Complement.</summary>
    public static Scalar operator ~(Scalar a) => a.Unary(ScalarOp.Not);

    /// <summary>a &lt; b → bool.</summary>
    public static Scalar operator <(Scalar a, Scalar b) => a.Compare(ScalarOp.Less, b);

    /// <summary>a &gt; b → bool.</summary>
    public static Scalar operator >(Scalar a, Scalar b) => b.Compare(ScalarOp.Less, a);

    /// <summary>a ≤ b → bool.</summary>
    public static Scalar operator <=(Scalar a, Scalar b) => a.Compare(ScalarOp.LessOrEqual, b);

    /// <summary>a ≥ b → bool.</summary>
    public static Scalar operator >=(Scalar a, Scalar b) => b.Compare(ScalarOp.LessOrEqual, a);

    /// <summary>a &lt; b → bool.</summary>
    public static Scalar operator <(Scalar a, double b) => a < a.Like(b);

    /// <summary>a &gt; b → bool.</summary>
    public static Scalar operator >(Scalar a, double b) => a > a.Like(b);

    /// <summary>a ≤ b → bool.</summary>
    public static Scalar operator <=(Scalar a, double b) => a <= a.Like(b);

    /// <summary>a ≥ b → bool.</summary>
    public static Scalar operator >=(Scalar a, double b) => a >= a.Like(b);

    /// <summary>Shifted left.</summary>
    public static Scalar operator <<(Scalar a, int count) => a.Shift(ScalarOp.ShiftLeft, count);

    /// <summary>Shifted right, the sign in.</summary>
    public static Scalar operator >>(Scalar a, int count) => a.Shift(ScalarOp.ShiftRightArithmetic, count);

    /// <summary>Shifted right, zeros in.</summary>
    public static Scalar operator >>>(Scalar a, int count) => a.Shift(ScalarOp.ShiftRightLogical, count);

    /// <summary>a = b → bool; a method because a value type's own equality stays its own.</summary>
    public Scalar EqualTo(Scalar b) => Compare(ScalarOp.Equal, b);

    /// <summary>a ≠ b → bool.</summary>
    public Scalar NotEqualTo(Scalar b) => Compare(ScalarOp.NotEqual, b);

    /// <summary>a · b + c with one rounding.</summary>
    public static Scalar Fma(Scalar a, Scalar b, Scalar c) => a.Builder.Append(ScalarOp.Fma, a.Same(b).Same(c).Type, a.Number, b.Number, c.Number);

    /// <summary>a · b + c with one rounding.</summary>
    public static Scalar Fma(Scalar a, Scalar b, double c) => Fma(a, b, a.Like(c));

    /// <summary>a · b + c with one rounding.</summary>
    public static Scalar Fma(Scalar a, double b, Scalar c) => Fma(a, a.Like(b), c);

    /// <summary>a - b trunc(a / b), exact; floats only.</summary>
    public static Scalar Remainder(Scalar a, Scalar b) => a.Binary(ScalarOp.Remainder, b);

    /// <summary>The smaller; NaN propagates.</summary>
    public static Scalar Min(Scalar a, Scalar b) => a.Binary(ScalarOp.Min, b);

    /// <summary>The larger; NaN propagates.</summary>
    public static Scalar Max(Scalar a, Scalar b) => a.Binary(ScalarOp.Max, b);

    /// <summary>condition ? a : b.</summary>
    public static Scalar Select(Scalar condition, Scalar a, Scalar b) =>
        condition.Type == DType.Bool
            ? a.Builder.Append(ScalarOp.Select, a.Same(b).Type, condition.Number, a.Number, b.Number)
            : throw new DTypeException($"Select: the condition is {condition.Type.Name}. It must be bool.");

    /// <summary>√a.</summary>
    public Scalar Sqrt() => Unary(ScalarOp.Sqrt);

    /// <summary>|a|.</summary>
    public Scalar Abs() => Unary(ScalarOp.Abs);

    /// <summary>⌊a⌋.</summary>
    public Scalar Floor() => Unary(ScalarOp.Floor);

    /// <summary>⌈a⌉.</summary>
    public Scalar Ceiling() => Unary(ScalarOp.Ceiling);

    /// <summary>Toward zero.</summary>
    public Scalar Truncate() => Unary(ScalarOp.Truncate);

    /// <summary>To nearest, ties to even.</summary>
    public Scalar Round() => Unary(ScalarOp.Round);

    /// <summary>An angle in radians as (4k + Turns) π/2 + (High + Low), where High is a itself unless a is huge.</summary>
    public (Scalar Turns, Scalar High, Scalar Low) ReduceHugeAngle() => (Unary(ScalarOp.AngleTurns), Unary(ScalarOp.AngleHigh), Unary(ScalarOp.AngleLow));

    /// <summary>The same bits as another type of the same size.</summary>
    public Scalar Bitcast(DType type) => type.ItemSize == Type.ItemSize
        ? (type == Type ? this : Builder.Append(ScalarOp.Bitcast, type, Number))
        : throw new DTypeException($"Bitcast: {Type.Name} and {type.Name} differ in size. Choose a type of {Type.ItemSize} bytes.");

    /// <summary>The value as another type.</summary>
    public Scalar Convert(DType type) => type == Type ? this : Builder.Append(ScalarOp.Convert, type, Number);

    Scalar Unary(ScalarOp op) => Builder.Append(op, Type, Number);

    Scalar Binary(ScalarOp op, Scalar b) => Builder.Append(op, Same(b).Type, Number, b.Number);

    Scalar Compare(ScalarOp op, Scalar b) => Builder.Append(op, DType.Bool, Same(b).Number, b.Number);

    Scalar Shift(ScalarOp op, int count) => Builder.Append(op, Type, Number, bits: count);

    Scalar Same(Scalar other) => other.Type == Type
        ? this
        : throw new DTypeException($"Scalar: operands are {Type.Name} and {other.Type.Name}. Convert one of them first.");
}
