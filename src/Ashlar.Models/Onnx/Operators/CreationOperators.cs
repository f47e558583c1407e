using Ashlar.Functions;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Values out of nothing: constants, ranges, windows.</summary>
static class CreationOperators
{
    public static Operator[] All { get; } =
    [
        new("Constant", 1, Constant),
        new("ConstantOfShape", 9, ConstantOfShape),
        new("Range", 11, Range),
        new("EyeLike", 9, EyeLike),
        new("HannWindow", 17, c => CosineWindow(c, 0.5, 0.5, 0)),
        new("HammingWindow", 17, c => CosineWindow(c, 25.0 / 46, 21.0 / 46, 0)),
        new("BlackmanWindow", 17, c => CosineWindow(c, 0.42, 0.5, 0.08)),
        new("MelWeightMatrix", 17, MelWeightMatrix),
    ];

    static Results Constant(OperatorCall c)
    {
        OperatorAttributes a = c.Attributes;
        return a.Constant("value") ?? a.Sparse("sparse_value") ??
            (a.Has("value_float") ? Tensor.From<float>([a.Float("value_float", 0)])
            : a.Has("value_int") ? ShapeOperators.Whole(a.Int("value_int", 0))
            : a.Floats("value_floats") is { } floats ? Tensor.From<float>(floats, floats.Length)
            : a.Ints("value_ints") is { } ints ? ShapeOperators.Wholes(ints)
            : a.Texts("value_strings") is { } texts ? new OnnxStrings(new Shape(texts.Length), texts)
            : a.Has("value_string") ? new OnnxStrings(Shape.Scalar, [a.Text("value_string", "")])
            : throw OperatorCall.Fault("no value is given. Give one of value, sparse_value, value_float, value_int, value_string and their lists."));
    }

    static Results ConstantOfShape(OperatorCall c)
    {
        OnnxValue value = c.Attributes.Constant("value") ?? Tensor.From<float>([0f], 1);
        var shape = new Shape(c.Ints(0));
        return value is OnnxTensor tensor
            ? new OnnxTensor(tensor.Tensor.Reshape([]).BroadcastTo(shape), tensor.Type)
            : new OnnxStrings(shape, [.. Enumerable.Repeat(((OnnxStrings)value).Items[0], HostLimits.Elements(shape.Size, "the text"))]);
    }

    static Results Range(OperatorCall c)
    {
        (Tensor start, Tensor delta) = (c[0], c[2]);
        double count = Math.Ceiling((c.Number(1) - c.Number(0)) / c.Number(2));
        if (double.IsNaN(count) || count > int.MaxValue)
        {
            throw OperatorCall.Fault($"from {c.Number(0)} to {c.Number(1)} by {c.Number(2)} has no end. Give a step that leads to the limit.");
        }

        DType wide = start.DType.IsHalf ? DType.Float32 : start.DType;
        Tensor i = Tensor.Arange((int)Math.Max(0, count)).To(wide);
        return (start.Reshape([]).To(wide) + (i * delta.Reshape([]).To(wide))).To(start.DType);
    }

    static Results EyeLike(OperatorCall c)
    {
        var type = (OnnxDType)c.Int("dtype", (int)c.TypeOf(0));
        Tensor eye = Tensor.Eye(c.ShapeOf(0)[0], c.ShapeOf(0)[1], c.Int("k", 0), type.IsCarried || type == OnnxDType.Bool ? DType.Float32 : type.Carrier);
        return CastOperators.Convert(new OnnxTensor(eye), type);
    }

    static Results CosineWindow(OperatorCall c, double a0, double a1, double a2)
    {
        int n = c.Int(0);
        var type = (OnnxDType)c.Int("output_datatype", 1);
        double period = c.Flag("periodic", true) ? n : n - 1;
        Tensor angle = Tensor.Arange(n).To(DType.Float64) * (2 * Math.PI) / period;
        Tensor window = a0 - (angle.Cos() * a1) + ((angle * 2.0).Cos() * a2);
        return CastOperators.Convert(new OnnxTensor(window), type);
    }

    // Triangles over the bins of a Fourier transform, their corners evenly spaced on the mel scale 2595 log₁₀(1 + f / 700).
    static Results MelWeightMatrix(OperatorCall c)
    {
        (int bands, int length, int rate) = (c.Int(0), c.Int(1), c.Int(2));
        (double low, double high) = (Mel(c.Number(3)), Mel(c.Number(4)));
        int bins = (length / 2) + 1;
        double step = (high - low) / (bands + 2);
        var weights = new double[HostLimits.Elements((long)bins * bands, "the matrix")];
        int[] corners = [.. Enumerable.Range(0, bands + 2).Select(i => (int)Math.Floor((length + 1) * (700 * (ElementaryFunctions.Pow(10, ((i * step) + low) / 2595) - 1)) / rate))];
        for (int band = 0; band < bands; band++)
        {
            (int from, int top, int to) = (corners[band], corners[band + 1], corners[band + 2]);
            if (from == top)
            {
                weights[(top * bands) + band] = 1;
            }
            else
            {
                for (int j = from; j <= top; j++)
                {
                    weights[(j * bands) + band] = (double)(j - from) / (top - from);
                }
            }

            for (int j = top; top != to && j < to; j++)
            {
                weights[(j * bands) + band] = (double)(to - j) / (to - top);
            }
        }

        return CastOperators.Convert(new OnnxTensor(Tensor.From(weights, bins, bands)), (OnnxDType)c.Int("output_datatype", 1));
    }

    static double Mel(double frequency) => 2595 * ElementaryFunctions.Log(1 + (frequency / 700)) / ElementaryFunctions.Log(10);
}
