using System.Globalization;
using Ashlar.Ir;
using Ashlar.Nn;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;
using Ashlar.Onnx.Writing;

namespace Ashlar.Onnx;

/// <summary>Writes modules and functions of tensors as ONNX models that every runtime of the format reads.</summary>
/// <remarks>
/// The function is recorded on placeholders, so it must not read values. Initializers carry the names of the parameters.
/// With symbolic axes it is recorded with several extents of them, and what differs between the recordings is computed from the axes in the file.
/// </remarks>
public static class OnnxExport
{
    /// <summary>Writes a module in evaluation mode; it is set back afterwards.</summary>
    /// <param name="path">An .onnx file; it is replaced as a whole.</param>
    /// <param name="module">Takes one tensor.</param>
    /// <param name="input">The shape of its input; with a symbolic batch the first extent does not count, with other symbolic axes it should be a usual one.</param>
    /// <param name="options">How; null means operator set 17 and a symbolic batch.</param>
    /// <param name="type">The input's dtype.</param>
    /// <exception cref="OnnxException">Operations have no counterpart in the format, all are named; or extents do not follow the symbolic axes.</exception>
    public static void Save(string path, Module module, Shape input, OnnxExportOptions? options = null, DType type = DType.Float32) =>
        Save(path, module, x => [module.Forward(x[0])], [(input, type)], options);

    /// <summary>Writes a module that takes or gives several tensors, in evaluation mode; it is set back afterwards.</summary>
    /// <param name="path">An .onnx file; it is replaced as a whole.</param>
    /// <param name="module">Names the parameters.</param>
    /// <param name="function">Applies the module; reads no values.</param>
    /// <param name="inputs">Shape and dtype of each input.</param>
    /// <param name="options">How; null means operator set 17 and a symbolic batch.</param>
    /// <exception cref="OnnxException">Operations have no counterpart in the format, all are named; or extents do not follow the symbolic axes.</exception>
    public static void Save(string path, Module module, Func<Tensor[], Tensor[]> function, IReadOnlyList<(Shape Shape, DType Type)> inputs, OnnxExportOptions? options = null)
    {
        bool training = module.IsTraining;
        module.Eval();
        try
        {
            Dictionary<Variable, string> names = [];
            foreach ((string name, Parameter parameter) in module.NamedParameters())
            {
                names.TryAdd(parameter.Variable, name);
            }

            foreach ((string name, StateBuffer buffer) in module.NamedBuffers())
            {
                buffer.Settle();
                names.TryAdd(buffer.Tensor.Node.Inputs[0].Variable!, name);
            }

            Write(path, function, inputs, options ?? new(), names.GetValueOrDefault);
        }
        finally
        {
            if (training)
            {
                module.Train();
            }
        }
    }

    /// <summary>Writes a function of tensors.</summary>
    /// <param name="path">An .onnx file; it is replaced as a whole.</param>
    /// <param name="function">From inputs to outputs; reads no values.</param>
    /// <param name="inputs">Shape and dtype of each input.</param>
    /// <param name="options">How; null means operator set 17 and a symbolic batch.</param>
    /// <exception cref="OnnxException">Operations have no counterpart in the format, all are named; or extents do not follow the symbolic axes.</exception>
    public static void Save(string path, Func<Tensor[], Tensor[]> function, IReadOnlyList<(Shape Shape, DType Type)> inputs, OnnxExportOptions? options = null) =>
        Write(path, function, inputs, options ?? new(), _ => null);

    static void Write(string path, Func<Tensor[], Tensor[]> function, IReadOnlyList<(Shape Shape, DType Type)> inputs, OnnxExportOptions options, Func<Variable, string?> weights)
    {
        if (options.Opset is < 13 or > 27)
        {
            throw new OnnxException(string.Create(CultureInfo.InvariantCulture, $"ONNX: operator set {options.Opset} is not written. Choose 13 to 27."));
        }

        string[] names = [.. inputs.Select((_, i) => Named(options.InputNames, "input", i, inputs.Count))];
        SymbolicAxes axes = SymbolicAxes.Of([.. inputs.Select(input => input.Shape)], names, options.SymbolicAxes ?? [], options.SymbolicBatch);
        TracedGraph traced = TracedGraph.Of(function, inputs, axes);
        var graph = new GraphProto { Name = "ashlar" };
        var writer = new NodeWriter(new GraphWriter(graph, options.Opset, axes), weights);
        for (int i = 0; i < inputs.Count; i++)
        {
            writer.Name(traced.Inputs[i], names[i]);
            graph.Input.Add(Port(names[i], traced.Inputs[i].Type, [.. traced.Inputs[i].Shape.Select((extent, axis) => axes.Name(i, axis) ?? extent.ToString(CultureInfo.InvariantCulture))]));
        }

        foreach ((Node node, Node partner) in traced.Nodes.Zip(traced.Partners))
        {
            writer.Write(node, partner);
        }

        if (writer.Missing.Count > 0)
        {
            throw new OnnxException($"ONNX: {string.Join(", ", writer.Missing.Select(entry => $"{entry.Key} ({entry.Value})"))} cannot be written as operators of version {options.Opset}. Replace them, or export the part before them.");
        }

        if (axes.IsChecked)
        {
            foreach (((Node one, Node two), Node three) in traced.Nodes.Zip(traced.Partners).Zip(TracedGraph.Again(function, inputs, axes, 2, traced.Nodes)))
            {
                axes.Check(NodeWriter.Extents(one), NodeWriter.Extents(two), NodeWriter.Extents(three));
            }
        }

        for (int i = 0; i < traced.Results.Length; i++)
        {
            string name = Named(options.OutputNames, "output", i, traced.Results.Length);
            var node = new NodeProto { OpType = "Identity", Name = name };
            node.Input.Add(writer[traced.Results[i]]);
            node.Output.Add(name);
            graph.Node.Add(node);
            Node result = traced.Results[i];
            Node partner = traced.Partners[traced.Nodes.IndexOf(result)];
            graph.Output.Add(Port(name, result.Type, [.. result.Shape.Zip(partner.Shape).Select(extent => extent.First == extent.Second ? extent.First.ToString(CultureInfo.InvariantCulture) : axes.All.Find(axis => extent == (axis.Extents[0], axis.Extents[1]))?.Name ?? "")]));
        }

        DeadNodes.Remove(graph);
        var model = new ModelProto { IrVersion = FormatOf(options.Opset), ProducerName = "ashlar", Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = options.Opset });
        model.MetadataProps.Add((options.Metadata ?? new Dictionary<string, string>()).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        ModelFile.Write(path, model, options.LargestInline, options.Progress);
    }

    // The version of the format that came with an operator set.
    static int FormatOf(int opset) => opset switch { <= 18 => 8, <= 20 => 9, <= 22 => 10, 23 => 11, <= 25 => 12, _ => 13 };

    static string Named(IReadOnlyList<string>? names, string usual, int i, int count) => names is not null && i < names.Count ? names[i] : count == 1 ? usual : string.Create(CultureInfo.InvariantCulture, $"{usual}_{i}");

    // Axes are numbers, names, or "" where neither is known.
    static ValueInfoProto Port(string name, DType type, IReadOnlyList<string> axes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(axes.Select(axis => axis.Length == 0 ? new() : int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out int extent) ? new TensorShapeProto.Types.Dimension { DimValue = extent } : new TensorShapeProto.Types.Dimension { DimParam = axis }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type.OnnxDType, Shape = shape } } };
    }
}
