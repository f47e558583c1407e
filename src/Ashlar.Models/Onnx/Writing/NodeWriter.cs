using Ashlar.Ir;
using Ashlar.Onnx.Values;
using Ashlar.Primitives;
using Ashlar.Primitives.Contract;
using Ashlar.Primitives.Fft;
using Ashlar.Primitives.Index;
using Ashlar.Primitives.Map;
using Ashlar.Primitives.Movement;
using Ashlar.Primitives.Reduce;
using Ashlar.Primitives.Scan;
using Ashlar.Primitives.Sort;
using Ashlar.Primitives.Structure;
using Ashlar.Primitives.Window;
using static Ashlar.Onnx.Writing.GraphWriter;

namespace Ashlar.Onnx.Writing;

/// <summary>Recorded operations as operators.</summary>
/// <param name="w">Takes the nodes.</param>
/// <param name="weights">Names for variables.</param>
sealed partial class NodeWriter(GraphWriter w, Func<Variable, string?> weights)
{
    readonly Dictionary<Node, string> _names = [];

    readonly List<(Node Call, string[]? Names)> _calls = [];

    /// <summary>What could not be written, with how often.</summary>
    public SortedDictionary<string, int> Missing { get; } = new(StringComparer.Ordinal);

    public string this[Node node] => _names[node];

    public void Name(Node node, string name) => _names[node] = name;

    /// <param name="node">Of the first recording.</param>
    /// <param name="partner">The same of the second.</param>
    public void Write(Node node, Node partner)
    {
        if (_names.ContainsKey(node))
        {
            return;
        }

        string? name = node.Variable is { } variable ? Weight(variable, node)
            : node.Value is not null ? Known(node, partner)
            : Operation(node, partner);
        if (name is null)
        {
            string what = node.Value is not null ? "constant that follows the batch" : node.Primitive.Name;
            Missing[what] = Missing.GetValueOrDefault(what) + 1;
        }

        _names[node] = name ?? "";
    }

    // What an imported model computes from shapes alone is a value here. Where it follows the batch it must not be written as it was in one recording: zeros for the first state of a layer have any extents, a count has none.
    string? Known(Node node, Node partner)
    {
        var value = new Tensor(node);
        if (ReferenceEquals(node, partner) || ReferenceEquals(node.Value, partner.Value))
        {
            return w.Constant(value);
        }

        byte[] bytes = value.ToBytes();
        byte[] other = partner.Value is null ? [] : new Tensor(partner).ToBytes();
        if (node.Shape.Equals(partner.Shape))
        {
            return bytes.AsSpan().SequenceEqual(other) ? w.Constant(value) : null;
        }

        int size = node.Type.ItemSize;
        bool isFill = OnnxTensor.IsFill(bytes, size) && OnnxTensor.IsFill(other, size) && bytes.AsSpan(..size).SequenceEqual(other.AsSpan(..size));
        return isFill ? w.Node("Expand", [w.Constant(Tensor.FromBytes(bytes.AsSpan(..size), node.Type, Shape.Scalar)), w.ShapeOf(node.Shape.Extents, partner.Shape.Extents)]) : null;
    }

    string Weight(Variable variable, Node node)
    {
        if (weights(variable) is not { } name)
        {
            return w.Constant(new Tensor(node));
        }

        if (w.Graph.Initializer.All(tensor => tensor.Name != name))
        {
            w.Graph.Initializer.Add(TensorWriter.Of(name, new OnnxTensor(new Tensor(node))));
        }

        return name;
    }

    string? Operation(Node node, Node partner) => node.Primitive switch
    {
        _ when Number(node) is { } number => number.ToBytes().SequenceEqual(Number(partner)!.ToBytes()) ? w.Constant(number) : Counting(number, Number(partner)!),
        IMarker or StopGradientPrimitive or AfterPrimitive => _names[node.Inputs[0]],
        MapPrimitive => MeanOfWindow(node) ?? MapWriter.Write(w, node, Operands(node)),
        ReshapePrimitive => w.Node("Reshape", [_names[node.Inputs[0]], Target(node, partner)]),
        ExpandPrimitive => w.Node("Expand", [_names[node.Inputs[0]], w.ShapeOf(Stretched(node), Stretched(partner))]),
        PermutePrimitive => w.Node("Transpose", [_names[node.Inputs[0]]], Ints("perm", ((Axes)node.Attributes!).Values)),
        ConcatPrimitive => w.Node("Concat", [.. node.Inputs.ToArray().Select(input => _names[input])], Int("axis", ((Axes)node.Attributes!).Values[0])),
        SlicePrimitive => Slice(node, partner),
        PadPrimitive => Pad(node),
        IotaPrimitive => Iota(node.Shape, partner.Shape, IotaPrimitive.AxisOf(node), DType.Int32),
        ReducePrimitive => Reduce(node),
        ArgReducePrimitive => w.Node(((ReduceAttributes)node.Attributes!).Kind == ReduceKind.Max ? "ArgMax" : "ArgMin", [_names[node.Inputs[0]]], Int("axis", ((ReduceAttributes)node.Attributes!).Axes[0]), Int("keepdims", 0)),
        DotPrimitive => Dot(node),
        ConvPrimitive => Conv(node, partner),
        ReduceWindowPrimitive => Window(node, partner),
        WindowArgReducePrimitive => WindowArg(node),
        GatherPrimitive => Gather(node),
        ScatterPrimitive => Scatter(node, partner),
        SortPrimitive => w.Node("TopK", [_names[node.Inputs[0]], Extent(node, partner, ((SortAttributes)node.Attributes!).Axis)], 2, Order(node))[0],
        ArgSortPrimitive => w.Node("TopK", [_names[node.Inputs[0]], Extent(node, partner, ((SortAttributes)node.Attributes!).Axis)], 2, Order(node))[1],
        SearchSortedPrimitive => Searched(node),
        FftPrimitive or RFftPrimitive when w.Opset >= 17 => Fourier(node),
        IRFftPrimitive when w.Opset >= 17 => RealFourier(node, partner),
        CallPrimitive => Call(node, partner),
        ScanPrimitive => Running(node, partner),
        RecurrencePrimitive => Recurrence(node, partner),
        _ => null,
    };

    // A sum of windows over their extent is their mean, with the same rounding.
    string? MeanOfWindow(Node node)
    {
        if (node.Primitive != ArithmeticMaps.Divide || node.Inputs[0] is not { Primitive: ReduceWindowPrimitive, Attributes: WindowAttributes { Kind: ReduceKind.Sum } a } sum || sum.Inputs[0].Shape.Rank != a.Window.Length + 2)
        {
            return null;
        }

        Node divisor = node.Inputs[1].Primitive is ExpandPrimitive ? node.Inputs[1].Inputs[0] : node.Inputs[1];
        while (divisor.Primitive is ReshapePrimitive)
        {
            divisor = divisor.Inputs[0];
        }

        return Number(divisor) is { } number && number.To(DType.Float64).Item<double>() == new Shape(a.Window).Size
            ? w.Node("AveragePool", [_names[sum.Inputs[0]]], [.. Windows(a), Int("count_include_pad", 1)])
            : null;
    }

    static Protobuf.AttributeProto[] Windows(WindowAttributes a) => [Ints("kernel_shape", a.Window), Ints("strides", a.Strides), Ints("pads", [.. a.Low, .. a.High])];

    // A number of the program, or null.
    static Tensor? Number(Node node) => node.Attributes is LiteralAttributes literal ? Scalar(literal.Type, literal.Bits) : node.Primitive == SourcePrimitive.ScalarParameter ? Scalar(node.Type, node.Bits) : null;

    static Tensor Scalar(DType type, long bits) => Tensor.FromBytes(BitConverter.GetBytes(bits).AsSpan(0, type.ItemSize), type, Shape.Scalar);

    // A number that follows symbolic axes: how many elements a mean was taken over.
    string? Counting(Tensor one, Tensor two)
    {
        (double first, double second) = (one.To(DType.Float64).Item<double>(), two.To(DType.Float64).Item<double>());
        return Math.Abs(first) < int.MaxValue && Math.Abs(second) < int.MaxValue && first == Math.Truncate(first) && second == Math.Truncate(second)
            ? w.Node("Cast", [w.Node("Squeeze", [w.ShapeOf([(int)first], [(int)second])])], Int("to", (int)one.DType.OnnxDType))
            : null;
    }

    /// <summary>All extents that a node is written with: its shape, where a slice begins and ends, the number that it is.</summary>
    public static int[] Extents(Node node) => node switch
    {
        _ when Number(node) is { } number => [(int)Math.Clamp(number.To(DType.Float64).Item<double>(), int.MinValue, int.MaxValue)],
        { Attributes: SliceAttributes slice } => [.. node.Shape, .. slice.Starts, .. slice.Starts.ToArray().Select((start, axis) => start + (slice.Extents[axis] * slice.Steps[axis]))],
        _ => [.. node.Shape],
    };

    // Operators broadcast by themselves: what was only stretched for the operation is given as it is, as long as one operand has the whole shape.
    string[] Operands(Node node)
    {
        Node[] inputs = node.Inputs.ToArray();
        bool whole = Array.Exists(inputs, input => input.Primitive is not ExpandPrimitive || input.Value is not null);
        return [.. inputs.Select(input => _names[whole && input is { Primitive: ExpandPrimitive, Value: null } ? input.Inputs[0] : input])];
    }

    string Target(Node node, Node partner)
    {
        int[] extents = [.. node.Shape];
        int[] follow = [.. Enumerable.Range(0, extents.Length).Where(axis => extents[axis] != partner.Shape[axis])];
        if (follow.Length == 1 && !extents.Contains(0))
        {
            extents[follow[0]] = -1;
            return w.Longs(extents);
        }

        return w.ShapeOf(node.Shape.Extents, partner.Shape.Extents);
    }

    // Where the operand has the extent already, 1 keeps it.
    static int[] Stretched(Node node) => [.. node.Shape.Select((extent, axis) => node.Inputs[0].Shape[axis] == extent ? 1 : extent)];

    // Starts and ends count from the front or, where they follow the extent, from the back; where they follow symbolic axes otherwise they are computed.
    string? Slice(Node node, Node partner)
    {
        var (a, b) = ((SliceAttributes)node.Attributes!, (SliceAttributes)partner.Attributes!);
        List<long> axes = [], steps = [];
        List<(long One, long Two)> starts = [], ends = [];
        for (int axis = 0; axis < node.Shape.Rank; axis++)
        {
            (int from, int other) = (node.Inputs[0].Shape[axis], partner.Inputs[0].Shape[axis]);
            int step = a.Steps[axis];
            if (a.Starts[axis] == 0 && step == 1 && a.Extents[axis] == from && b.Extents[axis] == other)
            {
                continue;
            }

            if (step != b.Steps[axis])
            {
                return null;
            }

            long end = a.Starts[axis] + ((long)a.Extents[axis] * step);
            long otherEnd = b.Starts[axis] + ((long)b.Extents[axis] * step);
            starts.Add(Place(a.Starts[axis], b.Starts[axis], from, other));
            ends.Add(step > 0 && end >= from && otherEnd >= other ? (long.MaxValue, long.MaxValue) : step < 0 && end < 0 && otherEnd < 0 ? (long.MinValue + 1, long.MinValue + 1) : Place(end, otherEnd, from, other));
            axes.Add(axis);
            steps.Add(step);
            if (step == 1)
            {
                w.Expect(a.Extents[axis], b.Extents[axis]);
            }
        }

        return axes.Count == 0 ? _names[node.Inputs[0]] : w.Node("Slice", [_names[node.Inputs[0]], Places(starts), Places(ends), w.Longs([.. axes]), w.Longs([.. steps])]);
    }

    static (long One, long Two) Place(long place, long otherPlace, int extent, int otherExtent) => Counted(place, otherPlace, extent, otherExtent) is { } same ? (same, same) : (place, otherPlace);

    string Places(List<(long One, long Two)> places) => places.TrueForAll(place => place.One == place.Two)
        ? w.Longs([.. places.Select(place => place.One)])
        : places.Count == 1 ? w.ShapeOf([(int)places[0].One], [(int)places[0].Two])
        : w.Node("Concat", [.. places.Select(place => place.One == place.Two ? w.Longs(place.One) : w.ShapeOf([(int)place.One], [(int)place.Two]))], Int("axis", 0));

    static long? Counted(long place, long otherPlace, int extent, int otherExtent) => place == otherPlace ? place : place - extent == otherPlace - otherExtent && place < extent ? place - extent : null;

    string? Pad(Node node)
    {
        var pad = (PadAttributes)node.Attributes!;
        return pad.Inner.ContainsAnyExcept(0) ? null
            : w.Node("Pad", [_names[node.Inputs[0]], w.Longs((int[])[.. pad.Low, .. pad.High]), w.Constant(Scalar(node.Type, pad.Bits))]);
    }

    // Places along an axis, int32 or int64.
    string Iota(Shape shape, Shape partner, int axis, DType type)
    {
        int[] alone = [.. shape.Select((extent, other) => other == axis ? extent : 1)];
        if (shape[axis] == partner[axis])
        {
            string line = w.Constant(Tensor.Arange(shape[axis]).To(type).Reshape(alone));
            return shape.Size == shape[axis] && shape.Equals(partner) ? line : w.Node("Expand", [line, w.ShapeOf(shape.Extents, partner.Extents)]);
        }

        string count = w.Node("Squeeze", [w.ShapeOf([shape[axis]], [partner[axis]])]);
        string range = w.Node("Range", [w.Number(DType.Int64, 0), count, w.Number(DType.Int64, 1)]);
        range = type == DType.Int64 ? range : w.Node("Cast", [range], Int("to", (int)type.OnnxDType));
        alone[axis] = -1;
        return w.Node("Expand", [w.Node("Reshape", [range, w.Longs(alone)]), w.ShapeOf(shape.Extents, partner.Extents)]);
    }

    string Reduce(Node node)
    {
        var reduce = (ReduceAttributes)node.Attributes!;
        string op = reduce.Kind switch { ReduceKind.Sum => "ReduceSum", ReduceKind.Prod => "ReduceProd", ReduceKind.Max => "ReduceMax", _ => "ReduceMin" };
        string x = _names[node.Inputs[0]];
        return w.Opset >= (reduce.Kind == ReduceKind.Sum ? 13 : 18) ? w.Node(op, [x, w.Longs(reduce.Axes)], Int("keepdims", 0)) : w.Node(op, [x], Ints("axes", reduce.Axes), Int("keepdims", 0));
    }

    // Batch axes first, contracted axes together: what MatMul takes. Anything else is told as an equation.
    string Dot(Node node)
    {
        var dot = (DotAttributes)node.Attributes!;
        (Node a, Node b) = (node.Inputs[0], node.Inputs[1]);
        int[] freeA = dot.FreeA(a.Shape.Rank);
        int[] freeB = dot.FreeB(b.Shape.Rank);
        int batch = dot.BatchA.Length;
        if (dot.ContractA.Length == 1 && freeB.Length == 1 && (freeA.Length == 1 || batch == 0) && freeA.Length >= 1)
        {
            string left = Ordered(a, [.. dot.BatchA, .. freeA, dot.ContractA[0]]);
            string right = Ordered(b, [.. dot.BatchB, dot.ContractB[0], freeB[0]]);
            return w.Node("MatMul", [left, right]);
        }

        var letters = new char[a.Shape.Rank + b.Shape.Rank];
        char next = 'a';
        var result = new List<char>();
        foreach ((int x, int y) in dot.BatchA.ToArray().Zip(dot.BatchB.ToArray()))
        {
            result.Add(letters[x] = letters[a.Shape.Rank + y] = next++);
        }

        foreach ((int x, int y) in dot.ContractA.ToArray().Zip(dot.ContractB.ToArray()))
        {
            letters[x] = letters[a.Shape.Rank + y] = next++;
        }

        foreach (int axis in freeA.Concat(freeB.Select(axis => axis + a.Shape.Rank)))
        {
            result.Add(letters[axis] = next++);
        }

        return w.Node("Einsum", [_names[a], _names[b]], Text("equation", $"{new string(letters, 0, a.Shape.Rank)},{new string(letters, a.Shape.Rank, b.Shape.Rank)}->{new string([.. result])}"));
    }

    string Ordered(Node node, int[] order) => order.Select((axis, place) => axis == place).All(same => same) ? _names[node] : w.Node("Transpose", [_names[node]], Ints("perm", order));

    string Conv(Node node, Node partner)
    {
        var conv = (ConvAttributes)node.Attributes!;
        int n = conv.Strides.Length;
        string x = _names[node.Inputs[0]];
        int[] extents = [.. node.Inputs[0].Shape];
        int[] others = [.. partner.Inputs[0].Shape];
        // Zeros between the elements: each becomes a row of itself and zeros; the last zeros are cut off.
        for (int i = 0; i < n; i++)
        {
            int step = conv.InputDilation[i];
            if (step > 1)
            {
                (int[] apart, int[] apartOthers) = ([.. extents[..(i + 3)], 1, .. extents[(i + 3)..]], [.. others[..(i + 3)], 1, .. others[(i + 3)..]]);
                var high = new int[apart.Length];
                high[i + 3] = step - 1;
                x = w.Node("Pad", [w.Node("Reshape", [x, w.ShapeOf(apart, apartOthers)]), w.Longs((int[])[.. new int[apart.Length], .. high])]);
                (extents[i + 2], others[i + 2]) = (extents[i + 2] * step, others[i + 2] * step);
                x = w.Node("Reshape", [x, w.ShapeOf(extents, others)]);
                (extents[i + 2], others[i + 2]) = (extents[i + 2] - step + 1, others[i + 2] - step + 1);
                x = w.Node("Slice", [x, w.Longs(0), w.Longs(extents[i + 2]), w.Longs(i + 2)]);
            }
        }

        int[] pads = [.. conv.Low, .. conv.High];
        if (Array.Exists(pads, pad => pad < 0))
        {
            x = w.Node("Pad", [x, w.Longs((int[])[0, 0, .. conv.Low, 0, 0, .. conv.High])]);
            pads = new int[2 * n];
        }

        return w.Node("Conv", [x, _names[node.Inputs[1]]], Ints("strides", conv.Strides), Ints("pads", pads), Ints("dilations", conv.KernelDilation), Int("group", conv.Groups), Ints("kernel_shape", node.Inputs[1].Shape.Extents[2..]));
    }

    // A sum of windows is their mean times their extent; a minimum the maximum of the opposite. An image with other axes before the window's has them joined.
    string? Window(Node node, Node partner)
    {
        var a = (WindowAttributes)node.Attributes!;
        int spatial = a.Window.Length;
        bool joined = node.Inputs[0].Shape.Rank != spatial + 2;
        string x = _names[node.Inputs[0]];
        x = joined ? w.Node("Reshape", [x, w.ShapeOf(Joined(node.Inputs[0].Shape, spatial), Joined(partner.Inputs[0].Shape, spatial))]) : x;
        string? y = a.Kind switch
        {
            ReduceKind.Max => w.Node("MaxPool", [x], Windows(a)),
            ReduceKind.Min when node.Type.IsFloating => w.Node("Neg", [w.Node("MaxPool", [w.Node("Neg", [x])], Windows(a))]),
            ReduceKind.Sum => w.Node("Mul", [w.Node("AveragePool", [x], [.. Windows(a), Int("count_include_pad", 1)]), w.Number(node.Type, new Shape(a.Window).Size)]),
            _ => null,
        };
        return joined && y is not null ? w.Node("Reshape", [y, w.ShapeOf(node.Shape.Extents, partner.Shape.Extents)]) : y;
    }

    static int[] Joined(Shape shape, int spatial) => [new Shape(shape.Extents[..^spatial]).Size, 1, .. shape.Extents[^spatial..]];

    // The operator counts places through the whole tensor, we inside a plane.
    string? WindowArg(Node node)
    {
        var a = (WindowAttributes)node.Attributes!;
        int spatial = a.Window.Length;
        return a.Kind == ReduceKind.Max && node.Inputs[0].Shape.Rank == spatial + 2
            ? w.Node("Cast", [w.Node("Mod", [w.Node("MaxPool", [_names[node.Inputs[0]]], 2, Windows(a))[1], w.Number(DType.Int64, new Shape(node.Inputs[0].Shape.Extents[^spatial..]).Size)])], Int("to", (int)OnnxDType.Int32))
            : null;
    }

    static Protobuf.ValueInfoProto Port(string name, DType type) => new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type.OnnxDType } } };
}
