using static Ashlar.Tests.Values.FunctionRow;

namespace Ashlar.Tests.Values;

/// <summary>Functions of two and more elements.</summary>
sealed class PairRows : IFunctionTable
{
    const string Both = "our bound and the error of NumPy or SciPy";

    const string Ours = "our bound, which SpecialAccuracyTests holds over many more points";

    public IEnumerable<FunctionRow> Rows => [.. Arithmetic, .. Truths, .. Bits, .. Numbers];

    static IEnumerable<FunctionRow> Arithmetic
    {
        get
        {
            yield return Binary("operator +", (a, b) => a + b, (-2, 2), (-2, 2));
            yield return Binary("operator -", (a, b) => a - b, (-2, 2), (-2, 2));
            yield return Binary("operator *", (a, b) => a * b, (-2, 2), (-2, 2));
            yield return Binary("operator /", (a, b) => a / b, (-2, 2), (1, 3));
            yield return Binary("Maximum", (a, b) => Tensor.Maximum(a, b), (0, 1), (1.2, 2));
            yield return Binary("Minimum", (a, b) => Tensor.Minimum(a, b), (0, 1), (1.2, 2));
            yield return Binary("FloorDivide", (a, b) => Tensor.FloorDivide(a, b), (22, 23), (8.2, 8.9)) with { Differentiable = false };
            yield return Binary("Remainder", (a, b) => Tensor.Remainder(a, b), (22, 23), (8.2, 8.9));
            yield return Binary("Fmod", (a, b) => Tensor.Fmod(a, b), (-23, -22), (8.2, 8.9));
            yield return Binary("CopySign", (a, b) => Tensor.CopySign(a, b), (0.5, 2), (0.5, 2));
            yield return Binary("NextAfter", (a, b) => Tensor.NextAfter(a, b), (-2, 2), (-2, 2)) with { Differentiable = false };
            yield return Binary("Atan2", (a, b) => Tensor.Atan2(a, b), (0.5, 2), (-2, 2), 2, Both);
            yield return Binary("Hypot", (a, b) => Tensor.Hypot(a, b), (0.5, 3), (-2, -1), 1, Both);
            yield return Binary("Pow", (a, b) => a.Pow(b), (0.5, 2), (-2, 2), 2, Both);
            yield return Binary("LogAddExp", (a, b) => Tensor.LogAddExp(a, b), (-2, 0), (0.2, 2), 4, Both);
            yield return Binary("Xlogy", (a, b) => Tensor.Xlogy(a, b), (-2, 2), (0.5, 3), 2, Both);
            yield return Binary("Xlog1py", (a, b) => Tensor.Xlog1py(a, b), (-2, 2), (-0.5, 3), 3, Both);
            yield return Binary("BetaLn", (a, b) => Tensor.BetaLn(a, b), (0.5, 4), (0.5, 4), 64, "three terms cancel, as its doc comment says");
            yield return Binary("Zeta", (s, q) => Tensor.Zeta(s, q), (1.5, 6), (0.5, 4), 12, Ours) with { Differentiable = false };
            yield return Unary("Zeta of Riemann", x => x.Zeta(), 1.5, 6, 5, Ours) with { Differentiable = false };
            yield return Binary("GammaInc", (a, x) => Tensor.GammaInc(a, x), (0.5, 4), (0.5, 4), 20, Ours);
            yield return Binary("GammaIncC", (a, x) => Tensor.GammaIncC(a, x), (0.5, 4), (0.5, 4), 80, Ours);
            yield return Many("BetaInc", x => [Tensor.BetaInc(x[0], x[1], x[2])], Vector(0.5, 4), Vector(0.5, 4), Vector(0.2, 0.8)) with { Ulp = 80, Reason = Ours };
            yield return Many("Fma", x => [Tensor.Fma(x[0], x[1], x[2])], Vector(-2, 2), Vector(-2, 2), Vector(-2, 2));
            yield return Many("Lerp", x => [Tensor.Lerp(x[0], x[1], x[2])], Vector(-2, 2), Vector(-2, 2), Vector(0, 1));
            yield return Many("Clip by tensors", x => [x[0].Clip(x[1], x[2])], Vector(0, 1), Vector(-2, -1), Vector(2, 3));
            yield return Many("Where", x => [Tensor.Where(x[0], x[1], x[2])], Whole(0, 2, DType.Bool, 3), Vector(-2, 2), Vector(-2, 2));
        }
    }

    static IEnumerable<FunctionRow> Truths
    {
        get
        {
            FunctionRow[] rows =
            [
                Binary("operator <", (a, b) => a < b, (-2, 2), (-2, 2)),
                Binary("operator <=", (a, b) => a <= b, (-2, 2), (-2, 2)),
                Binary("operator >", (a, b) => a > b, (-2, 2), (-2, 2)),
                Binary("operator >=", (a, b) => a >= b, (-2, 2), (-2, 2)),
                Binary("EqualTo", (a, b) => a.EqualTo(b), (-2, 2), (-2, 2)),
                Binary("NotEqualTo", (a, b) => a.NotEqualTo(b), (-2, 2), (-2, 2)),
                Binary("LogicalAnd", (a, b) => Tensor.LogicalAnd(a, b), (-2, 2), (-2, 2)),
                Binary("LogicalOr", (a, b) => Tensor.LogicalOr(a, b), (-2, 2), (-2, 2)),
                Binary("LogicalXor", (a, b) => Tensor.LogicalXor(a, b), (-2, 2), (-2, 2)),
                Many("comparisons with a fraction", x => [x[0] < 0.5, x[0] <= 0.5, x[0] > 0.5, x[0] >= 0.5, x[0].EqualTo(0.5), x[0].NotEqualTo(0.5)], Vector(-2, 2)),
                Many("equality with a number", x => [x[0].EqualTo(1), x[0].NotEqualTo(1)], Vector(-2, 2)),
                Many("comparisons with a number", x => [x[0] < 1, x[0] <= 1, x[0] > 1, x[0] >= 1], Vector(-2, 2)),
            ];
            return rows.Select(row => row with { Differentiable = false });
        }
    }

    static IEnumerable<FunctionRow> Bits
    {
        get
        {
            FunctionRow[] rows =
            [
                Binary("BitwiseAnd", (a, b) => Tensor.BitwiseAnd(a, b), (0, 99), (0, 99)),
                Binary("BitwiseOr", (a, b) => Tensor.BitwiseOr(a, b), (0, 99), (0, 99)),
                Binary("BitwiseXor", (a, b) => Tensor.BitwiseXor(a, b), (0, 99), (0, 99)),
                Binary("operator &", (a, b) => a & b, (0, 99), (0, 99)),
                Binary("operator |", (a, b) => a | b, (0, 99), (0, 99)),
                Binary("operator ^", (a, b) => a ^ b, (0, 99), (0, 99)),
                Binary("BitwiseLeftShift", (a, b) => Tensor.BitwiseLeftShift(a, b), (0, 99), (0, 9)),
                Binary("BitwiseRightShift", (a, b) => Tensor.BitwiseRightShift(a, b), (0, 99), (0, 9)),
                Binary("operator <<", (a, b) => a << b, (0, 99), (0, 9)),
                Binary("operator >>", (a, b) => a >> b, (0, 99), (0, 9)),
                Unary("BitwiseInvert", x => x.BitwiseInvert(), -99, 99),
                Unary("operator ~", x => ~x, -99, 99),
                Many("bits with a number", x => [x[0] & 12, x[0] | 12, x[0] ^ 12], Vector(0, 99)),
                Many("shifts by a number", x => [x[0] << 2, x[0] >> 2], Vector(-99, 99)),
            ];
            FunctionRow truths = Many("bits with a truth value", x => [x[0] & true, x[0] | false, x[0] ^ true, x[0].EqualTo(true), x[0].NotEqualTo(true)], Whole(0, 2, DType.Bool, 3));
            return rows.Append(truths).Select(row => row with { Differentiable = false, Operands = [.. row.Operands.Select(x => x with { Type = x.Type ?? DType.Int32 })] });
        }
    }

    static IEnumerable<FunctionRow> Numbers
    {
        get
        {
            yield return Many("Lerp by a number", x => [Tensor.Lerp(x[0], x[1], 0.5)], Vector(-2, 2), Vector(-2, 2));
            yield return Unary("Clip", x => x.Clip(1, 3), 1.2, 2.8);
            yield return Unary("Maximum with a number", x => Tensor.Maximum(x, 2), 2.2, 4);
            yield return Unary("Minimum with a number", x => Tensor.Minimum(x, 2), -2, 1.8);
            yield return Many("operators with a number", x => [x[0] + 2, x[0] - 2, x[0] * 3, 2 + x[0], 9 - x[0], 3 * x[0]], Vector(-2, 2));
            yield return Many("divisions with a number", x => [Tensor.FloorDivide(x[0], 2), Tensor.Remainder(x[0], 2), Tensor.Fmod(x[0], 2)], Vector(2.2, 3.8));
            yield return Many("quotients with a number", x => [x[0] / 3, 3 / x[0]], Vector(0.5, 2));
            yield return Unary("Pow by a number", x => x.Pow(1.5), 0.5, 2, 2, Both);
            yield return Many("operators with a fraction", x => [x[0] + 2.5, x[0] - 2.5, x[0] * 0.5, 2.5 + x[0], 2.5 - x[0], 0.5 * x[0], x[0] / 2.5, 2.5 / x[0]], Vector(0.5, 2));
            yield return Many("bounds by a fraction", x => [Tensor.Maximum(x[0], 0.75), Tensor.Minimum(x[0], 0.75), x[0].Clip(-0.5, 0.75)], Vector(-0.4, 0.6));
            yield return Many("divisions by a fraction", x => [Tensor.FloorDivide(x[0], 2.5), Tensor.Remainder(x[0], 2.5), Tensor.Fmod(x[0], 2.5)], Vector(2.7, 4.8));
            yield return Unary("To bool", x => x.To(DType.Bool), -2, 2) with { Differentiable = false };
            yield return Unary("To int32", x => x.To(DType.Int32), -2, 2) with { Differentiable = false };
            yield return Unary("To int64", x => x.To(DType.Int64), -2, 2) with { Differentiable = false };
            yield return Unary("To float32", x => x.To(DType.Float32), -2, 2) with { Differentiable = false };
        }
    }
}
