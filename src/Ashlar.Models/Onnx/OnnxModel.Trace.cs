using System.Globalization;
using Ashlar.Ir;
using Ashlar.Onnx.Graphs;
using Ashlar.Onnx.Values;
using Ashlar.Primitives;

namespace Ashlar.Onnx;

/// <content>What lies between inputs and outputs.</content>
public sealed partial class OnnxModel
{
    // Two extents for each symbolic axis, unlikely to be those of anything else: what follows an axis shows in how it differs.
    static readonly (int First, int Second)[] Stand = [(5, 7), (11, 17), (13, 29), (19, 37), (23, 41), (31, 53)];

    /// <summary>Computes what every node of the outermost graph gives. The values have the bits that they have in <see cref="Run(IReadOnlyDictionary{string, OnnxValue})"/>, where most of them never stand in memory.</summary>
    /// <param name="inputs">A value for each input without one of its own.</param>
    /// <returns>The nodes in the order in which they ran.</returns>
    /// <exception cref="OnnxException">As for a run.</exception>
    public IReadOnlyList<OnnxNodeValues> Trace(IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        List<OnnxNodeValues> nodes = Record(inputs, _ => { });
        try
        {
            Frame.Compute(nodes.SelectMany(node => node.Outputs).Select(output => output.Value));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Node by node the one that fails is found.
            Run(inputs, GraphProgram.ComputeNow);
            throw;
        }

        return nodes;
    }

    /// <summary>The model's nodes with the types and shapes of all values. Nothing is computed but what a node reads on the host.</summary>
    /// <param name="axes">Extents of symbolic axes, for counting operations; those not named are 1. Axes without a name are named by input and number: <c>x.0</c>.</param>
    /// <remarks>Shapes come from recording the model on zeros. Behind a node that refuses them, or that takes other things than tensors from outside, shapes are not known.</remarks>
    public OnnxGraph Graph(IReadOnlyDictionary<string, int>? axes = null)
    {
        string[] symbols = [.. Inputs.SelectMany(input => input.Axes ?? []).Where(IsSymbol).Distinct()];
        (Dictionary<string, string> known, Dictionary<string, long> costs) = Shapes((port, axis) => axes is null ? 1 : axes.TryGetValue(port.Axes![axis], out int extent) || axes.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"{port.Name}.{axis}"), out extent) ? extent : 1);
        if (symbols.Length is > 0 && symbols.Length <= Stand.Length)
        {
            Dictionary<string, int> place = symbols.Select((symbol, i) => (symbol, i)).ToDictionary(entry => entry.symbol, entry => entry.i);
            Dictionary<string, string> one = Shapes((port, axis) => place.TryGetValue(port.Axes![axis], out int i) ? Stand[i].First : 1).Types;
            Dictionary<string, string> two = Shapes((port, axis) => place.TryGetValue(port.Axes![axis], out int i) ? Stand[i].Second : 1).Types;
            foreach ((string name, string type) in one)
            {
                if (two.TryGetValue(name, out string? other))
                {
                    known[name] = SymbolicShape.Of(type, other, symbols, Stand);
                }
            }
        }

        return OnnxGraph.Of(Proto.Graph, known, costs);
    }

    static bool IsSymbol(string axis) => axis != "?" && !int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    (Dictionary<string, string> Types, Dictionary<string, long> Costs) Shapes(Func<OnnxPort, int, int> extent)
    {
        var inputs = new Dictionary<string, OnnxValue>();
        Dictionary<string, string> types = [];
        foreach (OnnxPort port in Inputs)
        {
            var shape = new Shape([.. (port.Axes ?? []).Select((axis, i) => int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : extent(port, i))]);
            if (!port.IsOptional && port.Kind == "tensor")
            {
                // A watched value keeps what was recorded from it, however long the graph becomes.
                inputs[port.Name] = port.Type == OnnxDType.String ? new OnnxStrings(shape, [.. Enumerable.Repeat("", shape.Size)])
                    : new OnnxTensor(new Tensor(Op.Barrier(Tensor.Zeros(shape, port.Type == OnnxDType.Undefined ? DType.Float32 : port.Type.Carrier).Node)), port.Type == OnnxDType.Undefined ? OnnxDType.Float32 : port.Type);
                types[port.Name] = inputs[port.Name].ToString();
            }
        }

        Dictionary<string, long> costs = [];
        var counted = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        try
        {
            Record(inputs, node =>
            {
                foreach ((string name, OnnxValue value) in node.Outputs)
                {
                    types[name] = value.ToString();
                }

                Node[] results = [.. node.Outputs.Select(output => output.Value).OfType<OnnxTensor>().Select(value => value.Tensor.Node)];
                List<Node> fresh = [.. GraphWalk.PostOrder(results, one => !counted.Contains(one)).Where(counted.Add)];
                costs[node.Outputs.Count > 0 ? node.Outputs[0].Name : node.Name] = fresh.Sum(one => one.Primitive.Cost(one));
            });
        }
        catch (OnnxException)
        {
            // What was seen until then is told.
        }

        return (types, costs);
    }

    List<OnnxNodeValues> Record(IReadOnlyDictionary<string, OnnxValue> inputs, Action<OnnxNodeValues> see)
    {
        var nodes = new List<OnnxNodeValues>();
        Run(inputs, (step, frame) =>
        {
            var node = new OnnxNodeValues(step.Name, step.Operator.Name, [.. step.Outputs.Zip(step.Values).Where(output => output.First >= 0 && frame.Values[output.First] is not null).Select(output => (output.Second, frame.Values[output.First]!))]);
            nodes.Add(node);
            see(node);
        });
        return nodes;
    }
}
