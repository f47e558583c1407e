using Ashlar.Ir;
using Ashlar.Scalars;

namespace Ashlar;

/// <content>C# numbers beside tensors. They are weak: a number takes the tensor's dtype and raises only its kind, bool to integer to float.</content>
public sealed partial class Tensor
{
    /// <summary>a + b.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator +(Tensor a, long b) => a + Weak(a, b, "Add");

    /// <summary>a + b.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator +(long a, Tensor b) => Weak(b, a, "Add") + b;

    /// <summary>a - b.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator -(Tensor a, long b) => a - Weak(a, b, "Subtract");

    /// <summary>a - b.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator -(long a, Tensor b) => Weak(b, a, "Subtract") - b;

    /// <summary>a · b.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator *(Tensor a, long b) => a * Weak(a, b, "Multiply");

    /// <summary>a · b.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator *(long a, Tensor b) => Weak(b, a, "Multiply") * b;

    /// <summary>a / b; integers truncate toward zero.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    /// <exception cref="DivideByZeroException">The number is 0 and the tensor not floating.</exception>
    public static Tensor operator /(Tensor a, long b) => a / Divisor(a, b, "Divide");

    /// <summary>a / b; integers truncate toward zero.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator /(long a, Tensor b) => Weak(b, a, "Divide") / b;

    /// <summary>a &lt; b → bool.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator <(Tensor a, long b) => a < Weak(a, b, "Less");

    /// <summary>a &gt; b → bool.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator >(Tensor a, long b) => a > Weak(a, b, "Greater");

    /// <summary>a ≤ b → bool.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator <=(Tensor a, long b) => a <= Weak(a, b, "LessOrEqual");

    /// <summary>a ≥ b → bool.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator >=(Tensor a, long b) => a >= Weak(a, b, "GreaterOrEqual");

    /// <summary>Bitwise and.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator &(Tensor a, long b) => a & Weak(a, b, "And");

    /// <summary>Bitwise or.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator |(Tensor a, long b) => a | Weak(a, b, "Or");

    /// <summary>Bitwise exclusive or.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor operator ^(Tensor a, long b) => a ^ Weak(a, b, "Xor");

    /// <summary>Logical and of a bool tensor; of integers with 0 or 1.</summary>
    public static Tensor operator &(Tensor a, bool b) => a & Weak(a, b);

    /// <summary>Logical or of a bool tensor; of integers with 0 or 1.</summary>
    public static Tensor operator |(Tensor a, bool b) => a | Weak(a, b);

    /// <summary>Logical exclusive or of a bool tensor; of integers with 0 or 1.</summary>
    public static Tensor operator ^(Tensor a, bool b) => a ^ Weak(a, b);

    /// <summary>a = b element by element → bool.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public Tensor EqualTo(long other) => EqualTo(Weak(this, other, "Equal"));

    /// <summary>a = b element by element → bool; a NaN equals nothing.</summary>
    public Tensor EqualTo(double other) => EqualTo(new Tensor(Weak(this, other)));

    /// <summary>a = b element by element → bool.</summary>
    public Tensor EqualTo(bool other) => EqualTo(Weak(this, other));

    /// <summary>a ≠ b element by element → bool.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public Tensor NotEqualTo(long other) => NotEqualTo(Weak(this, other, "NotEqual"));

    /// <summary>a ≠ b element by element → bool.</summary>
    public Tensor NotEqualTo(double other) => NotEqualTo(new Tensor(Weak(this, other)));

    /// <summary>a ≠ b element by element → bool.</summary>
    public Tensor NotEqualTo(bool other) => NotEqualTo(Weak(this, other));

    /// <summary>The larger of an element and a number.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor Maximum(Tensor a, long b) => Maximum(a, Weak(a, b, "Maximum"));

    /// <summary>The smaller of an element and a number.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    public static Tensor Minimum(Tensor a, long b) => Minimum(a, Weak(a, b, "Minimum"));

    /// <summary>⌊a / b⌋, as Python's <c>//</c>.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    /// <exception cref="DivideByZeroException">The number is 0 and the tensor not floating.</exception>
    public static Tensor FloorDivide(Tensor a, long b) => FloorDivide(a, Divisor(a, b, "FloorDivide"));

    /// <summary>a - b ⌊a / b⌋, with the divisor's sign, as Python's <c>%</c>.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    /// <exception cref="DivideByZeroException">The number is 0 and the tensor not floating.</exception>
    public static Tensor Remainder(Tensor a, long b) => Remainder(a, Divisor(a, b, "Remainder"));

    /// <summary>a - b trunc(a / b), with the dividend's sign, as C#'s <c>%</c>.</summary>
    /// <exception cref="DTypeException">The tensor's integers do not hold the number.</exception>
    /// <exception cref="DivideByZeroException">The number is 0 and the tensor not floating.</exception>
    public static Tensor Fmod(Tensor a, long b) => Fmod(a, Divisor(a, b, "Fmod"));

    /// <summary>Elements below <paramref name="min"/> become it, those above <paramref name="max"/> that; where min &gt; max it is max. NaN stays.</summary>
    /// <param name="min">Lower bound, or null for none.</param>
    /// <param name="max">Upper bound, or null for none.</param>
    /// <exception cref="DTypeException">The tensor's integers do not hold a bound.</exception>
    public Tensor Clip(long? min, long? max = null)
    {
        Tensor raised = min is { } low ? Maximum(this, low) : this;
        return max is { } high ? Minimum(raised, high) : raised;
    }

    // With a bool tensor the integer is an int64, as in the Array API's default.
    static Tensor Weak(Tensor like, long value, string operation)
    {
        DType type = like.DType == DType.Bool ? DType.Int64 : like.DType;
        if (type.IsFloating)
        {
            return new Tensor(Node.ScalarOfRank(type, ScalarBits.FromInt64(type, value), like.Rank));
        }

        if (!type.IsInteger)
        {
            return new Tensor(Weak(like, (double)value));
        }

        IntegerInfo limits = IntegerInfo.Of(type);
        return value >= limits.Min && value <= limits.Max
            ? new Tensor(Node.ScalarOfRank(type, ScalarBits.FromInt64(type, value), like.Rank))
            : throw new DTypeException($"{operation}: {value} is no {type.Name}, which runs from {limits.Min} to {limits.Max}. Cast the tensor to a wider dtype first.");
    }

    static Tensor Divisor(Tensor like, long value, string operation) => value == 0 && !like.DType.IsFloating && !like.DType.IsComplex
        ? throw new DivideByZeroException($"{operation}: {like.DType.Name}{like.Shape} is divided by 0. Divide by another number, or cast the tensor to a floating dtype.")
        : Weak(like, value, operation);

    static Tensor Weak(Tensor like, bool value) => new(Node.Scalar(like.DType.RealType, ScalarBits.FromInt64(like.DType.RealType, value ? 1 : 0)));
}
