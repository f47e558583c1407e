using Ashlar.Ir;
using Ashlar.Onnx.Operators;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Graphs;

/// <summary>A graph made ready: names are slots, operators are functions, what depends on nothing is computed.</summary>
/// <param name="name">Of the graph, for messages.</param>
/// <param name="slots">Number of values.</param>
/// <param name="inputs">Slots of the inputs in order.</param>
/// <param name="outputs">Slots of the outputs in order.</param>
/// <param name="captures">Slots of the graph around it that this one reads, with its own slots for them.</param>
/// <param name="initializers">Values of slots that the file holds.</param>
/// <param name="declared">What the graph says of its outputs.</param>
/// <param name="steps">In an order in which every input comes before its reader.</param>
sealed class GraphProgram(string name, int slots, int[] inputs, int[] outputs, (int Outer, int Own)[] captures, IReadOnlyDictionary<int, OnnxValue> initializers, (OnnxDType Type, int[] Extents)?[] declared, Step[] steps)
{
    // A few bytes of a file may ask for gigabytes: what is larger is left to the run, where whoever runs a model decides.
    const long LargestFolded = 1L << 30;

    // Operations of what is computed at load; a second or two. What costs more is left to the first run.
    const long MostOperations = 50_000_000_000;

    // Elements of an operator that reads its inputs on the host and may write as many numbers for each.
    const int MostRead = 1 << 16;

    static readonly object Absent = new();

    Step[] _live = steps;

    // The same before patterns were put in.
    Step[] _plain = steps;

    Dictionary<int, OnnxValue> _constants = new(initializers);

    public string Name => name;

    public int Inputs => inputs.Length;

    public int Outputs => outputs.Length;

    public (OnnxDType Type, int[] Extents)? Declared(int output) => declared[output];

    public IReadOnlyList<Step> Steps { get; } = steps;

    public IReadOnlyDictionary<int, OnnxValue> Initializers { get; } = initializers;

    /// <summary>Layers and functions that were written out as small steps, those of bodies and functions included.</summary>
    public IEnumerable<PatternMatch> Patterns => [.. Graphs.Patterns.Find(Connected(_plain)), .. Steps.SelectMany(step => step.Bodies.Values).SelectMany(body => body.Patterns)];

    /// <summary>Computes what depends on initializers alone, once.</summary>
    /// <param name="patterns">Whether recognised patterns are recorded in the form that makes fewer launches; with the same bits.</param>
    public void Fold(bool patterns = true)
    {
        var frame = new Frame(slots, RandomKey.FromSeed(0));
        Place(frame, Initializers);
        var folded = new HashSet<int>();
        (long bytes, long operations) = (0, 0);
        var counted = new HashSet<Node>();
        foreach (Step step in Steps)
        {
            if (!step.IsPure || step.Inputs.Any(slot => slot >= 0 && frame.Values[slot] is null) || (step.Operator.IsSizedByValues && step.Inputs.Any(slot => slot >= 0 && frame.Values[slot] is OnnxTensor { Tensor.Size: > MostRead })))
            {
                continue;
            }

            OnnxValue?[] results = Call(step, frame);
            long cost = Cost(results, counted);
            long size = results.Sum(Bytes);
            if (bytes + size <= LargestFolded && operations + cost <= MostOperations)
            {
                operations += cost;
                Take(step, frame, results);
                Know(step, frame);
                folded.Add(step.Number);
                bytes += size;
            }
        }

        _live = [.. Steps.Where(step => !folded.Contains(step.Number))];
        var read = new HashSet<int>(_live.SelectMany(step => step.Inputs).Concat(_live.SelectMany(step => step.Bodies.Values).SelectMany(body => body.Outer())).Concat(outputs));
        _constants = read.Where(slot => slot >= 0 && frame.Values[slot] is not null).ToDictionary(slot => slot, slot => frame.Values[slot]!);
        try
        {
            Frame.Compute(_constants.Values);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // All was computed in one plan, which knows nothing of nodes: node by node the one that fails is found.
            foreach (Step step in Steps.Where(step => folded.Contains(step.Number)))
            {
                ComputeNow(step, frame);
            }

            throw;
        }

        _plain = _live;
        _live = patterns ? Graphs.Patterns.Rewritten(Connected(_live)) : _live;
        Mark();
    }

    StepGraph Connected(Step[] connected) => new(connected, connected.SelectMany(step => step.Bodies.Values).SelectMany(body => body.Outer()).Concat(outputs), _constants);

    /// <summary>Runs the graph: records its steps and reads on the host what a step asks for.</summary>
    /// <param name="given">One for each input; null takes the initializer of that name.</param>
    /// <param name="outer">The values around a body, or null.</param>
    /// <param name="chance">Draws every random step's; null where the run is recorded for many.</param>
    /// <param name="fresh">Takes tensors that later runs will read, to be computed with the results.</param>
    /// <param name="see">Is shown every step when it has run, those that were folded too; null for nobody.</param>
    /// <param name="budget">What the run may cost, of a run that is inside no other; null for anything.</param>
    public OnnxValue[] Run(ReadOnlySpan<OnnxValue?> given, Frame? outer, RandomKey? chance, FreshValues fresh, Action<Step, Frame>? see = null, RunBudget? budget = null)
    {
        if (given.Length != inputs.Length)
        {
            throw new OnnxException($"graph '{name}' has {inputs.Length} inputs, given are {given.Length}. The model is damaged; export it again.");
        }

        // An initializer may be replaced by an input; what was computed from it is then computed again, as all is where somebody looks on.
        bool replaced = see is not null;
        for (int i = 0; i < inputs.Length; i++)
        {
            replaced |= given[i] is not null && Initializers.ContainsKey(inputs[i]);
        }

        var frame = new Frame(slots, chance) { Budget = outer?.Budget ?? budget };
        frame.Budget?.Spend([]);
        Place(frame, replaced ? Initializers : _constants);
        foreach ((int slot, int own) in captures)
        {
            frame.Values[own] = outer!.Values[slot];
            frame.Known[own] = outer.Known[slot];
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            if (given[i] is { } value)
            {
                frame.Values[inputs[i]] = value;
                frame.Known[inputs[i]] = false;
            }
        }

        foreach (Step step in replaced ? Steps : _live)
        {
            Advance(step, frame, fresh);
            see?.Invoke(step, frame);
            foreach (int slot in replaced ? [] : step.Dead)
            {
                frame.Values[slot] = null;
            }
        }

        return [.. outputs.Select(slot => frame.Values[slot] ?? throw new OnnxException($"graph '{name}' promises an output that no node gives. The model is damaged; export it again."))];
    }

    static long Bytes(OnnxValue? value) => value is OnnxTensor tensor ? (long)tensor.Tensor.Size * tensor.Tensor.DType.ItemSize : 0;

    // What the new nodes among the results cost.
    static long Cost(OnnxValue?[] results, HashSet<Node> counted)
    {
        Node[] roots = [.. results.OfType<OnnxTensor>().Select(tensor => tensor.Tensor.Node)];
        return GraphWalk.PostOrder(roots, node => node.Value is null && !counted.Contains(node)).Where(node => node.Value is null && counted.Add(node)).Aggregate(0L, (sum, node) => (long)Math.Min(long.MaxValue / 2.0, (double)sum + Math.Max(0, node.Primitive.Cost(node))));
    }

    IEnumerable<int> Outer() => captures.Select(capture => capture.Outer);

    static void Place(Frame frame, IReadOnlyDictionary<int, OnnxValue> values)
    {
        foreach ((int slot, OnnxValue value) in values)
        {
            frame.Values[slot] = value;
            frame.Known[slot] = true;
        }
    }

    // What depends on shapes and constants alone is recalled as long as these stay the same.
    static void Advance(Step step, Frame frame, FreshValues fresh)
    {
        bool shapes = step.Operator.ReadsShapesOnly;
        if (!step.IsPure || !(shapes || step.Inputs.All(slot => slot < 0 || frame.Known[slot])))
        {
            Take(step, frame, Call(step, frame));
            return;
        }

        object[] key = Array.ConvertAll(step.Inputs, slot => slot < 0 ? Absent : shapes ? ShapeOf(step, frame, slot) : frame.Values[slot]!);
        OnnxValue?[]? results = step.Recall(key);
        if (results is null)
        {
            results = Call(step, frame);
            step.Remember(key, results);
            // What is too large to be kept may be read for its shape alone.
            fresh.Add(step, Given(step, frame), results.OfType<OnnxTensor>().Where(tensor => Bytes(tensor) <= LargestFolded));
        }

        Take(step, frame, results);
        Know(step, frame);
    }

    static void Know(Step step, Frame frame)
    {
        foreach (int slot in step.Outputs)
        {
            if (slot >= 0)
            {
                frame.Known[slot] = true;
            }
        }
    }

    static Shape ShapeOf(Step step, Frame frame, int slot) => frame.Values[slot] switch
    {
        OnnxTensor tensor => tensor.Tensor.Shape,
        OnnxStrings text => text.Shape,
        _ => throw Failed(step, Given(step, frame), new OnnxException($"input 0 is {frame.Values[slot]}, wanted a tensor. Convert it before.")),
    };

    static void Take(Step step, Frame frame, OnnxValue?[] results)
    {
        for (int i = 0; i < step.Outputs.Length; i++)
        {
            if (step.Outputs[i] >= 0)
            {
                frame.Values[step.Outputs[i]] = i < results.Length ? results[i] : null;
            }
        }
    }

    static OnnxValue?[] Call(Step step, Frame frame)
    {
        OnnxValue?[] given = Given(step, frame);
        var call = new OperatorCall(step.Operator.Name, step.Opset, step.Attributes, given, Array.ConvertAll(step.Outputs, slot => slot >= 0),
            body => step.Bodies.TryGetValue(body, out GraphProgram? program) ? new BoundGraph(program, frame) : throw new OnnxException($"the graph '{body}' is missing. The model is damaged; export it again."), () => Chance(step, frame), frame.IsRecorded)
        {
            IsKnown = input => input < step.Inputs.Length && step.Inputs[input] >= 0 && frame.Known[step.Inputs[input]],
        };
        try
        {
            OnnxValue?[] results = step.Operator.Body(call).Values;
            frame.Budget?.Spend(results);
            return results;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            throw Failed(step, given, e);
        }
    }

    static OnnxValue?[] Given(Step step, Frame frame) => Array.ConvertAll(step.Inputs, slot => slot < 0 ? null : frame.Values[slot]);

    /// <summary>Computes what a step gave, so that an error is its own.</summary>
    /// <exception cref="OnnxException">It cannot be computed: the node and what it saw are named.</exception>
    public static void ComputeNow(Step step, Frame frame) => ComputeNow(step, Given(step, frame), step.Outputs.Where(slot => slot >= 0).Select(slot => frame.Values[slot]).OfType<OnnxValue>());

    /// <summary>As <see cref="ComputeNow(Step, Frame)"/>, of a step whose inputs the frame may have let go.</summary>
    public static void ComputeNow(Step step, OnnxValue?[] given, IEnumerable<OnnxValue> results)
    {
        try
        {
            Frame.Compute(results);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw Failed(step, given, e);
        }
    }

    static RandomKey Chance(Step step, Frame frame)
    {
        RandomKey chance = frame.Chance(step.Number) ?? throw new OnnxException("a number is drawn in a run that is recorded for many. This is caught and the model is recorded anew in each run.");
        return step.Attributes.Has("seed") ? chance.Fold(BitConverter.SingleToInt32Bits(step.Attributes.Float("seed", 0))) : chance;
    }

    static OnnxException Failed(Step step, OnnxValue?[] given, Exception e) =>
        new($"{step.Operator.Name} '{step.Name}' of {string.Join(", ", given.Select(value => value?.ToString() ?? "nothing"))}: {e.Message}", e)
        {
            // Of nodes inside each other the innermost knows best.
            Value = e is OnnxException { Value.Length: > 0 } within ? within.Value : step.Values.FirstOrDefault(value => value.Length > 0) ?? "",
            Seen = e is OnnxException { Seen.Count: > 0 } inner ? inner.Seen : [.. given.OfType<OnnxTensor>().Select(value => value.Tensor.Shape)],
        };

    // A value is let go after its last reader, so that a run with reads on the host holds little.
    void Mark()
    {
        var last = new Dictionary<int, Step>();
        foreach (Step step in _live)
        {
            foreach (int slot in step.Inputs.Concat(step.Bodies.Values.SelectMany(body => body.Outer())))
            {
                last[slot] = step;
            }
        }

        foreach (IGrouping<Step, int> dead in last.Where(entry => entry.Key >= 0 && !_constants.ContainsKey(entry.Key) && !outputs.Contains(entry.Key)).GroupBy(entry => entry.Value, entry => entry.Key))
        {
            dead.Key.Dead = [.. dead];
        }
    }

    sealed class BoundGraph(GraphProgram program, Frame outer) : ISubgraph
    {
        int _runs;

        public int Inputs => program.Inputs;

        public int Outputs => program.Outputs;

        public (OnnxDType Type, int[] Extents)? Declared(int output) => program.Declared(output);

        public OnnxValue[] Run(ReadOnlySpan<OnnxValue?> inputs)
        {
            var fresh = new FreshValues();
            try
            {
                return program.Run(inputs, outer, outer.Chance(_runs++), fresh);
            }
            finally
            {
                // What was remembered is computed also where a later step fails.
                fresh.Compute();
            }
        }
    }
}
