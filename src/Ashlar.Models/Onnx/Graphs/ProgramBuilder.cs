using Ashlar.Onnx.Operators;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Graphs;

/// <summary>From the messages of a model to programs. What no operator serves is gathered, so that one message can name all of it.</summary>
/// <param name="model">The model.</param>
/// <param name="external">Where bytes of tensors may stand beside the model.</param>
/// <param name="patterns">Whether recognised patterns are recorded in the form that makes fewer launches.</param>
sealed class ProgramBuilder(ModelProto model, ExternalData external, bool patterns = true)
{
    // A file that was written here means what our operations mean, bit for bit.
    readonly bool _isOwn = model.ProducerName == "ashlar";

    // Functions may call functions; a chain longer than this is a circle.
    const int MostCalls = 64;

    // A few functions that each call the next one twice would be more nodes than memory holds.
    const int MostSteps = 1 << 19;

    // So many nodes of an operator are named; their number is told in any case.
    const int MostNamed = 5;

    readonly Dictionary<string, List<string>> _missing = [];

    readonly Dictionary<(string Domain, string Name, string Overload), FunctionProto> _functions = model.Functions.GroupBy(f => (Own(f.Domain), f.Name, f.Overload)).ToDictionary(f => f.Key, f => f.First());

    int _number;

    /// <param name="parameters">Initializers that every run is given anew, behind the inputs; they are not folded into anything.</param>
    /// <exception cref="OnnxException">Operators are missing: all of them are named.</exception>
    public GraphProgram Build(params IReadOnlyList<string> parameters)
    {
        Dictionary<string, long> opsets = Opsets(model.OpsetImport);
        GraphProgram program = Build(model.Graph, null, opsets, null, 0, parameters);
        if (_missing.Count > 0)
        {
            string list = string.Join("; ", _missing.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} ({entry.Value.Count} {(entry.Value.Count == 1 ? "node" : "nodes")}: {string.Join(", ", entry.Value.Take(MostNamed).Select(node => $"'{node}'"))}{(entry.Value.Count > MostNamed ? ", …" : "")})"));
            throw new OnnxException($"ONNX: the model asks for {_missing.Count} {(_missing.Count == 1 ? "operator that is" : "operators that are")} not known here: {list}. Export it with other operators, or as functions of the model.");
        }

        return program;
    }

    static string Own(string domain) => domain == "ai.onnx" ? "" : domain;

    /// <summary>Versions by domain, that of ONNX itself under the empty one.</summary>
    public static Dictionary<string, long> Opsets(IEnumerable<OperatorSetIdProto> imports)
    {
        Dictionary<string, long> opsets = [];
        foreach (OperatorSetIdProto import in imports)
        {
            opsets[Own(import.Domain)] = import.Version;
        }

        return opsets;
    }

    GraphProgram Build(GraphProto graph, Scope? outer, Dictionary<string, long> opsets, OperatorAttributes? arguments, int depth, params IReadOnlyList<string> parameters)
    {
        var scope = new Scope(outer);
        var initializers = new Dictionary<int, OnnxValue>();
        int[] inputs = [.. graph.Input.Select(input => input.Name).Except(parameters).Concat(parameters).Select(scope.Define)];
        foreach (TensorProto tensor in graph.Initializer.Where(tensor => !parameters.Contains(tensor.Name)))
        {
            initializers[scope.Own(tensor.Name) ?? scope.Define(tensor.Name)] = TensorReader.Read(tensor, external);
        }

        Step[] steps = Steps([.. graph.SparseInitializer.Select(Dense), .. graph.Node], scope, opsets, arguments, depth);
        return Finish(graph.Name, scope, inputs, [.. graph.Output.Select(output => output.Name)], initializers, [.. graph.Output.Select(Declared)], steps);
    }

    // A sparse initializer is a constant that is made dense like any other: within the bounds of folding.
    static NodeProto Dense(SparseTensorProto sparse)
    {
        var node = new NodeProto { OpType = "Constant", Name = sparse.Values?.Name ?? "" };
        node.Output.Add(node.Name);
        node.Attribute.Add(new AttributeProto { Name = "sparse_value", SparseTensor = sparse });
        return node;
    }

    static (OnnxDType Type, int[] Extents)? Declared(ValueInfoProto info) =>
        info.Type?.TensorType is { HasElemType: true, Shape: { } shape } type && Enum.IsDefined((OnnxDType)type.ElemType) && type.ElemType != 0
            ? ((OnnxDType)type.ElemType, [.. shape.Dim.Select(axis => axis.HasDimValue ? (int)Math.Clamp(axis.DimValue, 0, int.MaxValue) : 0)])
            : null;

    GraphProgram Build(FunctionProto function, OperatorAttributes arguments, Dictionary<string, long> around, int depth)
    {
        if (depth > MostCalls)
        {
            throw new OnnxException($"ONNX: function '{function.Name}' calls itself. Functions of a model must not.");
        }

        var scope = new Scope(null);
        int[] inputs = [.. function.Input.Select(scope.Define)];
        foreach (AttributeProto attribute in function.AttributeProto)
        {
            arguments.Default(attribute);
        }

        var opsets = new Dictionary<string, long>(around);
        foreach ((string domain, long version) in Opsets(function.OpsetImport))
        {
            opsets[domain] = version;
        }

        Step[] steps = Steps(function.Node, scope, opsets, arguments, depth);
        return Finish(function.Name, scope, inputs, [.. function.Output], [], new (OnnxDType, int[])?[function.Output.Count], steps);
    }

    GraphProgram Finish(string name, Scope scope, int[] inputs, string[] outputs, Dictionary<int, OnnxValue> initializers, (OnnxDType Type, int[] Extents)?[] declared, Step[] steps)
    {
        int[] slots = [.. outputs.Select(output => scope.Find(output) ?? throw new OnnxException($"ONNX: graph '{name}' promises the output '{output}', which nothing in it computes. The model is damaged; export it again."))];
        var program = new GraphProgram(name, scope.Slots, inputs, slots, scope.Captures, initializers, declared, steps);
        if (_missing.Count == 0)
        {
            program.Fold(patterns);
        }

        return program;
    }

    Step[] Steps(IEnumerable<NodeProto> unsorted, Scope scope, Dictionary<string, long> opsets, OperatorAttributes? arguments, int depth)
    {
        var steps = new List<Step>();
        NodeProto[] nodes = Sorted([.. unsorted]);
        foreach (NodeProto node in nodes)
        {
            if (_number >= MostSteps)
            {
                throw new OnnxException($"ONNX: the model has more than {MostSteps} nodes when its functions are written out, '{node.OpType}' is one too many. Functions that call others twice at each level grow like that; flatten them.");
            }

            string name = node.Name.Length > 0 ? node.Name : node.Output.FirstOrDefault(output => output.Length > 0) ?? "";
            string domain = Own(node.Domain);
            var attributes = new OperatorAttributes(node.Attribute, arguments, external);
            long opset = opsets.GetValueOrDefault(domain, 1);
            int[] inputs = [.. node.Input.Select(input => input.Length == 0 ? -1 : scope.Find(input) ?? throw new OnnxException($"ONNX: {node.OpType} '{name}' reads '{input}', which no input, initializer or earlier node gives. The model is damaged; export it again."))];
            var bodies = new Dictionary<string, GraphProgram>();
            foreach (AttributeProto attribute in attributes.All)
            {
                if (attribute.G is { } graph)
                {
                    bodies[attribute.Name] = Build(graph, scope, opsets, arguments, depth);
                }
            }

            if (domain == GradientGraph.Domain && node.OpType == "Gradient")
            {
                bodies[""] = Build(GradientGraph.Of(node, attributes, nodes), scope, opsets, arguments, depth);
            }

            Operator? found = Function(node, attributes, bodies, opsets, depth) ?? OperatorTable.Find(domain, node.OpType, opset);
            if (_isOwn && found is { Name: "Pow", Domain: "" })
            {
                found = ElementwiseOperators.OwnPower;
            }

            if (found is null)
            {
                string key = $"{(domain.Length == 0 ? "" : domain + ".")}{node.OpType} of version {opset}";
                if (!_missing.TryGetValue(key, out List<string>? asking))
                {
                    _missing[key] = asking = [];
                }

                asking.Add(name);
                found = new Operator(node.OpType, 1, _ => throw new InvalidOperationException());
            }

            int[] outputs = [.. node.Output.Select(output => output.Length == 0 ? -1 : scope.Define(output))];
            steps.Add(new Step(name, found, (int)opset, attributes, inputs, outputs, bodies, _number++) { Values = [.. node.Output] });
        }

        return [.. steps];
    }

    Operator? Function(NodeProto node, OperatorAttributes attributes, Dictionary<string, GraphProgram> bodies, Dictionary<string, long> opsets, int depth)
    {
        if (!_functions.TryGetValue((Own(node.Domain), node.OpType, node.Overload), out FunctionProto? function))
        {
            return null;
        }

        bodies[""] = Build(function, attributes, opsets, depth + 1);
        int inputs = function.Input.Count;
        return new Operator(node.OpType, 1, c => new Results(c.Body("").Run([.. Enumerable.Range(0, inputs).Select(i => c.Has(i) ? c.Value(i) : null)])));
    }

    // The format asks for an order in which inputs come first; files that break it but have no circle are put in order.
    static NodeProto[] Sorted(NodeProto[] nodes)
    {
        var producer = new Dictionary<string, int>();
        for (int i = 0; i < nodes.Length; i++)
        {
            foreach (string output in nodes[i].Output)
            {
                producer[output] = i;
            }
        }

        bool ordered = true;
        for (int i = 0; i < nodes.Length && ordered; i++)
        {
            ordered = nodes[i].Input.All(input => !producer.TryGetValue(input, out int at) || at < i);
        }

        if (ordered)
        {
            return nodes;
        }

        var done = new bool[nodes.Length];
        var sorted = new List<NodeProto>();
        int[][] needs = [.. nodes.Select(node => (int[])[.. node.Input.Where(producer.ContainsKey).Select(input => producer[input]).Distinct()])];
        int[] open = [.. needs.Select(need => need.Length)];
        ILookup<int, int> readers = needs.SelectMany((need, i) => need.Select(at => (at, i))).ToLookup(pair => pair.at, pair => pair.i);
        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, nodes.Length).Where(i => open[i] == 0).Select(i => (i, i)));
        while (ready.TryDequeue(out int at, out _))
        {
            sorted.Add(nodes[at]);
            done[at] = true;
            foreach (int reader in readers[at].Where(reader => --open[reader] == 0))
            {
                ready.Enqueue(reader, reader);
            }
        }

        return sorted.Count == nodes.Length ? [.. sorted] : throw new OnnxException($"ONNX: {nodes.Length - sorted.Count} nodes feed each other in a circle, '{nodes[Array.IndexOf(done, false)].Output.FirstOrDefault()}' among them. A graph must have none.");
    }
}
