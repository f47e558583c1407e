namespace Ashlar.Scalars;

/// <summary>The few operations in which every elementwise definition of the law is written.</summary>
/// <remarks>float16 and bfloat16 have <see cref="Input"/>, <see cref="Constant"/>, <see cref="Select"/>, <see cref="Bitcast"/> and <see cref="Convert"/> only: they are computed in float32.
/// Each is exact, correctly rounded or, for huge angles, defined in integers, on every IEEE machine, so a program of them has one result.
/// Numbers are part of kernel keys: append only.</remarks>
public enum ScalarOp : byte
{
    /// <summary>The argument number <c>A</c>.</summary>
    Input = 0,

    /// <summary>The element whose bits are <c>Bits</c>.</summary>
    Constant = 1,

    /// <summary>a + b; integers wrap.</summary>
    Add = 2,

    /// <summary>a - b; integers wrap.</summary>
    Subtract = 3,

    /// <summary>a · b; integers wrap.</summary>
    Multiply = 4,

    /// <summary>a / b. Integers truncate toward zero; a zero divisor throws.</summary>
    Divide = 5,

    /// <summary>a · b + c with one rounding; floats only.</summary>
    Fma = 6,

    /// <summary>√a, correctly rounded; floats only.</summary>
    Sqrt = 7,

    /// <summary>Flips the sign; integers wrap.</summary>
    Negate = 8,

    /// <summary>|a|; integers wrap.</summary>
    Abs = 9,

    /// <summary>The smaller; NaN propagates, min(-0, +0) = -0.</summary>
    Min = 10,

    /// <summary>The larger; NaN propagates, max(-0, +0) = +0.</summary>
    Max = 11,

    /// <summary>⌊a⌋; floats only.</summary>
    Floor = 12,

    /// <summary>⌈a⌉; floats only.</summary>
    Ceiling = 13,

    /// <summary>Toward zero; floats only.</summary>
    Truncate = 14,

    /// <summary>To nearest, ties to even; floats only.</summary>
    Round = 15,

    /// <summary>a = b → bool; false with a NaN.</summary>
    Equal = 16,

    /// <summary>a ≠ b → bool; true with a NaN.</summary>
    NotEqual = 17,

    /// <summary>a &lt; b → bool; false with a NaN.</summary>
    Less = 18,

    /// <summary>a ≤ b → bool; false with a NaN.</summary>
    LessOrEqual = 19,

    /// <summary>Bitwise and; integers and bool.</summary>
    And = 20,

    /// <summary>Bitwise or; integers and bool.</summary>
    Or = 21,

    /// <summary>Bitwise exclusive or; integers and bool.</summary>
    Xor = 22,

    /// <summary>Bitwise complement; for bool the logical one.</summary>
    Not = 23,

    /// <summary>a shifted left by the constant <c>Bits</c>; integers.</summary>
    ShiftLeft = 24,

    /// <summary>a shifted right by the constant <c>Bits</c>, zeros in; integers.</summary>
    ShiftRightLogical = 25,

    /// <summary>a shifted right by the constant <c>Bits</c>, the sign in, which is 0 for an unsigned integer; integers.</summary>
    ShiftRightArithmetic = 26,

    /// <summary>a ? b : c with a bool a.</summary>
    Select = 27,

    /// <summary>The same bits read as the result type, which has the same size and is not bool. A NaN's payload is free.</summary>
    Bitcast = 28,

    /// <summary>The value as the result type. A float is rounded once. Float to integer truncates and saturates at the result type's range, NaN gives 0;
    /// integers wrap; bool gives 0 or 1; to bool is "not zero".</summary>
    Convert = 29,

    /// <summary>The quarter turns, 0 to 3, of a huge angle (<c>HugeAngle</c>), else 0; floats only.</summary>
    AngleTurns = 30,

    /// <summary>The leading bits of what a huge angle leaves after quarter turns, else the angle; floats only.</summary>
    AngleHigh = 31,

    /// <summary>The bits after those of <see cref="AngleHigh"/> for a huge angle, else 0; floats only.</summary>
    AngleLow = 32,

    /// <summary>a - b trunc(a / b), exact, with the sign of a; floats only.</summary>
    Remainder = 33,
}
