using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Arithmetic, functions, comparisons and logic, element by element.</summary>
static class ElementwiseOperators
{
    public static Operator[] All { get; } =
    [
        new("Abs", 1, c => c[0].Abs()),
        new("Neg", 1, c => -c[0]),
        new("Ceil", 1, c => c[0].Ceil()),
        new("Floor", 1, c => c[0].Floor()),
        new("Round", 11, c => c[0].Round()),
        new("Sign", 9, c => c[0].Sign()),
        new("Sqrt", 1, c => c[0].Sqrt()),
        new("Exp", 1, c => c[0].Exp()),
        new("Log", 1, c => c[0].Log()),
        new("Reciprocal", 1, c => c[0].Reciprocal()),
        new("Sin", 7, c => c[0].Sin()),
        new("Cos", 7, c => c[0].Cos()),
        new("Tan", 7, c => c[0].Tan()),
        new("Asin", 7, c => c[0].Asin()),
        new("Acos", 7, c => c[0].Acos()),
        new("Atan", 7, c => c[0].Atan()),
        new("Sinh", 9, c => c[0].Sinh()),
        new("Cosh", 9, c => c[0].Cosh()),
        new("Tanh", 1, c => c[0].Tanh()),
        new("Asinh", 9, c => c[0].Asinh()),
        new("Acosh", 9, c => c[0].Acosh()),
        new("Atanh", 9, c => c[0].Atanh()),
        new("Erf", 9, c => c[0].Erf()),
        new("Add", 1, c => Aligned(c, (a, b) => a + b)),
        new("Sub", 1, c => Aligned(c, (a, b) => a - b)),
        new("Mul", 1, c => Aligned(c, (a, b) => a * b)),
        new("Div", 1, c => Aligned(c, (a, b) => a / b)),
        new("Pow", 1, c => Aligned(c, (a, b) => a.DType.IsFloating && c.Known(1) is 2 or 3 ? ActivationOperators.Wide(a, x => Repeated(x, c.Known(1) == 3)) : Power(a, b))),
        new("Mod", 10, c => c.Flag("fmod") || c[0].DType.IsFloating ? Tensor.Fmod(c[0], c[1]) : Tensor.Remainder(c[0], c[1])),
        new("Max", 1, c => c.All().Aggregate(Tensor.Maximum)),
        new("Min", 1, c => c.All().Aggregate(Tensor.Minimum)),
        new("Sum", 1, c => c.All().Aggregate((a, b) => a + b)),
        new("Mean", 1, c => c.All().Aggregate((a, b) => a + b) / (double)c.Inputs),
        new("Clip", 1, Clip),
        new("Equal", 1, c => c.Value(0) is OnnxStrings ? EqualTexts(c) : Aligned(c, (a, b) => a.EqualTo(b))),
        new("Greater", 1, c => Aligned(c, (a, b) => a > b)),
        new("GreaterOrEqual", 12, c => c[0] >= c[1]),
        new("Less", 1, c => Aligned(c, (a, b) => a < b)),
        new("LessOrEqual", 12, c => c[0] <= c[1]),
        new("And", 1, c => Aligned(c, (a, b) => a & b)),
        new("Or", 1, c => Aligned(c, (a, b) => a | b)),
        new("Xor", 1, c => Aligned(c, (a, b) => a ^ b)),
        new("Not", 1, c => ~c[0]),
        new("BitwiseAnd", 18, c => c[0] & c[1]),
        new("BitwiseOr", 18, c => c[0] | c[1]),
        new("BitwiseXor", 18, c => c[0] ^ c[1]),
        new("BitwiseNot", 18, c => ~c[0]),
        new("BitShift", 11, c => c.Text("direction", "") == "LEFT" ? c[0] << c[1] : c[0] >> c[1]),
        new("IsNaN", 9, c => c[0].IsNaN()),
        new("IsInf", 10, IsInf),
        new("Where", 9, c => c.Value(1) is OnnxStrings ? WhereTexts(c) : c.Like(Tensor.Where(c[0], c[1], c[2]), 1)),
    ];

    /// <summary>Pow as the primitive of that name computes it, also for squares.</summary>
    public static Operator OwnPower { get; } = new("Pow", 13, c => Power(c[0], c[1]));

    // Before version 7 the second operand was stretched only on request, and laid along the axes from a given one on.
    static Tensor Aligned(OperatorCall c, Func<Tensor, Tensor, Tensor> operation)
    {
        (Tensor a, Tensor b) = (c[0], c[1]);
        if (c.Opset < 7 && c.Flag("broadcast") && c.Attributes.Has("axis"))
        {
            int axis = OperatorCall.Axis(c.Int("axis", 0), a.Rank);
            b = b.Reshape([.. b.Shape, .. Enumerable.Repeat(1, Math.Max(0, a.Rank - axis - b.Rank))]);
        }

        return operation(a, b);
    }

    // A square is rounded once, where a power is within 0.9 units of the last place and costs as much as twenty products.
    static Tensor Repeated(Tensor x, bool isCube) => isCube ? x * x * x : x * x;

    // The result has the type of the base, whatever the exponent's.
    static Tensor Power(Tensor a, Tensor b)
    {
        if (a.DType.IsInteger && b.DType.IsInteger)
        {
            return WholePower(a.To(DType.Int64), b.To(DType.Int64)).To(a.DType);
        }

        if (a.DType.IsFloating && !b.DType.IsHalf)
        {
            return (a.DType.IsHalf || b.DType == DType.Float64) && a.DType != DType.Float64 ? a.To(DType.Float32).Pow(b.To(DType.Float32)).To(a.DType) : a.Pow(b.To(a.DType));
        }

        return a.DType == b.DType && a.DType.IsFloating ? a.Pow(b)
            : a.To(DType.Float64).Pow(b.To(DType.Float64)).To(a.DType);
    }

    // By squaring, so that no digit is lost. Exponents above 63 leave the range of all bases but 0 and ±1; negative ones leave 0 of all but ±1, which follow the lowest bit.
    static Tensor WholePower(Tensor a, Tensor b)
    {
        Tensor y = Tensor.OnesLike(a);
        Tensor square = a;
        for (int bit = 0; bit < 6; bit++)
        {
            y = Tensor.Where(((b >> bit) & 1L).EqualTo(1L), y * square, y);
            square *= square;
        }

        Tensor fades = (a.EqualTo(0L) & b.NotEqualTo(0L)) | ((b < 0L) & a.Abs().NotEqualTo(1L));
        return Tensor.Where(fades, Tensor.ZerosLike(y), y);
    }

    static Results Clip(OperatorCall c)
    {
        Tensor x = c[0];
        if (c.Opset < 11)
        {
            return x.Clip(c.Attributes.Has("min") ? c.Float("min", 0) : null, c.Attributes.Has("max") ? c.Float("max", 0) : null);
        }

        x = c.Maybe(1) is { } min ? Tensor.Maximum(x, min) : x;
        return c.Maybe(2) is { } max ? Tensor.Minimum(x, max) : x;
    }

    static Results IsInf(OperatorCall c)
    {
        Tensor x = c[0].DType.IsHalf ? c[0].To(DType.Float32) : c[0];
        Tensor none = Tensor.ZerosLike(x, DType.Bool);
        return (c.Flag("detect_positive", true) ? x.EqualTo(double.PositiveInfinity) : none) | (c.Flag("detect_negative", true) ? x.EqualTo(double.NegativeInfinity) : none);
    }

    static Results EqualTexts(OperatorCall c)
    {
        (OnnxStrings a, OnnxStrings b) = Broadcast(c.Strings(0), c.Strings(1));
        return Tensor.From<bool>(a.Items.Zip(b.Items, string.Equals).ToArray(), a.Shape.Extents);
    }

    static Results WhereTexts(OperatorCall c)
    {
        (OnnxStrings a, OnnxStrings b) = Broadcast(c.Strings(1), c.Strings(2));
        Shape shape = Shape.Broadcast(a.Shape, c[0].Shape, "Where");
        bool[] condition = c[0].BroadcastTo(shape).ToArray<bool>();
        (OnnxStrings yes, OnnxStrings no) = (Stretch(a, shape), Stretch(b, shape));
        return new OnnxStrings(shape, [.. condition.Select((flag, i) => flag ? yes.Items[i] : no.Items[i])]);
    }

    /// <summary>Two texts in their common shape.</summary>
    internal static (OnnxStrings First, OnnxStrings Second) Broadcast(OnnxStrings a, OnnxStrings b)
    {
        Shape shape = Shape.Broadcast(a.Shape, b.Shape, "text");
        return (Stretch(a, shape), Stretch(b, shape));
    }

    static OnnxStrings Stretch(OnnxStrings text, Shape shape) => text.Shape.Equals(shape) ? text
        : new OnnxStrings(shape, [.. Tensor.Arange(text.Items.Count).Reshape(text.Shape.Extents).BroadcastTo(shape).To(DType.Int64).ToArray<long>().Select(place => text.Items[(int)place])]);
}
