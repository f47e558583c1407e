namespace Ashlar.Cpu.Map;

/// <content>Conversions and bitcasts between dtypes in lanes.</content>
sealed partial class LaneLowering
{
    int Bitcast(int i, Scalars.ScalarInstruction s, DType operand)
    {
        if (s.Type == DType.Bool)
        {
            throw Undefined(i, s.Op, operand);
        }

        if (s.Type.ItemSize > 2)
        {
            return As(_value[s.A], Lane(s.Type));
        }

        int bits = operand switch
        {
            DType.Bool => Append(LaneOp.Negate, DType.Int32, DType.Int32, Mask(s.A)),
            DType.Float16 => Append(LaneOp.PackFloat16, DType.Int32, DType.Float32, _value[s.A]),
            DType.BFloat16 => Append(LaneOp.ShiftRightLogical, DType.Int32, DType.Int32, As(_value[s.A], DType.Int32), bits: 16),
            _ => _value[s.A],
        };
        return s.Type switch
        {
            DType.Float16 => Append(LaneOp.UnpackFloat16, DType.Float32, DType.Int32, bits),
            DType.BFloat16 => As(Append(LaneOp.ShiftLeft, DType.Int32, DType.Int32, bits, bits: 16), DType.Float32),
            _ => Cut(bits, s.Type),
        };
    }

    int Convert(int a, DType from, DType to)
    {
        if (from == DType.Bool)
        {
            return Convert(Append(LaneOp.Negate, DType.Int32, DType.Int32, Mask(a)), Lane(to));
        }

        int value = _value[a];
        return (from.IsFloating, to.IsFloating) switch
        {
            _ when from == to => value,
            (true, true) => Round(value, to),
            (true, false) => Saturate(value, to),
            (false, true) => FromInteger(value, from, to),
            _ => Cut(Widened(value, from, Lane(to)), to),
        };
    }

    // Between lanes.
    int Convert(int value, DType to)
    {
        DType from = _steps[value].Type;
        return (from, to) switch
        {
            _ when from == to => value,
            (DType.Float32, DType.Int64) => Convert(Convert(value, DType.Float64), DType.Int64),
            _ => Append(LaneOp.Convert, to, from, value),
        };
    }

    // A floating lane to a floating dtype.
    int Round(int value, DType to)
    {
        if (!to.IsHalf)
        {
            return Convert(value, to);
        }

        int single = _steps[value].Type == DType.Float64 ? Append(LaneOp.RoundToOdd, DType.Float32, DType.Float64, value) : value;
        return Append(to == DType.Float16 ? LaneOp.RoundToFloat16 : LaneOp.RoundToBFloat16, DType.Float32, DType.Float32, single);
    }

    // A floating lane to an integer dtype.
    int Saturate(int value, DType to)
    {
        bool isDouble = _steps[value].Type == DType.Float64;
        switch (to)
        {
            case DType.Int32 or DType.Int64:
                return Convert(value, to);
            case DType.UInt64:
                return SaturateUnsigned(Convert(value, DType.Float64), DType.Int64, BitConverter.DoubleToInt64Bits(9223372036854775808.0), long.MinValue);
            case DType.UInt32 when !isDouble:
                return SaturateUnsigned(value, DType.Int32, BitConverter.SingleToInt32Bits(2147483648f), int.MinValue);
            default:
                IntegerInfo limits = IntegerInfo.Of(to);
                DType lane = to == DType.UInt32 ? DType.Int64 : DType.Int32;
                int above = Append(LaneOp.Max, lane, lane, Convert(value, lane), Constant(lane, (long)limits.Min));
                return Convert(Append(LaneOp.Min, lane, lane, above, Constant(lane, (long)limits.Max)), DType.Int32);
        }
    }

    // The upper half of the range is converted less its limit, which the sign bit stands for.
    int SaturateUnsigned(int value, DType integer, long limitBits, long signBit)
    {
        DType lane = _steps[value].Type;
        int limit = Constant(lane, limitBits);
        int zero = Constant(lane, 0);
        int positive = Append(LaneOp.Max, lane, lane, value, zero);
        int beyond = Append(LaneOp.LessOrEqual, lane, lane, limit, positive);
        int lower = Append(LaneOp.Subtract, lane, lane, positive, Append(LaneOp.Select, lane, lane, beyond, limit, zero));
        int sign = Append(LaneOp.And, integer, integer, As(beyond, integer), Constant(integer, signBit));
        return Append(LaneOp.Xor, integer, integer, Convert(lower, integer), sign);
    }

    // An integer's lane as an integer lane of the wanted size.
    int Widened(int value, DType from, DType lane)
    {
        int wide = Convert(value, lane);
        return from == DType.UInt32 && lane == DType.Int64 ? Append(LaneOp.And, lane, lane, wide, Constant(lane, uint.MaxValue)) : wide;
    }

    int FromInteger(int value, DType from, DType to) => (from, to) switch
    {
        (_, DType.Float16 or DType.BFloat16) => from.ItemSize < 4
            ? Round(Convert(value, DType.Float32), to)
            : Round(FromInteger(from.ItemSize == 8 ? KeepFew(value, from) : value, from, DType.Float64), to),
        (DType.UInt32, DType.Float64) => Convert(Widened(value, from, DType.Int64), DType.Float64),
        (DType.UInt32, _) => FromHalves(value, DType.Float32, 16, BitConverter.SingleToInt32Bits(65536f)),
        (DType.UInt64, DType.Float64) => FromHalves(value, DType.Float64, 32, BitConverter.DoubleToInt64Bits(4294967296.0)),
        (DType.UInt64, _) => UInt64ToSingle(value),
        _ => Convert(value, to),
    };

    // Upper and lower half are exact; their sum rounds once.
    int FromHalves(int value, DType to, int bits, long scale)
    {
        DType lane = _steps[value].Type;
        int upper = Convert(Append(LaneOp.ShiftRightLogical, lane, lane, value, bits: bits), to);
        int lower = Convert(Append(LaneOp.And, lane, lane, value, Constant(lane, (1L << bits) - 1)), to);
        return Append(LaneOp.Add, to, to, Append(LaneOp.Multiply, to, to, upper, Constant(to, scale)), lower);
    }

    // Beyond 2⁶³ half of the number, with its lost bit kept, rounds to half of the result.
    int UInt64ToSingle(int value)
    {
        const DType Lane = DType.Int64;
        int one = Constant(Lane, 1);
        int beyond = Append(LaneOp.Less, Lane, Lane, value, Constant(Lane, 0));
        int half = Append(LaneOp.Or, Lane, Lane, Append(LaneOp.ShiftRightLogical, Lane, Lane, value, bits: 1), Append(LaneOp.And, Lane, Lane, value, one));
        int single = Convert(Append(LaneOp.Select, Lane, Lane, beyond, half, value), DType.Float32);
        int factor = Convert(Append(LaneOp.Select, Lane, Lane, beyond, Constant(Lane, 2), one), DType.Float32);
        return Append(LaneOp.Multiply, DType.Float32, DType.Float32, single, factor);
    }

    // A 64-bit integer beyond 2⁵³ keeps its 52 upper bits and one bit that says whether others were set: exact as a float64, and rounding that to a half has the result of one rounding.
    int KeepFew(int value, DType from)
    {
        const DType Lane = DType.Int64;
        int zero = Constant(Lane, 0);
        int magnitude = from == DType.UInt64 ? value : Append(LaneOp.Xor, Lane, Lane, value, Append(LaneOp.ShiftRightArithmetic, Lane, Lane, value, bits: 63));
        int isSmall = Append(LaneOp.Equal, Lane, Lane, Append(LaneOp.ShiftRightLogical, Lane, Lane, magnitude, bits: 53), zero);
        int isWhole = Append(LaneOp.Equal, Lane, Lane, Append(LaneOp.And, Lane, Lane, value, Constant(Lane, 0xFFF)), zero);
        int mark = Append(LaneOp.Select, Lane, Lane, isWhole, zero, Constant(Lane, 0x800));
        int few = Append(LaneOp.Or, Lane, Lane, Append(LaneOp.And, Lane, Lane, value, Constant(Lane, ~0xFFFL)), mark);
        return Append(LaneOp.Select, Lane, Lane, isSmall, value, few);
    }
}
