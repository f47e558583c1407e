using System.Runtime.Intrinsics;
using Ashlar.Scalars;

namespace Ashlar.Cpu.Map;

/// <summary>Lowers a <see cref="ScalarProgram"/> to a <see cref="LaneProgram"/>.</summary>
/// <remarks>A bool is a mask of 0 or -1 in int32 lanes, in int64 lanes, or in both: a comparison makes the width of its operands and the other one is made when it is asked for.
/// Integers of 8 and 16 bits are int32 lanes in their own range; arithmetic that can leave it is followed by a cut. uint32 and uint64 have the bits of the signed lanes of their size.
/// float16 and bfloat16 are float32 lanes that hold exactly representable values.</remarks>
sealed partial class LaneLowering
{
    readonly ScalarProgram _program;
    readonly bool[] _broadcast;
    readonly List<LaneInstruction> _steps = [];
    readonly Dictionary<LaneInstruction, int> _known = [];
    readonly int[] _value;
    readonly int[] _wideMask;

    LaneLowering(ScalarProgram program, ReadOnlySpan<bool> broadcast)
    {
        _program = program;
        _broadcast = broadcast.ToArray();
        _value = new int[program.Instructions.Length];
        _wideMask = new int[program.Instructions.Length];
        Array.Fill(_value, -1);
        Array.Fill(_wideMask, -1);
    }

    /// <param name="program">The program.</param>
    /// <param name="broadcast">Per input, whether element 0 serves every index.</param>
    /// <exception cref="DTypeException">A step's operation is not defined for its type.</exception>
    public static LaneProgram Lower(ScalarProgram program, ReadOnlySpan<bool> broadcast)
    {
        var lowering = new LaneLowering(program, broadcast);
        bool[] needed = Needed(program);
        for (int i = 0; i < needed.Length; i++)
        {
            if (needed[i])
            {
                lowering.Lower(i);
            }
        }

        var outputs = new (int, DType)[program.Outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            DType type = program.OutputType(i);
            outputs[i] = (type == DType.Bool ? lowering.Mask(program.Outputs[i]) : lowering._value[program.Outputs[i]], type);
        }

        LaneInstruction[] steps = Prune(lowering._steps, outputs);
        int lanes = (Vector512.IsHardwareAccelerated ? 64 : 32) / (Array.Exists(steps, step => step.Type.ItemSize == 8) ? 8 : 4);
        return new LaneProgram(lanes, steps, outputs, [.. Enumerable.Range(0, program.Inputs.Length).Where(lowering.IsUnread)]);
    }

    // Not even by a step that another has taken the place of.
    bool IsUnread(int input) => !_broadcast[input] && _program.Inputs[input].ItemSize == sizeof(float) && !_steps.Exists(step => step.Op == LaneOp.Load && step.A == input);

    // Without the steps that others have taken the place of.
    static LaneInstruction[] Prune(List<LaneInstruction> steps, (int Step, DType Stored)[] outputs)
    {
        var needed = new bool[steps.Count];
        Array.ForEach(outputs, output => needed[output.Step] = true);
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            LaneInstruction step = steps[i];
            needed[i] |= step.MayThrow;
            if (needed[i] && !step.IsSource)
            {
                foreach (int operand in (ReadOnlySpan<int>)[step.A, step.B, step.C])
                {
                    if (operand >= 0) { needed[operand] = true; }
                }
            }
        }

        var place = new int[steps.Count];
        var kept = new List<LaneInstruction>(steps.Count);
        for (int i = 0; i < place.Length; i++)
        {
            place[i] = kept.Count;
            if (needed[i])
            {
                LaneInstruction step = steps[i];
                kept.Add(step.IsSource ? step : step with { A = Moved(step.A), B = Moved(step.B), C = Moved(step.C) });
            }
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i].Step = place[outputs[i].Step];
        }

        return [.. kept];

        int Moved(int operand) => operand < 0 ? operand : place[operand];
    }

    static bool[] Needed(ScalarProgram program)
    {
        ReadOnlySpan<ScalarInstruction> steps = program.Instructions;
        var needed = new bool[steps.Length];
        foreach (int output in program.Outputs)
        {
            needed[output] = true;
        }

        for (int i = steps.Length - 1; i >= 0; i--)
        {
            ScalarInstruction s = steps[i];
            needed[i] |= s.Op == ScalarOp.Divide && !s.Type.IsFloating;
            if (needed[i] && s.Op != ScalarOp.Input)
            {
                foreach (int operand in (ReadOnlySpan<int>)[s.A, s.B, s.C])
                {
                    if (operand >= 0) { needed[operand] = true; }
                }
            }
        }

        return needed;
    }

    void Lower(int i)
    {
        ScalarInstruction s = _program.Instructions[i];
        DType operand = s.Op is ScalarOp.Input or ScalarOp.Constant ? s.Type : TypeOf(s.A);
        switch (s.Op)
        {
            case ScalarOp.Input:
                _value[i] = Append(_broadcast[s.A] ? LaneOp.LoadScalar : LaneOp.Load, Lane(s.Type), s.Type, s.A);
                break;
            case ScalarOp.Constant:
                _value[i] = Constant(Lane(s.Type), LaneBits(s.Type, s.Bits));
                break;
            case ScalarOp.Select:
                _value[i] = Select(s);
                break;
            case ScalarOp.Bitcast:
                _value[i] = Bitcast(i, s, operand);
                break;
            case ScalarOp.Convert when s.Type == DType.Bool:
                SetMask(i, operand == DType.Bool ? Mask(s.A) : NotZero(s.A), operand);
                break;
            case ScalarOp.Convert:
                _value[i] = Convert(s.A, operand, s.Type);
                break;
            case ScalarOp.Equal or ScalarOp.NotEqual or ScalarOp.Less or ScalarOp.LessOrEqual when operand != DType.Bool:
                SetMask(i, Compare(s, Lane(operand)), operand);
                break;
            default:
                if (operand == DType.Bool)
                {
                    LowerBool(i, s);
                }
                else
                {
                    _value[i] = Arithmetic(i, s, operand);
                }

                break;
        }
    }

    int Select(ScalarInstruction s)
    {
        DType lane = Lane(s.Type);
        int mask = lane.ItemSize == 8 ? WideMask(s.A) : Mask(s.A);
        int a = s.Type == DType.Bool ? Mask(s.B) : _value[s.B];
        int b = s.Type == DType.Bool ? Mask(s.C) : _value[s.C];
        return Clamp(s, lane, a, b) ?? Append(LaneOp.Select, lane, lane, As(mask, lane), a, b);
    }

    // x < y ? x : y and x < y ? y : x are the machine's own minimum and maximum.
    int? Clamp(ScalarInstruction s, DType lane, int a, int b)
    {
        ScalarInstruction condition = _program.Instructions[s.A];
        if (condition.Op != ScalarOp.Less || !lane.IsFloating || TypeOf(condition.A) != s.Type)
        {
            return null;
        }

        (int x, int y) = (_value[condition.A], _value[condition.B]);
        return (a, b) == (x, y) ? Append(LaneOp.Lesser, lane, lane, a, b)
            : (a, b) == (y, x) ? Append(LaneOp.Greater, lane, lane, a, b)
            : null;
    }

    int NotZero(int a)
    {
        DType lane = _steps[_value[a]].Type;
        int equal = Append(LaneOp.Equal, lane, lane, _value[a], Constant(lane, 0));
        return Not(As(equal, IntegerOf(lane)));
    }

    int Compare(ScalarInstruction s, DType lane)
    {
        LaneOp op = s.Op switch { ScalarOp.Less => LaneOp.Less, ScalarOp.LessOrEqual => LaneOp.LessOrEqual, _ => LaneOp.Equal };
        (int a, int b) = (_value[s.A], _value[s.B]);
        if (TypeOf(s.A) is DType.UInt32 or DType.UInt64 && op != LaneOp.Equal)
        {
            (a, b) = (FlipSign(a), FlipSign(b));
        }

        int mask = As(Append(op, lane, lane, a, b), IntegerOf(lane));
        return s.Op == ScalarOp.NotEqual ? Not(mask) : mask;
    }

    int Arithmetic(int i, ScalarInstruction s, DType operand)
    {
        DType lane = Lane(operand);
        int a = _value[s.A];
        int b = s.B >= 0 ? _value[s.B] : -1;
        if (s.Op is ScalarOp.ShiftLeft or ScalarOp.ShiftRightLogical or ScalarOp.ShiftRightArithmetic && operand.IsInteger)
        {
            return Shift(s, operand, a);
        }

        if (operand is DType.UInt32 or DType.UInt64 && s.Op is ScalarOp.Min or ScalarOp.Max or ScalarOp.Divide or ScalarOp.Abs)
        {
            return Unsigned(s.Op, lane, a, b);
        }

        LaneOp op = (s.Op, operand.IsFloating) switch
        {
            _ when operand.IsHalf => throw Undefined(i, s.Op, operand),
            (ScalarOp.Add, _) => LaneOp.Add,
            (ScalarOp.Subtract, _) => LaneOp.Subtract,
            (ScalarOp.Multiply, _) => LaneOp.Multiply,
            (ScalarOp.Divide, _) => LaneOp.Divide,
            (ScalarOp.Min, _) => LaneOp.Min,
            (ScalarOp.Max, _) => LaneOp.Max,
            (ScalarOp.Negate, _) => LaneOp.Negate,
            (ScalarOp.Abs, _) => LaneOp.Abs,
            (ScalarOp.Fma, true) => LaneOp.Fma,
            (ScalarOp.Sqrt, true) => LaneOp.Sqrt,
            (ScalarOp.Floor, true) => LaneOp.Floor,
            (ScalarOp.Ceiling, true) => LaneOp.Ceiling,
            (ScalarOp.Truncate, true) => LaneOp.Truncate,
            (ScalarOp.Round, true) => LaneOp.Round,
            (ScalarOp.Remainder, true) => LaneOp.Remainder,
            (ScalarOp.AngleTurns, true) => LaneOp.AngleTurns,
            (ScalarOp.AngleHigh, true) => LaneOp.AngleHigh,
            (ScalarOp.AngleLow, true) => LaneOp.AngleLow,
            (ScalarOp.And, false) => LaneOp.And,
            (ScalarOp.Or, false) => LaneOp.Or,
            (ScalarOp.Xor, false) => LaneOp.Xor,
            (ScalarOp.Not, false) => LaneOp.Not,
            _ => throw Undefined(i, s.Op, operand),
        };
        int value = Append(op, lane, lane, a, b, s.C >= 0 ? _value[s.C] : -1);
        bool leavesRange = op is LaneOp.Add or LaneOp.Subtract or LaneOp.Multiply or LaneOp.Divide or LaneOp.Negate or LaneOp.Abs or LaneOp.Not;
        return leavesRange ? Cut(value, operand) : value;
    }

    // The interpreter shifts 64-bit words by count mod 64 and then cuts, so a count beyond the type's width empties it.
    int Shift(ScalarInstruction s, DType operand, int a)
    {
        DType lane = Lane(operand);
        int width = operand.ItemSize * 8;
        int count = (int)s.Bits & 63;
        if (s.Op == ScalarOp.ShiftRightArithmetic && operand.IsSigned)
        {
            return Append(LaneOp.ShiftRightArithmetic, lane, lane, a, bits: Math.Min(count, width - 1));
        }

        if (count >= width)
        {
            return Constant(lane, 0);
        }

        if (s.Op == ScalarOp.ShiftLeft)
        {
            return Cut(Append(LaneOp.ShiftLeft, lane, lane, a, bits: count), operand);
        }

        bool extended = operand.IsSigned && operand.ItemSize < 4 && count > 0;
        int bits = extended ? Append(LaneOp.And, lane, lane, a, Constant(lane, (1 << width) - 1)) : a;
        return Append(LaneOp.ShiftRightLogical, lane, lane, bits, bits: count);
    }

    int Unsigned(ScalarOp op, DType lane, int a, int b) => op switch
    {
        ScalarOp.Abs => a,
        ScalarOp.Divide => Append(LaneOp.DivideUnsigned, lane, lane, a, b),
        _ => FlipSign(Append(op == ScalarOp.Min ? LaneOp.Min : LaneOp.Max, lane, lane, FlipSign(a), FlipSign(b))),
    };

    // Orders unsigned numbers as signed ones are ordered.
    int FlipSign(int value)
    {
        DType lane = _steps[value].Type;
        return Append(LaneOp.Xor, lane, lane, value, Constant(lane, lane == DType.Int64 ? long.MinValue : int.MinValue));
    }

    // Arithmetic modulo 2: sums are exclusive or, products are and, a bool is its own negative.
    void LowerBool(int i, ScalarInstruction s)
    {
        bool wide = _wideMask[s.A] >= 0 && (s.B < 0 || _wideMask[s.B] >= 0);
        int a = wide ? _wideMask[s.A] : Mask(s.A);
        int b = s.B < 0 ? -1 : wide ? _wideMask[s.B] : Mask(s.B);
        DType lane = wide ? DType.Int64 : DType.Int32;
        int mask = s.Op switch
        {
            ScalarOp.And or ScalarOp.Multiply or ScalarOp.Min => Append(LaneOp.And, lane, lane, a, b),
            ScalarOp.Or or ScalarOp.Max => Append(LaneOp.Or, lane, lane, a, b),
            ScalarOp.Xor or ScalarOp.NotEqual or ScalarOp.Add or ScalarOp.Subtract => Append(LaneOp.Xor, lane, lane, a, b),
            ScalarOp.Equal => Not(Append(LaneOp.Xor, lane, lane, a, b)),
            ScalarOp.Less => Append(LaneOp.And, lane, lane, Not(a), b),
            ScalarOp.LessOrEqual => Append(LaneOp.Or, lane, lane, Not(a), b),
            ScalarOp.Not => Not(a),
            ScalarOp.Negate or ScalarOp.Abs => a,
            _ => throw Undefined(i, s.Op, DType.Bool),
        };
        SetMask(i, mask, lane);
    }

    void SetMask(int i, int mask, DType width)
    {
        if (width.ItemSize == 8)
        {
            _wideMask[i] = mask;
        }
        else
        {
            _value[i] = mask;
        }
    }

    int Mask(int i) => _value[i] >= 0 ? _value[i] : _value[i] = Append(LaneOp.Convert, DType.Int32, DType.Int64, _wideMask[i]);

    int WideMask(int i)
    {
        if (_wideMask[i] < 0)
        {
            LaneInstruction narrow = _steps[_value[i]];
            _wideMask[i] = narrow.Op == LaneOp.Constant ? Constant(DType.Int64, narrow.Bits) : Convert(_value[i], DType.Int64);
        }

        return _wideMask[i];
    }

    int Not(int mask) => Append(LaneOp.Not, _steps[mask].Type, _steps[mask].Type, mask);

    // Back into the range of an integer of 8 or 16 bits.
    int Cut(int value, DType type)
    {
        if (!type.IsInteger || type.ItemSize > 2)
        {
            return value;
        }

        int above = 32 - (8 * type.ItemSize);
        return type.IsSigned
            ? Append(LaneOp.ShiftRightArithmetic, DType.Int32, DType.Int32, Append(LaneOp.ShiftLeft, DType.Int32, DType.Int32, value, bits: above), bits: above)
            : Append(LaneOp.And, DType.Int32, DType.Int32, value, Constant(DType.Int32, (1 << (8 * type.ItemSize)) - 1));
    }

    int As(int value, DType lane)
    {
        LaneInstruction step = _steps[value];
        return step.Type == lane ? value
            : step.Op == LaneOp.Bitcast && step.From == lane ? step.A
            : Append(LaneOp.Bitcast, lane, step.Type, value);
    }

    int Constant(DType lane, long bits) => Append(LaneOp.Constant, lane, lane, bits: lane.ItemSize == 4 ? (int)bits : bits);

    int Append(LaneOp op, DType type, DType from, int a = -1, int b = -1, int c = -1, long bits = 0)
    {
        var step = new LaneInstruction(op, type, from, a, b, c, bits);
        if (!_known.TryGetValue(step, out int number))
        {
            number = _steps.Count;
            _steps.Add(step);
            _known.Add(step, number);
        }

        return number;
    }

    DType TypeOf(int step) => _program.Instructions[step].Type;

    static DType Lane(DType type) => type switch
    {
        DType.Float32 or DType.Float16 or DType.BFloat16 => DType.Float32,
        DType.Float64 => DType.Float64,
        DType.Int64 or DType.UInt64 => DType.Int64,
        _ => DType.Int32,
    };

    // A constant as its lane holds it.
    static long LaneBits(DType type, long bits) => type switch
    {
        DType.Bool => -bits,
        DType.Float16 or DType.BFloat16 => BitConverter.SingleToInt32Bits(HalfBits.ToSingle(type, (ushort)bits)),
        _ => ScalarBits.Extend(type, bits),
    };

    static DType IntegerOf(DType lane) => lane.ItemSize == 8 ? DType.Int64 : DType.Int32;

    static DTypeException Undefined(int step, ScalarOp op, DType type) =>
        new($"MapKernel: step %{step} of the program: {op} is not defined for {type.Name}. Convert the operand to a type that has it.");
}
