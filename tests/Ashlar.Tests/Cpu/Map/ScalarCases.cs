using Ashlar.Scalars;

namespace Ashlar.Tests.Cpu.Map;

/// <summary>One program of one step for every operation and every type that it is defined for.</summary>
static class ScalarCases
{
    static readonly ScalarOp[] Unary = [ScalarOp.Negate, ScalarOp.Abs, ScalarOp.Sqrt, ScalarOp.Floor, ScalarOp.Ceiling, ScalarOp.Truncate, ScalarOp.Round, ScalarOp.AngleTurns, ScalarOp.AngleHigh, ScalarOp.AngleLow, ScalarOp.Not];

    static readonly ScalarOp[] Binary =
    [
        ScalarOp.Add, ScalarOp.Subtract, ScalarOp.Multiply, ScalarOp.Divide, ScalarOp.Min, ScalarOp.Max, ScalarOp.And, ScalarOp.Or, ScalarOp.Xor,
        ScalarOp.Equal, ScalarOp.NotEqual, ScalarOp.Less, ScalarOp.LessOrEqual, ScalarOp.Remainder,
    ];

    static readonly ScalarOp[] Shifts = [ScalarOp.ShiftLeft, ScalarOp.ShiftRightLogical, ScalarOp.ShiftRightArithmetic];

    static readonly ScalarOp[] FloatsOnly = [ScalarOp.Sqrt, ScalarOp.Floor, ScalarOp.Ceiling, ScalarOp.Truncate, ScalarOp.Round, ScalarOp.Fma, ScalarOp.AngleTurns, ScalarOp.AngleHigh, ScalarOp.AngleLow, ScalarOp.Remainder];

    static readonly ScalarOp[] BitsOnly = [ScalarOp.And, ScalarOp.Or, ScalarOp.Xor, ScalarOp.Not];

    public static IEnumerable<(string Name, ScalarProgram Program)> All()
    {
        foreach (DType type in DTypeFacts.All)
        {
            foreach (ScalarOp op in Unary.Where(o => IsDefined(o, type))) { yield return Make(op, type, 1); }
            foreach (ScalarOp op in Binary.Where(o => IsDefined(o, type))) { yield return Make(op, type, 2); }
            if (type.IsFloating && !type.IsHalf) { yield return Make(ScalarOp.Fma, type, 3); }
            foreach (ScalarOp op in Shifts.Where(_ => type.IsInteger))
            {
                foreach (int count in (int[])[0, 1, 5, 7, 8, 9, 31, 32, 33, 63])
                {
                    var builder = new ScalarBuilder();
                    Scalar a = builder.Input(type);
                    yield return ($"{op}.{type.Name}.{count}", builder.Build(Shift(op, a, count)));
                }
            }

            yield return Selection(type);
            foreach (DType to in DTypeFacts.All.Where(t => t != type))
            {
                var builder = new ScalarBuilder();
                yield return ($"Convert.{type.Name}.{to.Name}", builder.Build(builder.Input(type).Convert(to)));
            }
        }

        foreach (DType from in DTypeFacts.All)
        {
            foreach (DType to in DTypeFacts.All.Where(to => to != from && to != DType.Bool && to.ItemSize == from.ItemSize))
            {
                var builder = new ScalarBuilder();
                Scalar input = builder.Input(from);

                // A NaN's payload is free, so its bits may not reach a number.
                Scalar known = from.IsHalf ? Scalar.Select(input.Convert(DType.Float32).EqualTo(input.Convert(DType.Float32)), input, input.Like(0))
                    : from.IsFloating ? Scalar.Select(input.EqualTo(input), input, input.Like(0)) : input;
                yield return ($"Bitcast.{from.Name}.{to.Name}", builder.Build(known.Bitcast(to)));
            }
        }
    }

    public static bool IsDefined(ScalarOp op, DType type) =>
        !type.IsHalf && (type == DType.Bool ? op is not (ScalarOp.Divide or ScalarOp.Sqrt or ScalarOp.Floor or ScalarOp.Ceiling or ScalarOp.Truncate or ScalarOp.Round or ScalarOp.Fma
            or ScalarOp.AngleTurns or ScalarOp.AngleHigh or ScalarOp.AngleLow or ScalarOp.Remainder)
        : type.IsFloating ? !BitsOnly.Contains(op)
        : !FloatsOnly.Contains(op));

    static (string, ScalarProgram) Make(ScalarOp op, DType type, int operands)
    {
        var steps = new List<ScalarInstruction>();
        for (int i = 0; i < operands; i++)
        {
            steps.Add(new ScalarInstruction(ScalarOp.Input, type, i, -1, -1, 0));
        }

        bool compares = op is ScalarOp.Equal or ScalarOp.NotEqual or ScalarOp.Less or ScalarOp.LessOrEqual;
        steps.Add(new ScalarInstruction(op, compares ? DType.Bool : type, 0, operands > 1 ? 1 : -1, operands > 2 ? 2 : -1, 0));
        var inputs = new DType[operands];
        Array.Fill(inputs, type);
        return ($"{op}.{type.Name}", new ScalarProgram(inputs, steps.ToArray(), [operands]));
    }

    static (string, ScalarProgram) Selection(DType type)
    {
        var builder = new ScalarBuilder();
        Scalar condition = builder.Input(DType.Bool);
        return ($"Select.{type.Name}", builder.Build(Scalar.Select(condition, builder.Input(type), builder.Input(type))));
    }

    static Scalar Shift(ScalarOp op, Scalar a, int count) => op switch
    {
        ScalarOp.ShiftLeft => a << count,
        ScalarOp.ShiftRightLogical => a >>> count,
        _ => a >> count,
    };
}
