using System.Globalization;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>From one list of labels to another, on the host; keys are text, integers or floats, a NaN is found by a NaN.</summary>
static class LabelEncoder
{
    public static Results Run(OperatorCall c)
    {
        OperatorAttributes a = c.Attributes;
        if (c.Opset < 2)
        {
            string[] classes = a.Texts("classes_strings")!;
            return c.Value(0) is OnnxStrings words
                ? Tensor.From<long>(words.Items.Select(word => Array.IndexOf(classes, word) is >= 0 and var at ? at : a.Int("default_int64", -1)).ToArray(), words.Shape.Extents)
                : new OnnxStrings(c[0].Shape, [.. c.Longs(0).Select(number => number >= 0 && number < classes.Length ? classes[number] : a.Text("default_string", "_Unused"))]);
        }

        object[] keys = List(c, "keys");
        object[] values = List(c, "values");
        var map = new Dictionary<object, object>();
        foreach ((object key, object value) in keys.Zip(values))
        {
            map.TryAdd(key, value);
        }

        OnnxValue? given = a.Constant("default_tensor");
        object missing = given is OnnxStrings text ? text.Items[0] : given is OnnxTensor tensor ? Items(tensor)[0]
            : values[0] switch { string => a.Text("default_string", "_Unused"), long => a.Int("default_int64", -1), _ => (double)a.Float("default_float", -0f) };
        object[] results = [.. Items(c.Value(0)).Select(key => map.GetValueOrDefault(key, missing))];
        Shape shape = c.ShapeOf(0);
        OnnxDType type = a.Constant("values_tensor") is OnnxTensor table ? table.Type : a.Has("values_int64s") ? OnnxDType.Int64 : OnnxDType.Float32;
        return values[0] switch
        {
            string => new OnnxStrings(shape, [.. results.Cast<string>()]),
            long => CastOperators.Convert(new OnnxTensor(Tensor.From<long>(results.Cast<long>().ToArray(), shape.Extents)), type),
            _ => CastOperators.Convert(new OnnxTensor(Tensor.From<double>(results.Select(value => Convert.ToDouble(value, CultureInfo.InvariantCulture)).ToArray(), shape.Extents)), type),
        };
    }

    static object[] List(OperatorCall c, string kind) =>
        c.Attributes.Constant(kind + "_tensor") is { } tensor ? Items(tensor)
        : c.Attributes.Texts(kind + "_strings") is { } texts ? [.. texts]
        : c.Attributes.Ints(kind + "_int64s") is { } ints ? [.. ints.Select(number => (object)number)]
        : c.Attributes.Floats(kind + "_floats") is { } floats ? [.. floats.Select(number => (object)(double)number)]
        : throw OperatorCall.Fault($"no {kind} are given. Export the encoder again.");

    static object[] Items(OnnxValue value) => value switch
    {
        OnnxStrings text => [.. text.Items],
        OnnxTensor { Tensor.DType.IsInteger: true } whole => [.. whole.Tensor.To(DType.Int64).ToArray<long>().Select(number => (object)number)],
        OnnxTensor tensor => [.. tensor.Tensor.To(DType.Float64).ToArray<double>().Select(number => (object)number)],
        _ => throw new OnnxException($"the input is {value}, wanted labels. Convert it before."),
    };
}
