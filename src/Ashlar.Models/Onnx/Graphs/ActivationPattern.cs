namespace Ashlar.Onnx.Graphs;

/// <summary>Activations that exporters write out: gelu in two forms, silu.</summary>
static class ActivationPattern
{
    /// <summary>½ · x · (1 + erf(x / √2)).</summary>
    public static PatternMatch? AtErf(StepGraph graph, Step erf) =>
        graph.Producer(erf.Inputs[0], "Div", "Mul") is { Inputs.Length: 2 } scaled && Operand(graph, scaled, Math.Sqrt(2), Math.Sqrt(0.5)) is { } x
            ? Half(graph, "gelu", erf, x, [scaled])
            : null;

    /// <summary>½ · x · (1 + tanh(√(2/π) · (x + 0.044715 x³))).</summary>
    public static PatternMatch? AtTanh(StepGraph graph, Step tanh)
    {
        if (graph.Producer(tanh.Inputs[0], "Mul") is not { } scaled || Operand(graph, scaled, double.NaN, Math.Sqrt(2 / Math.PI)) is not { } inner || graph.Producer(inner, "Add") is not { Inputs.Length: 2 } sum)
        {
            return null;
        }

        foreach (int x in sum.Inputs)
        {
            var steps = new List<Step> { scaled, sum };
            (double factor, int power) = Term(graph, StepGraph.Other(sum, x), x, steps);
            if (power == 3 && Math.Abs(factor - 0.044715) < 1e-5 && Half(graph, "gelu (tanh)", tanh, x, steps) is { } match)
            {
                return match;
            }
        }

        return null;
    }

    /// <summary>x · σ(x).</summary>
    public static PatternMatch? AtSigmoid(StepGraph graph, Step sigmoid) =>
        graph.OnlyReader(sigmoid.Outputs[0], "Mul") is { } product && StepGraph.Other(product, sigmoid.Outputs[0]) == sigmoid.Inputs[0]
            ? PatternMatch.Of(graph, "silu", [sigmoid, product], product)
            : null;

    // What is divided by one number or multiplied by another.
    static int? Operand(StepGraph graph, Step step, double divisor, double factor) =>
        step.Operator.Name == "Div" ? graph.IsNumber(step.Inputs[1], divisor) ? step.Inputs[0] : null
        : graph.IsNumber(step.Inputs[1], factor) ? step.Inputs[0] : graph.IsNumber(step.Inputs[0], factor) ? step.Inputs[1] : null;

    // A product of a number and powers of x.
    static (double Factor, int Power) Term(StepGraph graph, int slot, int x, List<Step> steps)
    {
        if (slot == x)
        {
            return (1, 1);
        }

        if (graph.Number(slot) is { } number)
        {
            return (number, 0);
        }

        if (graph.Producer(slot, "Mul", "Pow") is not { Inputs.Length: 2 } step)
        {
            return (double.NaN, 0);
        }

        steps.Add(step);
        if (step.Operator.Name == "Pow")
        {
            return step.Inputs[0] == x && graph.Number(step.Inputs[1]) is 2 or 3 ? (1, (int)graph.Number(step.Inputs[1])!) : (double.NaN, 0);
        }

        (double factor, int power) = Term(graph, step.Inputs[0], x, steps);
        (double other, int more) = Term(graph, step.Inputs[1], x, steps);
        return (factor * other, power + more);
    }

    // One is added, then come x and ½ in any order.
    static PatternMatch? Half(StepGraph graph, string name, Step function, int x, List<Step> before)
    {
        int slot = function.Outputs[0];
        if (graph.OnlyReader(slot, "Add") is not { } sum || !graph.IsNumber(StepGraph.Other(sum, slot), 1))
        {
            return null;
        }

        var steps = new List<Step>([function, .. before, sum]);
        (bool half, bool whole) = (false, false);
        Step last = sum;
        while (!half || !whole)
        {
            slot = last.Outputs[0];
            if (graph.OnlyReader(slot, "Mul", "Div") is not { } next || StepGraph.Other(next, slot) is not (>= 0 and var other) || (next.Operator.Name == "Div" && next.Inputs[0] != slot))
            {
                return null;
            }

            if (!half && graph.IsNumber(other, next.Operator.Name == "Div" ? 2 : 0.5))
            {
                half = true;
            }
            else if (!whole && other == x && next.Operator.Name == "Mul")
            {
                whole = true;
            }
            else if (!half && !whole && next.Operator.Name == "Mul" && graph.Producer(other, "Mul", "Div") is { Inputs.Length: 2 } part && Operand(graph, part, 2, 0.5) == x)
            {
                steps.Add(part);
                (half, whole) = (true, true);
            }
            else
            {
                return null;
            }

            steps.Add(next);
            last = next;
        }

        return PatternMatch.Of(graph, name, steps, last);
    }
}
