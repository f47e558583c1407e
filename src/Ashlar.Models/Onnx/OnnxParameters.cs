using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx;

/// <summary>Which initializers of a model are weights that can be trained, and which are running statistics.</summary>
static class OnnxParameters
{
    // Where a float of a model is a weight: the inputs of an operator that arithmetic reads. Scales of a resize, bounds and numbers of quantisation are none.
    static readonly Dictionary<string, int[]> Weights = new()
    {
        ["Conv"] = [1, 2],
        ["ConvTranspose"] = [1, 2],
        ["MatMul"] = [0, 1],
        ["Gemm"] = [0, 1, 2],
        ["Einsum"] = [0, 1, 2],
        ["Add"] = [0, 1],
        ["Sub"] = [0, 1],
        ["Mul"] = [0, 1],
        ["Div"] = [0, 1],
        ["PRelu"] = [1],
        ["Gather"] = [0],
        ["BatchNormalization"] = [1, 2],
        ["InstanceNormalization"] = [1, 2],
        ["GroupNormalization"] = [1, 2],
        ["LayerNormalization"] = [1, 2],
        ["RMSNormalization"] = [1],
        ["RNN"] = [1, 2, 3],
        ["GRU"] = [1, 2, 3],
        ["LSTM"] = [1, 2, 3, 7],
        ["Identity"] = [0],
        ["Transpose"] = [0],
        ["Reshape"] = [0],
        ["Unsqueeze"] = [0],
        ["Squeeze"] = [0],
    };

    // What cuts, joins and repeats hands on what its outputs are read as: exporters cut the weights of recurrent layers apart and put them together in another order.
    // Sizes and bounds are joined likewise, so that what nobody reads as a weight is none.
    // The same holds for maps: a scale may be the exponential of the parameter.
    static readonly HashSet<string> Passages = ["Slice", "Split", "Concat", "Expand", "Tile", "Cast", "Where", "Flatten", "Exp", "Softplus", "Sigmoid", "Tanh", "Neg", "Abs", "Sqrt", "Pow", "Clip", "Softmax"];

    /// <summary>A copy of a model in which constants of the outermost graph that are weights are initializers.</summary>
    public static ModelProto WithInitializers(ModelProto model)
    {
        ModelProto copy = model.Clone();
        HashSet<string> weights = Read(copy.Graph);
        foreach (NodeProto node in copy.Graph.Node.ToArray())
        {
            if (Constant(node) is { } tensor && !IsFill(tensor) && weights.Contains(node.Output[0]))
            {
                TensorProto moved = tensor.Clone();
                moved.Name = node.Output[0];
                copy.Graph.Initializer.Add(moved);
                copy.Graph.Node.Remove(node);
            }
        }

        return copy;
    }

    /// <summary>The arrays of numbers with a fraction that stand in constants of the outermost graph.</summary>
    public static IEnumerable<TensorProto> Constants(GraphProto graph) => graph.Node.Select(Constant).OfType<TensorProto>();

    /// <summary>Names of weights and of running statistics, in the order of the initializers.</summary>
    public static (string[] Weights, string[] Statistics) Of(ModelProto model)
    {
        GraphProto graph = model.Graph;
        // PyTorch gives names of its own to constants, so that a scalar under another is a parameter; elsewhere it may be a number of a formula.
        bool IsScale(TensorProto tensor) => model.ProducerName == "pytorch" && tensor.Dims.Count == 0 && IsFloating(tensor) && !tensor.Name.Contains("::", StringComparison.Ordinal) && !tensor.Name.Contains('/');
        HashSet<string> weights = Read(graph);
        HashSet<string> statistics = [.. Uses(graph, new() { ["BatchNormalization"] = [3, 4] })];
        string[] floats = [.. graph.Initializer.Where(tensor => IsTrainable(tensor) || IsScale(tensor)).Select(tensor => tensor.Name)];
        return ([.. floats.Where(name => weights.Contains(name) && !statistics.Contains(name))], [.. floats.Where(statistics.Contains)]);
    }

    // What is read as a weight, in the place of one or on the way there.
    static HashSet<string> Read(GraphProto graph)
    {
        HashSet<string> read = [.. Uses(graph, Weights)];
        foreach (NodeProto node in graph.Node.Reverse())
        {
            if (Passages.Contains(node.OpType) && node.Output.Any(read.Contains))
            {
                read.UnionWith(node.Input);
            }
            else if (node.OpType is "QuantizeLinear" or "DequantizeLinear" && node.Output.Any(read.Contains))
            {
                // A weight that is rounded on its way; scale and zero point are none.
                read.Add(node.Input[0]);
            }
        }

        return read;
    }

    // One number everywhere belongs to a formula: the ones and zeros of a normalisation without weights.
    static bool IsFill(TensorProto tensor) =>
        tensor.DataLocation != TensorProto.Types.DataLocation.External && TensorReader.Read(tensor) is OnnxTensor { Tensor: { Size: > 1 } values } && OnnxTensor.IsFill(values.ToBytes(), values.DType.ItemSize);

    static TensorProto? Constant(NodeProto node) =>
        node.OpType == "Constant" && node.Attribute.FirstOrDefault(attribute => attribute.Name == "value")?.T is { } tensor && IsTrainable(tensor) ? tensor : null;

    static bool IsTrainable(TensorProto tensor) => IsFloating(tensor) && tensor.Dims.Count > 0;

    static bool IsFloating(TensorProto tensor) => (OnnxDType)tensor.DataType is OnnxDType.Float32 or OnnxDType.Float64 or OnnxDType.Float16 or OnnxDType.BFloat16;

    static IEnumerable<string> Uses(GraphProto graph, Dictionary<string, int[]> inputs) => graph.Node.SelectMany(node =>
        node.Bodies().SelectMany(body => Uses(body, inputs))
            .Concat(inputs.GetValueOrDefault(node.OpType, []).Where(input => input < node.Input.Count).Select(input => node.Input[input])));
}
