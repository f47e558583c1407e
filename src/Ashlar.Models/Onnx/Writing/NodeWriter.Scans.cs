using Ashlar.Ir;
using Ashlar.Onnx.Protobuf;
using Ashlar.Primitives.Fft;
using Ashlar.Primitives.Scan;
using static Ashlar.Onnx.Writing.GraphWriter;

namespace Ashlar.Onnx.Writing;

/// <content>What runs along an axis.</content>
sealed partial class NodeWriter
{
    string? Running(Node node, Node partner)
    {
        var scan = (ScanAttributes)node.Attributes!;
        string x = _names[node.Inputs[0]];
        if (scan.Kind == ReduceKind.Sum || (scan.Kind == ReduceKind.Prod && w.Opset >= 26))
        {
            return w.Node(scan.Kind == ReduceKind.Sum ? "CumSum" : "CumProd", [x, w.Constant(Tensor.From<long>([scan.Axis]).Reshape([]))], Int("reverse", scan.Reverse ? 1 : 0));
        }

        if (node.Type == DType.Bool)
        {
            return null;
        }

        // What the first element joins leaves it as it is.
        (string op, string neutral) = scan.Kind switch
        {
            ReduceKind.Prod => ("Mul", w.Number(node.Type, 1)),
            ReduceKind.Max => ("Max", w.Constant(Extreme(node.Type, lowest: true))),
            _ => ("Min", w.Constant(Extreme(node.Type, lowest: false))),
        };
        string start = w.Node("Expand", [neutral, w.ShapeOf(Without(node.Shape, scan.Axis), Without(partner.Shape, scan.Axis))]);
        return Along(scan, node.Type, [start, x], (body, carry, slices) => body.Node(op, [carry, slices[0]]));
    }

    // The first element begins; the factor beside it is not read.
    string Recurrence(Node node, Node partner)
    {
        var scan = (ScanAttributes)node.Attributes!;
        (string a, string b) = (_names[node.Inputs[0]], _names[node.Inputs[1]]);
        string axis = w.Longs(scan.Axis);
        string first = w.Node("Slice", [b, w.Longs(scan.Reverse ? -1 : 0), w.Longs(scan.Reverse ? long.MaxValue : 1), axis]);
        if (node.Shape[scan.Axis] <= 1 && partner.Shape[scan.Axis] <= 1)
        {
            return b;
        }

        string Rest(string x) => w.Node("Slice", [x, w.Longs(scan.Reverse ? 0 : 1), w.Longs(scan.Reverse ? -1 : long.MaxValue), axis]);
        string rest = Along(scan, node.Type, [w.Node("Squeeze", [first, axis]), Rest(a), Rest(b)], (body, carry, slices) => body.Node("Add", [body.Node("Mul", [slices[0], carry]), slices[1]]));
        return w.Node("Concat", scan.Reverse ? [rest, first] : [first, rest], Int("axis", scan.Axis));
    }

    // One carried value, which is also what comes out of every step.
    string Along(ScanAttributes scan, DType type, string[] inputs, Func<GraphWriter, string, string[], string> step)
    {
        GraphWriter body = w.Body(new GraphProto { Name = "body" });
        string carry = Input(body, "carry", type);
        string[] slices = [.. Enumerable.Range(0, inputs.Length - 1).Select(i => Input(body, $"slice_{i}", type))];
        string next = step(body, carry, slices);
        Output(body, next, type);
        Output(body, next, type);
        int[] Each(int value, int count) => [.. Enumerable.Repeat(value, count)];
        int way = scan.Reverse ? 1 : 0;
        return w.Node("Scan", inputs, 2, GraphWriter.Body("body", body.Graph), Int("num_scan_inputs", slices.Length), Ints("scan_input_axes", Each(scan.Axis, slices.Length)), Ints("scan_input_directions", Each(way, slices.Length)), Ints("scan_output_axes", Each(scan.Axis, 1)), Ints("scan_output_directions", Each(way, 1)))[1];
    }

    static int[] Without(Shape shape, int axis) => [.. shape.Where((_, i) => i != axis)];

    static Tensor Extreme(DType type, bool lowest)
    {
        if (type.IsFloating)
        {
            return Tensor.Full(Shape.Scalar, lowest ? double.NegativeInfinity : double.PositiveInfinity, type);
        }

        int bits = 8 * type.ItemSize;
        return Scalar(type, type.IsSigned ? (lowest ? long.MinValue >> (64 - bits) : long.MaxValue >> (64 - bits)) : lowest ? 0 : -1);
    }

    // Neither direction scales here, the operator's inverse does.
    string? Fourier(Node node)
    {
        Node x = node.Inputs[0];
        if (node.Primitive is RFftPrimitive)
        {
            return Dft(w.Node("Unsqueeze", [_names[x], w.Longs(-1)]), x.Shape.Rank - 1, oneSided: true, inverse: false);
        }

        var a = (FftAttributes)node.Attributes!;
        int axis = x.Shape.Rank - 2 - a.AxesBehind;
        string y = Dft(_names[x], axis, oneSided: false, a.Inverse);
        return a.Inverse ? w.Node("Mul", [y, w.Number(node.Type, x.Shape[axis])]) : y;
    }

    // The other half is the conjugate backwards; of the whole transform the real parts are taken.
    string? RealFourier(Node node, Node partner)
    {
        var a = (IRFftAttributes)node.Attributes!;
        int axis = node.Shape.Rank - 1;
        if (a.Count != ((IRFftAttributes)partner.Attributes!).Count)
        {
            return null;
        }

        string whole = _names[node.Inputs[0]];
        if (a.Count > 2)
        {
            string other = w.Node("Slice", [whole, w.Longs((a.Count - 1) / 2), w.Longs(0), w.Longs(axis), w.Longs(-1)]);
            whole = w.Node("Concat", [whole, w.Node("Mul", [other, w.Constant(Tensor.From<double>([1, -1], 2).To(node.Type))])], Int("axis", axis));
        }

        string real = w.Node("Gather", [Dft(whole, axis, oneSided: false, inverse: true), w.Constant(Tensor.From<long>([0]).Reshape([]))], Int("axis", axis + 1));
        return w.Node("Mul", [real, w.Number(node.Type, a.Count * a.Factor)]);
    }

    string Dft(string x, int axis, bool oneSided, bool inverse)
    {
        AttributeProto[] how = [Int("onesided", oneSided ? 1 : 0), Int("inverse", inverse ? 1 : 0)];
        return w.Opset < 20 ? w.Node("DFT", [x], [.. how, Int("axis", axis)]) : w.Node("DFT", [x, "", w.Constant(Tensor.From<long>([axis]).Reshape([]))], how);
    }
}
