using System.Globalization;
using Ashlar.Ir;
using Ashlar.Onnx.Graphs;
using Ashlar.Onnx.Values;
using Ashlar.Primitives;

namespace Ashlar.Onnx;

/// <content>What lies between inputs and outputs.</content>
public sealed partial class OnnxModel
{
    // How often a network of pictures or sounds usually halves its axes.
    const int Shrunk = 32;

    // Two extents for each symbolic axis, unlikely to be those of anything else: what follows an axis shows in how it differs.
    static readonly (int First, int Second)[] Stand = [(5, 7), (11, 17), (13, 29), (19, 37), (23, 41), (31, 53)];

    /// <summary>Computes what every node of the outermost graph gives. The values have the bits that they have in <see cref="Run(IReadOnlyDictionary{string, OnnxValue}, CancellationToken)"/>, where most of them never stand in memory.</summary>
    /// <param name="inputs">A value for each input without one of its own.</param>
    /// <returns>The nodes in the order in which they ran.</returns>
    /// <exception cref="OnnxException">As for a run.</exception>
    public IReadOnlyList<OnnxNodeValues> Trace(IReadOnlyDictionary<string, OnnxValue> inputs)
    {
        var nodes = new List<OnnxNodeValues>();
        Run(inputs, (step, frame) => nodes.Add(Seen(step, frame)));
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
        (Dictionary<string, string> known, Dictionary<string, long> costs) = Shapes((port, axis) => Extent(port, axis, axes));
        foreach ((string name, string type) in symbols.Length is > 0 && symbols.Length <= Stand.Length ? Symbolic(symbols) : [])
        {
            known[name] = type;
        }

        return OnnxGraph.Of(Proto.Graph, known, costs);
    }

    // Small extents first; where a model shrinks its axes more often than these allow, larger ones.
    Dictionary<string, string> Symbolic(string[] symbols)
    {
        Dictionary<string, int> place = symbols.Select((symbol, i) => (symbol, i)).ToDictionary(entry => entry.symbol, entry => entry.i);
        Dictionary<string, string> best = [];
        foreach (int scale in (int[])[1, Shrunk])
        {
            (int First, int Second)[] extents = [.. Stand.Select(pair => (pair.First * scale, pair.Second * scale))];
            Dictionary<string, string> one = Shapes((port, axis) => place.TryGetValue(port.Axes![axis], out int i) ? extents[i].First : 1).Types;
            Dictionary<string, string> two = Shapes((port, axis) => place.TryGetValue(port.Axes![axis], out int i) ? extents[i].Second : 1).Types;
            Dictionary<string, string> found = one.Where(entry => two.ContainsKey(entry.Key)).ToDictionary(entry => entry.Key, entry => SymbolicShape.Of(entry.Value, two[entry.Key], symbols, extents));
            best = found.Count > best.Count ? found : best;
            if (Outputs.All(port => best.ContainsKey(port.Name)))
            {
                break;
            }
        }

        return best;
    }

    static bool IsSymbol(string axis) => axis != "?" && !int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    (Dictionary<string, string> Types, Dictionary<string, long> Costs) Shapes(Func<OnnxPort, int, int> extent)
    {
        Dictionary<string, string> types = [];
        Dictionary<string, long> costs = [];
        var fresh = new FreshValues();
        try
        {
            Dictionary<string, OnnxValue> inputs = Zeros(extent).ToDictionary(entry => entry.Key, entry => entry.Value is OnnxTensor zeros ? Watched(zeros.Tensor.Shape, zeros.Type) : entry.Value);
            types = inputs.ToDictionary(entry => entry.Key, entry => entry.Value.ToString()!);
            _program.Run([.. Inputs.Select(input => inputs.GetValueOrDefault(input.Name))], null, RandomKey.FromSeed(Seed), fresh, (step, frame) =>
            {
                OnnxNodeValues node = Seen(step, frame);
                foreach ((string name, OnnxValue value) in node.Outputs)
                {
                    types[name] = value.ToString();
                }

                Node[] results = [.. node.Outputs.Select(output => output.Value).OfType<OnnxTensor>().Select(value => value.Tensor).Where(tensor => !tensor.DType.IsComplex).Select(tensor => tensor.Node)];
                costs[node.Outputs.Count > 0 ? node.Outputs[0].Name : node.Name] = GraphWalk.PostOrder(results, one => one.Value is null).Sum(one => one.Primitive.Cost(one));

                // Whoever reads further begins anew from zeros of the same shape: a value that a node reads on the host costs that node alone.
                foreach (int slot in step.Outputs.Where(slot => slot >= 0))
                {
                    if (frame.Values[slot] is OnnxTensor { Tensor: { DType.IsComplex: false, Node: { IsTraced: true } made }, Type: var type })
                    {
                        frame.Values[slot] = Watched(made.Shape, type);
                    }
                }
            });
            fresh.Compute();
        }
        catch (Exception e) when (e is OnnxException or ShapeException or DTypeException or ArgumentException)
        {
            // What was seen until then is told.
        }

        return (types, costs);
    }

    // Zeros that mark what comes from outside: what is recorded from them is traced, constants of the model are not.
    static OnnxTensor Watched(Shape shape, OnnxDType type) => new(new Tensor(Op.Barrier(Tensor.Zeros(shape, type.Carrier).Node)), type);

    static OnnxNodeValues Seen(Step step, Frame frame) =>
        new(step.Name, step.Operator.Name, [.. step.Outputs.Zip(step.Values).Where(output => output.First >= 0 && frame.Values[output.First] is not null).Select(output => (output.Second, frame.Values[output.First]!))]);
}
