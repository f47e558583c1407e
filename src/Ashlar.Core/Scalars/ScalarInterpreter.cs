namespace Ashlar.Scalars;

/// <summary>Executes a <see cref="ScalarProgram"/> one element at a time: slow, obvious, the meaning of every other executor.</summary>
public static class ScalarInterpreter
{
    /// <param name="program">The program.</param>
    /// <param name="inputs">Bits of the arguments, zero-extended, in the program's types.</param>
    /// <param name="outputs">Receives the bits of the results.</param>
    /// <param name="values">Room for one word per step.</param>
    /// <exception cref="DivideByZeroException">An integer was divided by zero.</exception>
    public static void Evaluate(ScalarProgram program, ReadOnlySpan<long> inputs, Span<long> outputs, Span<long> values)
    {
        ReadOnlySpan<ScalarInstruction> steps = program.Instructions;
        for (int i = 0; i < steps.Length; i++)
        {
            ScalarInstruction s = steps[i];
            long a = s.A >= 0 && s.Op != ScalarOp.Input ? values[s.A] : 0;
            long b = s.B >= 0 ? values[s.B] : 0;
            long c = s.C >= 0 ? values[s.C] : 0;
            DType operand = s.A >= 0 && s.Op != ScalarOp.Input ? steps[s.A].Type : s.Type;
            values[i] = s.Op switch
            {
                ScalarOp.Input => inputs[s.A],
                ScalarOp.Constant => s.Bits,
                ScalarOp.Select => a != 0 ? b : c,
                ScalarOp.Bitcast => a,
                ScalarOp.Convert => ScalarConversion.Convert(operand, s.Type, a),
                _ => operand switch
                {
                    DType.Float32 => Single(s.Op, F(a), F(b), F(c)),
                    DType.Float64 => Double(s.Op, D(a), D(b), D(c)),
                    DType.Float16 or DType.BFloat16 => throw Impossible(s.Op, operand),
                    DType.UInt64 => Unsigned(s.Op, (ulong)a, (ulong)b, s.Bits),
                    _ => ScalarBits.Cut(operand, Integer(s.Op, ScalarBits.Extend(operand, a), ScalarBits.Extend(operand, b), s.Bits, Width(operand))),
                },
            };
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = values[program.Outputs[i]];
        }
    }

    static long Single(ScalarOp op, float a, float b, float c) => op switch
    {
        ScalarOp.Add => B(a + b),
        ScalarOp.Subtract => B(a - b),
        ScalarOp.Multiply => B(a * b),
        ScalarOp.Divide => B(a / b),
        ScalarOp.Remainder => B(a % b),
        ScalarOp.Fma => B(MathF.FusedMultiplyAdd(a, b, c)),
        ScalarOp.Sqrt => B(MathF.Sqrt(a)),
        ScalarOp.Negate => B(-a),
        ScalarOp.Abs => B(MathF.Abs(a)),
        ScalarOp.Min => B(MathF.Min(a, b)),
        ScalarOp.Max => B(MathF.Max(a, b)),
        ScalarOp.Floor => B(MathF.Floor(a)),
        ScalarOp.Ceiling => B(MathF.Ceiling(a)),
        ScalarOp.Truncate => B(MathF.Truncate(a)),
        ScalarOp.Round => B(MathF.Round(a)),
        ScalarOp.AngleTurns => B(HugeAngle.Turns(a)),
        ScalarOp.AngleHigh => B(HugeAngle.High(a)),
        ScalarOp.AngleLow => B(HugeAngle.Low(a)),
        ScalarOp.Equal => a == b ? 1 : 0,
        ScalarOp.NotEqual => a != b ? 1 : 0,
        ScalarOp.Less => a < b ? 1 : 0,
        ScalarOp.LessOrEqual => a <= b ? 1 : 0,
        _ => throw Impossible(op, DType.Float32),
    };

    static long Double(ScalarOp op, double a, double b, double c) => op switch
    {
        ScalarOp.Add => B(a + b),
        ScalarOp.Subtract => B(a - b),
        ScalarOp.Multiply => B(a * b),
        ScalarOp.Divide => B(a / b),
        ScalarOp.Remainder => B(a % b),
        ScalarOp.Fma => B(Math.FusedMultiplyAdd(a, b, c)),
        ScalarOp.Sqrt => B(Math.Sqrt(a)),
        ScalarOp.Negate => B(-a),
        ScalarOp.Abs => B(Math.Abs(a)),
        ScalarOp.Min => B(Math.Min(a, b)),
        ScalarOp.Max => B(Math.Max(a, b)),
        ScalarOp.Floor => B(Math.Floor(a)),
        ScalarOp.Ceiling => B(Math.Ceiling(a)),
        ScalarOp.Truncate => B(Math.Truncate(a)),
        ScalarOp.Round => B(Math.Round(a)),
        ScalarOp.AngleTurns => B(HugeAngle.Turns(a)),
        ScalarOp.AngleHigh => B(HugeAngle.High(a)),
        ScalarOp.AngleLow => B(HugeAngle.Low(a)),
        ScalarOp.Equal => a == b ? 1 : 0,
        ScalarOp.NotEqual => a != b ? 1 : 0,
        ScalarOp.Less => a < b ? 1 : 0,
        ScalarOp.LessOrEqual => a <= b ? 1 : 0,
        _ => throw Impossible(op, DType.Float64),
    };

    // Where the sign bit of the word would tell.
    static long Unsigned(ScalarOp op, ulong a, ulong b, long count) => op switch
    {
        ScalarOp.Divide => (long)(a / b),
        ScalarOp.Abs => (long)a,
        ScalarOp.Min => (long)Math.Min(a, b),
        ScalarOp.Max => (long)Math.Max(a, b),
        ScalarOp.Less => a < b ? 1 : 0,
        ScalarOp.LessOrEqual => a <= b ? 1 : 0,
        ScalarOp.ShiftRightArithmetic => (long)(a >> (int)count),
        _ => Integer(op, (long)a, (long)b, count, 64),
    };

    // a and b are extended with their sign, if their type has one; the caller cuts the result to the type.
    static long Integer(ScalarOp op, long a, long b, long count, int width) => op switch
    {
        ScalarOp.Add => a + b,
        ScalarOp.Subtract => a - b,
        ScalarOp.Multiply => a * b,
        ScalarOp.Divide => b == -1 ? -a : a / b,
        ScalarOp.Negate => -a,
        ScalarOp.Abs => a < 0 ? -a : a,
        ScalarOp.Min => Math.Min(a, b),
        ScalarOp.Max => Math.Max(a, b),
        ScalarOp.Equal => a == b ? 1 : 0,
        ScalarOp.NotEqual => a != b ? 1 : 0,
        ScalarOp.Less => a < b ? 1 : 0,
        ScalarOp.LessOrEqual => a <= b ? 1 : 0,
        ScalarOp.And => a & b,
        ScalarOp.Or => a | b,
        ScalarOp.Xor => a ^ b,
        ScalarOp.Not => ~a,
        ScalarOp.ShiftLeft => a << (int)count,
        ScalarOp.ShiftRightLogical => (width == 64 ? a : a & ((1L << width) - 1)) >>> (int)count,
        ScalarOp.ShiftRightArithmetic => a >> (int)count,
        _ => throw Impossible(op, DType.Int64),
    };

    static int Width(DType type) => type == DType.Bool ? 1 : 8 * type.ItemSize;

    static float F(long bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    static double D(long bits) => BitConverter.Int64BitsToDouble(bits);

    static long B(float value) => BitConverter.SingleToUInt32Bits(value);

    static long B(double value) => BitConverter.DoubleToInt64Bits(value);

    static InvalidOperationException Impossible(ScalarOp op, DType type) =>
        new($"ScalarInterpreter: {op} is not defined for {type.Name}. The program was built wrong.");
}
