using System.Runtime.InteropServices;
using System.Text;
using Ashlar.Onnx;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;
using Google.Protobuf;

namespace Ashlar.Models.Tests.Onnx;

/// <summary>Builds small models for tests.</summary>
sealed class TestModel
{
    public ModelProto Proto { get; } = new() { IrVersion = 10, Graph = new GraphProto { Name = "test" } };

    public GraphProto Graph => Proto.Graph;

    public TestModel(long opset = 21, string domain = "")
    {
        Proto.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = opset });
        if (domain.Length > 0)
        {
            Proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 21 });
        }
    }

    /// <summary>An operator on its inputs, all results asked for; null leaves an input out.</summary>
    public static OnnxValue[] Run(string op, OnnxValue?[] inputs, AttributeProto[]? attributes = null, long opset = 21, string domain = "", int outputs = 1)
    {
        var model = new TestModel(opset, domain);
        string[] names = [.. inputs.Select((input, i) => input is null ? "" : $"x{i}")];
        string[] results = [.. Enumerable.Range(0, outputs).Select(i => $"y{i}")];
        model.Inputs([.. names.Where(name => name.Length > 0)]).Outputs(results).Node(op, names, results, attributes ?? [], domain);
        IReadOnlyDictionary<string, OnnxValue> got = model.Load().Run(names.Zip(inputs).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First, pair => pair.Second!));
        return [.. results.Select(name => got[name])];
    }

    /// <summary>As <see cref="Run(string, OnnxValue?[], AttributeProto[], long, string, int)"/>, the first result as float32.</summary>
    public static float[] Floats(string op, OnnxValue[] inputs, AttributeProto[]? attributes = null, long opset = 21, string domain = "") =>
        ((OnnxTensor)Run(op, inputs, attributes, opset, domain)[0]).Tensor.To(DType.Float32).ToArray<float>();

    public static OnnxValue F(float[] values, params int[] shape) => Tensor.From<float>(values, shape.Length == 0 ? [values.Length] : shape);

    public static OnnxValue I(long[] values, params int[] shape) => Tensor.From<long>(values, shape.Length == 0 ? [values.Length] : shape);

    public static AttributeProto Int(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto Float(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Text(string name, string value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Body(string name, GraphProto graph) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = graph };

    public static AttributeProto Ints(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.Add(values);
        return attribute;
    }

    public static AttributeProto Floats(string name, params float[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Floats };
        attribute.Floats.Add(values);
        return attribute;
    }

    public static AttributeProto Texts(string name, params string[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Strings };
        attribute.Strings.Add(values.Select(value => ByteString.CopyFrom(value, Encoding.UTF8)));
        return attribute;
    }

    public TestModel Inputs(params string[] names)
    {
        Graph.Input.Add(names.Select(name => new ValueInfoProto { Name = name }));
        return this;
    }

    /// <summary>An input with a type; an axis is a number or a name.</summary>
    public TestModel Input(string name, int type, params string[] axes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(axes.Select(axis => long.TryParse(axis, out long extent) ? new TensorShapeProto.Types.Dimension { DimValue = extent } : new TensorShapeProto.Types.Dimension { DimParam = axis }));
        Graph.Input.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = shape } } });
        return this;
    }

    public TestModel Outputs(params string[] names)
    {
        Graph.Output.Add(names.Select(name => new ValueInfoProto { Name = name }));
        return this;
    }

    public TestModel Node(string op, string[] inputs, string[] outputs, AttributeProto[]? attributes = null, string domain = "")
    {
        Graph.Node.Add(MakeNode(op, inputs, outputs, attributes, domain));
        return this;
    }

    public static NodeProto MakeNode(string op, string[] inputs, string[] outputs, AttributeProto[]? attributes = null, string domain = "")
    {
        var node = new NodeProto { OpType = op, Name = op.ToLowerInvariant() + "_1", Domain = domain };
        node.Input.Add(inputs);
        node.Output.Add(outputs);
        node.Attribute.Add(attributes ?? []);
        return node;
    }

    /// <summary>A node with one result, named as the result.</summary>
    public TestModel Step(string result, string op, params string[] inputs)
    {
        Graph.Node.Add(MakeNode(op, inputs, [result]));
        Graph.Node[^1].Name = result;
        return this;
    }

    /// <summary>The last node gets an attribute.</summary>
    public TestModel With(AttributeProto attribute)
    {
        Graph.Node[^1].Attribute.Add(attribute);
        return this;
    }

    public TestModel Number(string name, float value) => Initializer(name, [value]);

    public TestModel Initializer(string name, float[] values, params int[] shape)
    {
        Graph.Initializer.Add(Raw(name, values, shape));
        return this;
    }

    public TestModel SignedBytes(string name, params int[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)OnnxDType.Int8 };
        tensor.Dims.Add(values.Length);
        tensor.Int32Data.Add(values);
        Graph.Initializer.Add(tensor);
        return this;
    }

    public TestModel Longs(string name, params long[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = 7 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.Add(values);
        Graph.Initializer.Add(tensor);
        return this;
    }

    public TestModel Truth(string name, bool value)
    {
        Graph.Initializer.Add(new TensorProto { Name = name, DataType = 9, Int32Data = { value ? 1 : 0 } });
        return this;
    }

    public static TensorProto Raw(string name, float[] values, params int[] shape)
    {
        var tensor = new TensorProto { Name = name, DataType = 1, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)) };
        tensor.Dims.Add(shape.Select(extent => (long)extent));
        return tensor;
    }

    public OnnxModel Load() => Load(null);

    public OnnxModel Load(OnnxLoadOptions? options) => OnnxModel.Load(new MemoryStream(Proto.ToByteArray()), "model", options);
}
