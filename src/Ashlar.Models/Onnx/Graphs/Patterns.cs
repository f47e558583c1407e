namespace Ashlar.Onnx.Graphs;

/// <summary>Finds layers and functions that exporters wrote out as small steps.</summary>
/// <remarks>
/// What stands instead of steps has their bits: the scheduler makes the same launches of small operations as of our own layers, so only the form is changed, where another form needs fewer.
/// </remarks>
static class Patterns
{
    // At which operator a pattern is known.
    static readonly Dictionary<string, Func<StepGraph, Step, PatternMatch?>> Anchors = new()
    {
        ["Softmax"] = AttentionPattern.At,
        ["Sqrt"] = NormalizationPattern.At,
        ["Erf"] = ActivationPattern.AtErf,
        ["Tanh"] = ActivationPattern.AtTanh,
        ["Sigmoid"] = ActivationPattern.AtSigmoid,
        ["Neg"] = RotaryPattern.At,
        ["BatchNormalization"] = AfterConvolution,
    };

    /// <summary>All patterns; no step belongs to two.</summary>
    public static IReadOnlyList<PatternMatch> Find(StepGraph graph)
    {
        var found = new List<PatternMatch>();
        var taken = new HashSet<int>();
        foreach (Step step in graph.Steps)
        {
            if (Anchors.TryGetValue(step.Operator.Name, out Func<StepGraph, Step, PatternMatch?>? at) && StepGraph.Is(step, step.Operator.Name)
                && at(graph, step) is { } match && !match.Steps.Any(member => taken.Contains(member.Number)))
            {
                found.Add(match);
                taken.UnionWith(match.Steps.Select(member => member.Number));
            }
        }

        return found;
    }

    /// <summary>The steps with what the patterns put in their place.</summary>
    public static Step[] Rewritten(StepGraph graph)
    {
        // What the two patterns begin with that put something in the place of steps: looking for the others would only cost time.
        if (!graph.Steps.Any(step => step.Operator.Name is "Softmax" or "Neg"))
        {
            return [.. graph.Steps];
        }

        Dictionary<int, Step?> instead = Find(graph).SelectMany(match => match.Instead).ToDictionary(entry => entry.Key.Number, entry => entry.Value);
        return [.. graph.Steps.Select(step => instead.TryGetValue(step.Number, out Step? other) ? other : step).OfType<Step>()];
    }

    // It joins the convolution's launch as it is; multiplied into the weights it would be rounded once more.
    static PatternMatch? AfterConvolution(StepGraph graph, Step step) =>
        graph.Producer(step.Inputs[0], "Conv") is { } convolution && step.Outputs is [_] && step.Attributes.Int("training_mode", 0) == 0
            ? PatternMatch.Of(graph, "convolution and batch norm", [convolution, step], step)
            : null;
}
