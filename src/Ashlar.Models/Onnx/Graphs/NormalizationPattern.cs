namespace Ashlar.Onnx.Graphs;

/// <summary>(x - mean) / √(mean of squares + ε) over the last axes, and x / √(mean of squares + ε), with weight and bias or without.</summary>
static class NormalizationPattern
{
    /// <param name="graph">All steps.</param>
    /// <param name="root">The square root, one of them.</param>
    public static PatternMatch? At(StepGraph graph, Step root)
    {
        if (graph.Producer(root.Inputs[0], "Add") is not { } shifted || Mean(graph, shifted) is not { } mean || LastAxes(graph, mean) is not { } axes || Squared(graph, mean.Inputs[0]) is not { } square)
        {
            return null;
        }

        int x = square.Inputs[0];
        var steps = new List<Step> { root, shifted, mean, square };
        string name = "RMS norm";
        if (graph.Producer(x, "Sub") is { } centred && graph.Producer(centred.Inputs[1], "ReduceMean") is { } middle && middle.Inputs[0] == centred.Inputs[0] && LastAxes(graph, middle) is { } same && same.SequenceEqual(axes))
        {
            steps.AddRange([centred, middle]);
            name = "layer norm";
        }

        if (Divided(graph, root, x, steps) is not { } last)
        {
            return null;
        }

        last = Scaled(graph, last, "Mul", steps);
        last = name == "layer norm" ? Scaled(graph, last, "Add", steps) : last;
        return PatternMatch.Of(graph, name, steps, last);
    }

    // The mean to which a small constant is added.
    static Step? Mean(StepGraph graph, Step shifted)
    {
        foreach (int slot in shifted.Inputs)
        {
            if (graph.Producer(slot, "ReduceMean") is { } mean && graph.Number(StepGraph.Other(shifted, slot)) is > 0 and < 1)
            {
                return mean;
            }
        }

        return null;
    }

    // Counted from the end, since the rank is not known, with axes of extent 1 in their place.
    static long[]? LastAxes(StepGraph graph, Step mean) => mean.Attributes.Int("keepdims", 1) == 1 && graph.Axes(mean) is { Length: > 0 } axes && axes.Order().SequenceEqual(Enumerable.Range(1, axes.Length).Select(i => (long)i - axes.Length - 1)) ? [.. axes.Order()] : null;

    static Step? Squared(StepGraph graph, int slot) => graph.Producer(slot, "Pow", "Mul") is { Inputs.Length: 2 } step && (step.Operator.Name == "Mul" ? step.Inputs[0] == step.Inputs[1] : graph.IsNumber(step.Inputs[1], 2)) ? step : null;

    // By the root, or multiplied by its reciprocal.
    static Step? Divided(StepGraph graph, Step root, int x, List<Step> steps)
    {
        int slot = root.Outputs[0];
        Step? step = graph.OnlyReader(slot, "Div", "Reciprocal");
        if (step is not null && (step.Operator.Name == "Reciprocal" || graph.IsNumber(step.Inputs[0], 1)))
        {
            steps.Add(step);
            slot = step.Outputs[0];
            step = graph.OnlyReader(slot, "Mul");
            if (step is null || StepGraph.Other(step, slot) != x)
            {
                return null;
            }
        }
        else if (step?.Inputs[0] != x)
        {
            return null;
        }

        steps.Add(step!);
        return step;
    }

    static Step Scaled(StepGraph graph, Step last, string by, List<Step> steps)
    {
        int slot = last.Outputs[0];
        if (graph.OnlyReader(slot, by) is { } step && StepGraph.Other(step, slot) is >= 0 and var weight && weight != slot && !graph.IsComputed(weight))
        {
            steps.Add(step);
            return step;
        }

        return last;
    }
}
