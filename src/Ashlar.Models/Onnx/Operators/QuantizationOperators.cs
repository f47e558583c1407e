using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Between floats and small integers with a scale and a zero point.</summary>
static class QuantizationOperators
{
    public static Operator[] All { get; } =
    [
        new("QuantizeLinear", 10, QuantizeLinear),
        new("DequantizeLinear", 10, DequantizeLinear),
        new("DynamicQuantizeLinear", 11, DynamicQuantizeLinear),
        new("QLinearMatMul", 10, QLinearMatMul),
    ];

    static readonly FunctionRule Straight = new("StraightThrough", (Node[] _, Node _, Node cotangent) => [cotangent]);

    /// <summary>Rounds ties to even, adds the zero point and saturates.</summary>
    /// <param name="x">Already divided by its scale.</param>
    /// <param name="zero">One number or what broadcasts, or null.</param>
    /// <param name="type">Of the result.</param>
    /// <param name="saturate">Whether narrow floats take their largest number for what lies beyond.</param>
    internal static OnnxTensor Quantize(Tensor x, Tensor? zero, OnnxDType type, bool saturate = true)
    {
        if (type.IsNarrowFloat)
        {
            return CastOperators.Convert(new OnnxTensor(zero is null ? x : x + zero.To(x.DType)), type, saturate);
        }

        (double low, double high) = Limits(type);
        Tensor Shifted(Tensor x) => zero is null ? x : x + zero.To(DType.Float32);
        Tensor y = Shifted(x.To(DType.Float32).Round());
        Tensor limited = y.Clip(low, high);
        return new OnnxTensor(limited.To(type.Carrier), type) { Unrounded = Tensor.Where(y.EqualTo(limited), Shifted(x.To(DType.Float32)), limited.StopGradient()) };
    }

    static (double Low, double High) Limits(OnnxDType type) => type switch
    {
        OnnxDType.UInt4 => (0, 15),
        OnnxDType.Int4 => (-8, 7),
        OnnxDType.UInt2 => (0, 3),
        OnnxDType.Int2 => (-2, 1),
        _ => ((double)IntegerInfo.Of(type.Carrier).Min, (double)IntegerInfo.Of(type.Carrier).Max),
    };

    // A scale is one number, a list along an axis, or blocks along an axis.
    static Tensor Spread(OperatorCall c, Tensor numbers, Shape shape)
    {
        if (numbers.Size == 1 && numbers.Rank <= 1)
        {
            return numbers.Reshape([]);
        }

        int axis = OperatorCall.Axis(c.Int("axis", 1), shape.Rank);
        if (numbers.Rank == 1 && c.Int("block_size", 0) == 0)
        {
            return numbers.Reshape([.. Enumerable.Range(0, shape.Rank).Select(a => a == axis ? -1 : 1)]);
        }

        int block = c.Int("block_size", 0) is var given and not 0 ? given : (shape[axis] + numbers.Shape[axis] - 1) / numbers.Shape[axis];
        return numbers.Repeat(block, axis).Slice(axis, 0, shape[axis]);
    }

    static Results QuantizeLinear(OperatorCall c)
    {
        Tensor x = c[0];
        OnnxDType type = c.Has(2) ? c.TypeOf(2) : c.Attributes.Has("output_dtype") && c.Int("output_dtype", 0) != 0 ? (OnnxDType)c.Int("output_dtype", 0) : OnnxDType.UInt8;
        Tensor scale = Spread(c, c[1], x.Shape);
        var precision = (OnnxDType)c.Int("precision", 0);
        DType wide = precision != OnnxDType.Undefined ? precision.Carrier : x.DType == DType.Float64 ? DType.Float64 : DType.Float32;
        Tensor? zero = c.Maybe(2) is { } given ? Spread(c, given, x.Shape) : null;
        return Quantize(x.To(wide) / scale.To(wide), zero, type, c.Flag("saturate", true));
    }

    static Results DequantizeLinear(OperatorCall c)
    {
        Tensor x = c[0];
        Tensor scale = Spread(c, c[1], x.Shape);
        DType wide = DType.Float32;
        var type = c.Int("output_dtype", 0) is var given and not 0 ? (OnnxDType)given : c.TypeOf(1);
        Tensor numbers = c.TypeOf(0).IsNarrowFloat || x.DType.IsFloating ? x.To(wide) : x.To(DType.Int32);
        Tensor centred = c.Maybe(2) is { } zero ? numbers - Spread(c, zero, x.Shape).To(numbers.DType) : numbers;
        return CastOperators.Convert(new OnnxTensor(StraightThrough(c, centred.To(wide)) * scale.To(wide)), type);
    }

    // The numbers as they are, with the gradient of what they were rounded from. The zero point is a constant.
    static Tensor StraightThrough(OperatorCall c, Tensor centred) =>
        c.Tensor(0).Unrounded is { } unrounded ? new(GradientRulePrimitive.Record(centred.Node, [unrounded.To(centred.DType).Node], Straight)) : centred;

    static Results DynamicQuantizeLinear(OperatorCall c)
    {
        Tensor x = c[0];
        Tensor low = Tensor.Minimum(x.Min(), 0.0);
        Tensor high = Tensor.Maximum(x.Max(), 0.0);
        Tensor scale = (high - low) / 255.0;
        Tensor safe = Tensor.Where(scale.EqualTo(0.0), Tensor.OnesLike(scale), scale);
        Tensor zero = (-low / safe).Round().Clip(0.0, 255.0);
        return new Results(Quantize(x / safe, zero, OnnxDType.UInt8), new OnnxTensor(scale), new OnnxTensor(zero.To(DType.UInt8)));
    }

    static Results QLinearMatMul(OperatorCall c)
    {
        if (c.TypeOf(0).IsNarrowFloat)
        {
            Tensor product = Dequantized(c, 0, -1).MatMul(Dequantized(c, 3, -2));
            return Quantize(product / c[6].To(DType.Float32).Reshape([]), c[7].Reshape([]), c.TypeOf(7));
        }

        Tensor sum = ProductOperators.Centred(c[0], c[2], -1).MatMul(ProductOperators.Centred(c[3], c[5], -2));
        Tensor scale = RowScale(c[1].To(DType.Float32)) * ColumnScale(c[4].To(DType.Float32)) / ColumnScale(c[6].To(DType.Float32));
        return Quantize(sum.To(DType.Float32) * scale, ColumnScale(c[7]), c.TypeOf(7));
    }

    static Tensor Dequantized(OperatorCall c, int input, int along)
    {
        Tensor scale = c[input + 1].To(DType.Float32);
        return (c[input].To(DType.Float32) - c[input + 2].To(DType.Float32)) * (along == -1 ? RowScale(scale) : ColumnScale(scale));
    }

    static Tensor RowScale(Tensor scale) => scale.Size == 1 ? scale.Reshape([]) : scale.Rank == 1 ? scale.Unsqueeze(-1) : scale;

    static Tensor ColumnScale(Tensor scale) => scale.Size == 1 ? scale.Reshape([]) : scale;
}
