using System.Globalization;
using Ashlar.Onnx.Values;
using Ashlar.Primitives;

namespace Ashlar.Onnx.Operators;

/// <summary>From one element type to another.</summary>
static class CastOperators
{
    public static Operator[] All { get; } =
    [
        new("Cast", 1, c => Cast(c, c.Opset < 6 ? Named(c.Text("to", "FLOAT")) : (OnnxDType)c.Int("to", 0))),
        new("CastLike", 15, c => Cast(c, c.TypeOf(1))),
        new("BitCast", 26, BitCast),
    ];

    /// <summary>The value as another element type.</summary>
    /// <param name="x">Numbers.</param>
    /// <param name="to">Not text.</param>
    /// <param name="saturate">Whether numbers beyond a narrow float become its largest.</param>
    /// <param name="roundMode">How powers of two round: up, down, nearest.</param>
    internal static OnnxTensor Convert(OnnxTensor x, OnnxDType to, bool saturate = true, string roundMode = "up")
    {
        if (x.Type == to)
        {
            return x;
        }

        if (to.IsNarrowFloat)
        {
            Tensor wide = x.Tensor.To(DType.Float32);
            return new OnnxTensor(to == OnnxDType.Float8E8M0 ? NarrowFloat.RoundToPower(wide, saturate, roundMode) : NarrowFloat.Of(to).Round(wide, saturate), to);
        }

        if (to.IsNarrowInteger)
        {
            // The low bits, as between other integers.
            Tensor whole = x.Tensor.To(DType.Int32);
            int bits = to.Bits;
            Tensor low = whole & ((1 << bits) - 1);
            return new OnnxTensor((to is OnnxDType.Int4 or OnnxDType.Int2 ? (low ^ (1 << (bits - 1))) - (1 << (bits - 1)) : low).To(to.Carrier), to);
        }

        Tensor y = x.Tensor;
        // Narrow integers wrap, also where a float comes in: by way of int32.
        bool wraps = y.DType.IsFloating && to.Carrier.IsInteger && to.Carrier.ItemSize < 4;
        return new OnnxTensor((wraps ? y.To(DType.Int32) : y).To(to.Carrier), to);
    }

    static Results Cast(OperatorCall c, OnnxDType to)
    {
        if (c.Value(0) is OnnxStrings text)
        {
            return to == OnnxDType.String ? text : Convert(new OnnxTensor(Parse(c, text, to)), to);
        }

        return to == OnnxDType.String ? Format(c.Tensor(0)) : Convert(c.Tensor(0), to, c.Flag("saturate", true), c.Text("round_mode", "up"));
    }

    static Tensor Parse(OperatorCall c, OnnxStrings text, OnnxDType to)
    {
        if (to.Carrier.IsInteger && to.Carrier != DType.UInt64)
        {
            return Tensor.From<long>(text.Items.Select(item => long.TryParse(item.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : (long)Number(c, item)).ToArray(), text.Shape.Extents);
        }

        return Tensor.From<double>(text.Items.Select(item => Number(c, item)).ToArray(), text.Shape.Extents);
    }

    static double Number(OperatorCall c, string item) => item.Trim().ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "INF" or "+INF" or "INFINITY" => double.PositiveInfinity,
        "-INF" or "-INFINITY" => double.NegativeInfinity,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => throw OperatorCall.Fault($"the text '{item}' is no number. Clean the input."),
    };

    static OnnxStrings Format(OnnxTensor x)
    {
        string[] items = x.Tensor.DType switch
        {
            DType.Bool => [.. x.Tensor.ToArray<bool>().Select(flag => flag ? "1" : "0")],
            DType.Float64 => [.. x.Tensor.ToArray<double>().Select(number => Text(number.ToString("R", CultureInfo.InvariantCulture)))],
            DType.UInt64 => [.. x.Tensor.ToArray<ulong>().Select(number => number.ToString(CultureInfo.InvariantCulture))],
            { IsInteger: true } => [.. x.Tensor.To(DType.Int64).ToArray<long>().Select(number => number.ToString(CultureInfo.InvariantCulture))],
            _ => [.. x.Tensor.To(DType.Float32).ToArray<float>().Select(number => Text(number.ToString("R", CultureInfo.InvariantCulture)))],
        };
        return new OnnxStrings(x.Tensor.Shape, items);
    }

    static string Text(string number) => number switch { "NaN" => "NaN", "Infinity" => "INF", "-Infinity" => "-INF", _ => number.Replace('E', 'e') };

    static Results BitCast(OperatorCall c)
    {
        var to = (OnnxDType)c.Int("to", 0);
        OnnxTensor x = c.Tensor(0);
        return x.Type.Bits != to.Bits
            ? throw OperatorCall.Fault($"elements of {x.Type} have {x.Type.Bits} bits, of {to} {to.Bits}. Cast, or name a type of the same width.")
            : x.Type == to ? x
            : x.Type.IsCarried || to.IsCarried ? new OnnxTensor(TensorReader.ToTensor(TensorWriter.Bytes(x), to, x.Tensor.Shape), to)
            : to.Carrier.ItemSize == c[0].DType.ItemSize && (c[0].DType == DType.Bool || to == OnnxDType.Bool) ? c[0].To(to.Carrier)
            : new Tensor(Op.Bitcast(c[0].Node, to.Carrier));
    }

    static OnnxDType Named(string name) => name switch
    {
        "FLOAT" => OnnxDType.Float32,
        "DOUBLE" => OnnxDType.Float64,
        _ => Enum.TryParse(name, ignoreCase: true, out OnnxDType type) ? type : throw new OnnxException($"the element type '{name}' is unknown. Export the model again with a newer operator set."),
    };
}
