namespace Ashlar.Cpu.Map;

/// <summary>The operations of a <see cref="LaneProgram"/>: each is one call on vectors of int32, int64, float32 or float64 lanes.</summary>
enum LaneOp : byte
{
    /// <summary>The run of operand <c>A</c>, whose stored type is <c>From</c>.</summary>
    Load,

    /// <summary>Element 0 of operand <c>A</c> in every lane.</summary>
    LoadScalar,

    /// <summary><c>Bits</c> in every lane.</summary>
    Constant,

    Add,
    Subtract,
    Multiply,
    Divide,
    Min,
    Max,
    Negate,
    Abs,
    Sqrt,
    Floor,
    Ceiling,
    Truncate,
    Round,
    AngleTurns,
    AngleHigh,
    AngleLow,

    /// <summary>Of floats, exact, with the sign of A.</summary>
    Remainder,
    Fma,

    /// <summary>Comparisons give all ones or all zeros, in the operands' own type.</summary>
    Equal,
    Less,
    LessOrEqual,

    And,
    Or,
    Xor,
    Not,
    ShiftLeft,
    ShiftRightLogical,
    ShiftRightArithmetic,

    /// <summary>A ? B : C bit by bit; the mask A has the type of B and C.</summary>
    Select,

    /// <summary>Of floats: A &lt; B ? A : B, so B where one is NaN.</summary>
    Lesser,

    /// <summary>Of floats: A &gt; B ? A : B, so B where one is NaN.</summary>
    Greater,

    /// <summary>The same bits as another lane type of the same size.</summary>
    Bitcast,

    /// <summary>The value as <c>Type</c>; int64 to int32 keeps the low half, int32 to int64 extends the sign, so that both also carry masks.</summary>
    Convert,

    /// <summary>The quotient of integers without sign.</summary>
    DivideUnsigned,

    /// <summary>float32 to the nearest float16, still as float32.</summary>
    RoundToFloat16,

    /// <summary>float32 to the nearest bfloat16, still as float32.</summary>
    RoundToBFloat16,

    /// <summary>float64 to float32; where that is not exact, to the neighbour whose last bit is 1, so that a second rounding to fewer bits has the result of one.</summary>
    RoundToOdd,

    /// <summary>A float32 that is a float16 to its 16 bits in int32.</summary>
    PackFloat16,

    /// <summary>The lower 16 bits of an int32 as a float16, in float32.</summary>
    UnpackFloat16,
}
