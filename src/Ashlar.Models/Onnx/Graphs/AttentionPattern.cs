namespace Ashlar.Onnx.Graphs;

/// <summary>softmax(q · kᵀ · scale + mask) · v, whatever of scale and mask is there and in whatever order.</summary>
static class AttentionPattern
{
    // Steps between the first product and softmax, and between softmax and the second product.
    const int MostBetween = 6;

    /// <param name="graph">All steps.</param>
    /// <param name="softmax">One of them.</param>
    public static PatternMatch? At(StepGraph graph, Step softmax)
    {
        var steps = new List<Step> { softmax };
        if (!Reaches(graph, softmax.Inputs[0], steps, MostBetween) || !IsAlongKeys(graph, softmax, steps[1]))
        {
            return null;
        }

        int slot = softmax.Outputs[0];
        for (int i = 0; i < MostBetween; i++)
        {
            if (graph.OnlyReader(slot, "MatMul") is { } second)
            {
                steps.Add(second);
                return second.Inputs[0] == slot && second.Inputs[1] != slot && PatternMatch.Of(graph, "attention", steps, second) is { } match ? match with { Instead = MaskFirst(steps) } : null;
            }

            // Rows without a key are set to zero by some exporters.
            Step? next = graph.OnlyReader(slot, "Dropout", "Cast", "Reshape", "Identity");
            if (next is null && graph.Readers(slot) is [var one, var two] && (Guard(one, two, slot) ?? Guard(two, one, slot)) is { } guarded)
            {
                steps.Add(guarded == one ? two : one);
                next = guarded;
            }

            if (next is null)
            {
                return null;
            }

            steps.Add(next);
            slot = next.Outputs[0];
        }

        return null;
    }

    // Where(IsNaN(weights), 0, weights).
    static Step? Guard(Step test, Step chooses, int slot) =>
        StepGraph.Is(test, "IsNaN") && StepGraph.Is(chooses, "Where") && chooses.Inputs[0] == test.Outputs[0] && chooses.Inputs[2] == slot ? chooses : null;

    // Goes back to the product; its step is put behind the first, the others follow.
    static bool Reaches(StepGraph graph, int slot, List<Step> steps, int left)
    {
        if (graph.Producer(slot, "MatMul") is { } product)
        {
            steps.Insert(1, product);
            return true;
        }

        if (left == 0 || graph.Producer(slot, "Add", "Mul", "Div", "Where", "Cast", "Reshape") is not { } step)
        {
            return false;
        }

        int[] ways = step.Operator.Name switch { "Add" or "Mul" => [0, 1], "Where" => [1, 2], _ => [0] };
        foreach (int way in ways)
        {
            if (Reaches(graph, step.Inputs[way], steps, left - 1))
            {
                steps.Add(step);
                return true;
            }
        }

        return false;
    }

    // An axis counted from the front is the last one only where the rank is known: keys that are turned by hand tell it.
    static bool IsAlongKeys(StepGraph graph, Step softmax, Step product)
    {
        long axis = softmax.Attributes.Int("axis", softmax.Opset < 13 ? 1 : -1);
        return axis == -1 || (graph.Producer(product.Inputs[1], "Transpose")?.Attributes.Ints("perm") is { } axes && axis == axes.Length - 1);
    }

    // A mask that a run computes is recorded before the product, so that adding it joins the product's launch. Sums do not know the order of two numbers.
    static Dictionary<Step, Step?> MaskFirst(List<Step> steps)
    {
        HashSet<int> inside = [.. steps.SelectMany(step => step.Outputs)];
        return steps.Where(step => step.Operator.Name == "Add" && step.Opset >= 7 && inside.Contains(step.Inputs[0])).ToDictionary(step => step, Step? (step) => step with { Inputs = [step.Inputs[1], step.Inputs[0]] });
    }
}
