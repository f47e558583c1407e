using System.Numerics;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ashlar.Cpu.Map;

/// <summary>Which <see cref="LaneOperation"/> carries out a step. The methods named here are what the emitter calls: the runtime's own where they say it all,
/// because each own method costs the JIT a further inlining (three times the compile time of a long kernel).</summary>
static class LaneCatalog
{
    const int TypeCount = 6;

    // Filled on demand; two threads that fill one slot write equal objects.
    static readonly LaneOperation?[] Known = new LaneOperation?[((int)LaneOp.UnpackFloat16 + 1) * TypeCount * TypeCount];

    /// <summary>The operation of a step that is not a source.</summary>
    public static LaneOperation Of(LaneInstruction step)
    {
        int slot = (((int)step.Op * TypeCount) + (int)step.Type) * TypeCount + (int)step.From;
        return Known[slot] ??= step.Op switch
        {
            LaneOp.Convert => Conversion(step.From, step.Type),
            LaneOp.Bitcast => Bitcast(step.From, step.Type),
            LaneOp.RoundToFloat16 => new UnaryLaneOperation<float, float, RoundToFloat16Lanes>(RoundToFloat16Lanes.Apply, RoundToFloat16Lanes.Apply),
            LaneOp.RoundToBFloat16 => new UnaryLaneOperation<float, float, RoundToBFloat16Lanes>(RoundToBFloat16Lanes.Apply, RoundToBFloat16Lanes.Apply),
            LaneOp.RoundToOdd => new NarrowLaneOperation<double, float, RoundToOddLanes>(RoundToOddLanes.Apply),
            LaneOp.PackFloat16 => new UnaryLaneOperation<float, int, PackFloat16Lanes>(PackFloat16Lanes.Apply, PackFloat16Lanes.Apply),
            LaneOp.UnpackFloat16 => new UnaryLaneOperation<int, float, UnpackFloat16Lanes>(UnpackFloat16Lanes.Apply, UnpackFloat16Lanes.Apply),
            LaneOp.DivideUnsigned => step.Type == DType.Int32
                ? new BinaryLaneOperation<int, DivideUnsignedLanes>(DivideUnsignedLanes.Apply, DivideUnsignedLanes.Apply)
                : new BinaryLaneOperation<long, DivideUnsignedLanes>(DivideUnsignedLanes.Apply, DivideUnsignedLanes.Apply),
            LaneOp.Lesser => step.Type == DType.Float32 ? LesserLanes.OfSingle() : LesserLanes.OfDouble(),
            LaneOp.Greater => step.Type == DType.Float32 ? GreaterLanes.OfSingle() : GreaterLanes.OfDouble(),
            LaneOp.Fma or LaneOp.Floor or LaneOp.Ceiling or LaneOp.Truncate or LaneOp.Round or LaneOp.AngleTurns or LaneOp.AngleHigh or LaneOp.AngleLow or LaneOp.Remainder =>
                step.Type == DType.Float32 ? Single(step.Op) : Double(step.Op),
            LaneOp.ShiftLeft or LaneOp.ShiftRightLogical or LaneOp.ShiftRightArithmetic =>
                step.Type == DType.Int32 ? Shift32(step.Op) : Shift64(step.Op),
            _ => step.Type switch
            {
                DType.Float32 => Floating<float>(step.Op),
                DType.Float64 => Floating<double>(step.Op),
                DType.Int32 => Integer<int>(step.Op),
                _ => Integer<long>(step.Op),
            },
        };
    }

    /// <summary>The comparison that is true where a comparison of floats is not, on vectors of 64 bytes; null where there is none.</summary>
    public static MethodInfo? Complement(LaneInstruction step, int lanes) => !Avx512F.IsSupported || lanes * step.Type.ItemSize != 64 ? null : (step.Op, step.Type) switch
    {
        (LaneOp.Less, DType.Float32) => ((Func<Vector512<float>, Vector512<float>, Vector512<float>>)Avx512F.CompareNotLessThan).Method,
        (LaneOp.LessOrEqual, DType.Float32) => ((Func<Vector512<float>, Vector512<float>, Vector512<float>>)Avx512F.CompareNotLessThanOrEqual).Method,
        (LaneOp.Equal, DType.Float32) => ((Func<Vector512<float>, Vector512<float>, Vector512<float>>)Avx512F.CompareNotEqual).Method,
        (LaneOp.Less, DType.Float64) => ((Func<Vector512<double>, Vector512<double>, Vector512<double>>)Avx512F.CompareNotLessThan).Method,
        (LaneOp.LessOrEqual, DType.Float64) => ((Func<Vector512<double>, Vector512<double>, Vector512<double>>)Avx512F.CompareNotLessThanOrEqual).Method,
        (LaneOp.Equal, DType.Float64) => ((Func<Vector512<double>, Vector512<double>, Vector512<double>>)Avx512F.CompareNotEqual).Method,
        _ => null,
    };

    static LaneOperation Floating<T>(LaneOp op)
        where T : unmanaged => op switch
        {
            LaneOp.Divide => new BinaryLaneOperation<T, DivideLanes<T>>(Vector128.Divide, Vector256.Divide, Vector512.Divide),
            LaneOp.Abs => new UnaryLaneOperation<T, T, AbsLanes<T>>(Vector128.Abs, Vector256.Abs, Vector512.Abs),
            LaneOp.Sqrt => new UnaryLaneOperation<T, T, SqrtLanes<T>>(Vector128.Sqrt, Vector256.Sqrt, Vector512.Sqrt),
            _ => Common<T>(op),
        };

    static LaneOperation Integer<T>(LaneOp op)
        where T : unmanaged, IBinaryInteger<T> => op switch
        {
            LaneOp.Divide => new BinaryLaneOperation<T, DivideIntegerLanes<T>>(DivideIntegerLanes<T>.Apply, DivideIntegerLanes<T>.Apply),
            LaneOp.Abs => new UnaryLaneOperation<T, T, AbsIntegerLanes<T>>(AbsIntegerLanes<T>.Apply, AbsIntegerLanes<T>.Apply),
            LaneOp.And => new BinaryLaneOperation<T, AndLanes<T>>(Vector128.BitwiseAnd, Vector256.BitwiseAnd, Vector512.BitwiseAnd),
            LaneOp.Or => new BinaryLaneOperation<T, OrLanes<T>>(Vector128.BitwiseOr, Vector256.BitwiseOr, Vector512.BitwiseOr),
            LaneOp.Xor => new BinaryLaneOperation<T, XorLanes<T>>(Vector128.Xor, Vector256.Xor, Vector512.Xor),
            LaneOp.Not => new UnaryLaneOperation<T, T, NotLanes<T>>(Vector128.OnesComplement, Vector256.OnesComplement, Vector512.OnesComplement),
            _ => Common<T>(op),
        };

    static LaneOperation Common<T>(LaneOp op)
        where T : unmanaged => op switch
        {
            LaneOp.Add => new BinaryLaneOperation<T, AddLanes<T>>(Vector128.Add, Vector256.Add, Vector512.Add),
            LaneOp.Subtract => new BinaryLaneOperation<T, SubtractLanes<T>>(Vector128.Subtract, Vector256.Subtract, Vector512.Subtract),
            LaneOp.Multiply => new BinaryLaneOperation<T, MultiplyLanes<T>>(Vector128.Multiply, Vector256.Multiply, Vector512.Multiply),
            LaneOp.Min => new BinaryLaneOperation<T, MinLanes<T>>(Vector128.Min, Vector256.Min, Vector512.Min),
            LaneOp.Max => new BinaryLaneOperation<T, MaxLanes<T>>(Vector128.Max, Vector256.Max, Vector512.Max),
            LaneOp.Negate => new UnaryLaneOperation<T, T, NegateLanes<T>>(Vector128.Negate, Vector256.Negate, Vector512.Negate),
            LaneOp.Equal => new BinaryLaneOperation<T, EqualLanes<T>>(Vector128.Equals, Vector256.Equals, Vector512.Equals),
            LaneOp.Less => new BinaryLaneOperation<T, LessLanes<T>>(Vector128.LessThan, Vector256.LessThan, Vector512.LessThan),
            LaneOp.LessOrEqual => new BinaryLaneOperation<T, LessOrEqualLanes<T>>(Vector128.LessThanOrEqual, Vector256.LessThanOrEqual, Vector512.LessThanOrEqual),
            LaneOp.Select => new TernaryLaneOperation<T, SelectLanes<T>>(Vector128.ConditionalSelect, Vector256.ConditionalSelect, Vector512.ConditionalSelect),
            _ => throw new InvalidOperationException($"LaneCatalog: no operation {op} on lanes of {typeof(T).Name}. The lowering made a wrong step."),
        };

    static LaneOperation Single(LaneOp op) => op switch
    {
        LaneOp.Fma => new TernaryLaneOperation<float, FmaLanes>(Vector128.FusedMultiplyAdd, Vector256.FusedMultiplyAdd, Vector512.FusedMultiplyAdd),
        LaneOp.Floor => new UnaryLaneOperation<float, float, FloorLanes>(Vector128.Floor, Vector256.Floor, Vector512.Floor),
        LaneOp.Ceiling => new UnaryLaneOperation<float, float, CeilingLanes>(Vector128.Ceiling, Vector256.Ceiling, Vector512.Ceiling),
        LaneOp.Truncate => new UnaryLaneOperation<float, float, TruncateLanes>(Vector128.Truncate, Vector256.Truncate, Vector512.Truncate),
        LaneOp.Remainder => new BinaryLaneOperation<float, RemainderLanes<float>>(RemainderLanes<float>.Apply, RemainderLanes<float>.Apply),
        LaneOp.AngleTurns => new UnaryLaneOperation<float, float, HugeAngleLanes<AngleTurns>>(HugeAngleLanes<AngleTurns>.Apply, HugeAngleLanes<AngleTurns>.Apply),
        LaneOp.AngleHigh => new UnaryLaneOperation<float, float, HugeAngleLanes<AngleHigh>>(HugeAngleLanes<AngleHigh>.Apply, HugeAngleLanes<AngleHigh>.Apply),
        LaneOp.AngleLow => new UnaryLaneOperation<float, float, HugeAngleLanes<AngleLow>>(HugeAngleLanes<AngleLow>.Apply, HugeAngleLanes<AngleLow>.Apply),
        _ => new UnaryLaneOperation<float, float, RoundLanes>(Vector128.Round, Vector256.Round, Vector512.Round),
    };

    static LaneOperation Double(LaneOp op) => op switch
    {
        LaneOp.Fma => new TernaryLaneOperation<double, FmaLanes>(Vector128.FusedMultiplyAdd, Vector256.FusedMultiplyAdd, Vector512.FusedMultiplyAdd),
        LaneOp.Floor => new UnaryLaneOperation<double, double, FloorLanes>(Vector128.Floor, Vector256.Floor, Vector512.Floor),
        LaneOp.Ceiling => new UnaryLaneOperation<double, double, CeilingLanes>(Vector128.Ceiling, Vector256.Ceiling, Vector512.Ceiling),
        LaneOp.Truncate => new UnaryLaneOperation<double, double, TruncateLanes>(Vector128.Truncate, Vector256.Truncate, Vector512.Truncate),
        LaneOp.Remainder => new BinaryLaneOperation<double, RemainderLanes<double>>(RemainderLanes<double>.Apply, RemainderLanes<double>.Apply),
        LaneOp.AngleTurns => new UnaryLaneOperation<double, double, HugeAngleLanes<AngleTurns>>(HugeAngleLanes<AngleTurns>.Apply, HugeAngleLanes<AngleTurns>.Apply),
        LaneOp.AngleHigh => new UnaryLaneOperation<double, double, HugeAngleLanes<AngleHigh>>(HugeAngleLanes<AngleHigh>.Apply, HugeAngleLanes<AngleHigh>.Apply),
        LaneOp.AngleLow => new UnaryLaneOperation<double, double, HugeAngleLanes<AngleLow>>(HugeAngleLanes<AngleLow>.Apply, HugeAngleLanes<AngleLow>.Apply),
        _ => new UnaryLaneOperation<double, double, RoundLanes>(Vector128.Round, Vector256.Round, Vector512.Round),
    };

    static LaneOperation Shift32(LaneOp op) => op switch
    {
        LaneOp.ShiftLeft => new ShiftLaneOperation<int, ShiftLeftLanes>(Vector128.ShiftLeft, Vector256.ShiftLeft, Vector512.ShiftLeft),
        LaneOp.ShiftRightLogical => new ShiftLaneOperation<int, ShiftRightLogicalLanes>(Vector128.ShiftRightLogical, Vector256.ShiftRightLogical, Vector512.ShiftRightLogical),
        _ => new ShiftLaneOperation<int, ShiftRightArithmeticLanes>(Vector128.ShiftRightArithmetic, Vector256.ShiftRightArithmetic, Vector512.ShiftRightArithmetic),
    };

    static LaneOperation Shift64(LaneOp op) => op switch
    {
        LaneOp.ShiftLeft => new ShiftLaneOperation<long, ShiftLeftLanes>(Vector128.ShiftLeft, Vector256.ShiftLeft, Vector512.ShiftLeft),
        LaneOp.ShiftRightLogical => new ShiftLaneOperation<long, ShiftRightLogicalLanes>(Vector128.ShiftRightLogical, Vector256.ShiftRightLogical, Vector512.ShiftRightLogical),
        _ => new ShiftLaneOperation<long, ShiftRightArithmeticLanes>(Vector128.ShiftRightArithmetic, Vector256.ShiftRightArithmetic, Vector512.ShiftRightArithmetic),
    };

    static LaneOperation Conversion(DType from, DType to) => (from, to) switch
    {
        (DType.Int32, DType.Float32) => new UnaryLaneOperation<int, float, IntegerToFloatLanes>(Vector128.ConvertToSingle, Vector256.ConvertToSingle, Vector512.ConvertToSingle),
        (DType.Float32, DType.Int32) => new UnaryLaneOperation<float, int, FloatToIntegerLanes>(Vector128.ConvertToInt32, Vector256.ConvertToInt32, Vector512.ConvertToInt32),
        (DType.Int64, DType.Float64) => new UnaryLaneOperation<long, double, IntegerToFloatLanes>(Vector128.ConvertToDouble, Vector256.ConvertToDouble, Vector512.ConvertToDouble),
        (DType.Float64, DType.Int64) => new UnaryLaneOperation<double, long, FloatToIntegerLanes>(Vector128.ConvertToInt64, Vector256.ConvertToInt64, Vector512.ConvertToInt64),
        (DType.Int32, DType.Int64) => new WidenLaneOperation<int, long, WidenLanes>(WidenLanes.ToInt64, WidenLanes.ToInt64),
        (DType.Int32, DType.Float64) => new WidenLaneOperation<int, double, WidenLanes>(WidenLanes.ToDouble, WidenLanes.ToDouble),
        (DType.Float32, DType.Float64) => new WidenLaneOperation<float, double, WidenLanes>(WidenLanes.ToDouble, WidenLanes.ToDouble),
        (DType.Int64, DType.Int32) => new NarrowLaneOperation<long, int, NarrowLanes>(NarrowLanes.ToInt32, NarrowLanes.ToInt32),
        (DType.Int64, DType.Float32) => new NarrowLaneOperation<long, float, NarrowLanes>(NarrowLanes.ToSingle),
        (DType.Float64, DType.Int32) => new NarrowLaneOperation<double, int, NarrowLanes>(NarrowLanes.ToInt32, NarrowLanes.ToInt32),
        _ => new NarrowLaneOperation<double, float, NarrowLanes>(NarrowLanes.ToSingle, NarrowLanes.ToSingle),
    };

    static LaneOperation Bitcast(DType from, DType to) => (from, to) switch
    {
        (DType.Int32, _) => BitcastOf<int, float>(),
        (DType.Float32, _) => BitcastOf<float, int>(),
        (DType.Int64, _) => BitcastOf<long, double>(),
        _ => BitcastOf<double, long>(),
    };

    static UnaryLaneOperation<TA, TR, BitcastLanes<TA, TR>> BitcastOf<TA, TR>()
        where TA : unmanaged
        where TR : unmanaged => new(Vector128.As<TA, TR>, Vector256.As<TA, TR>, Vector512.As<TA, TR>);
}
