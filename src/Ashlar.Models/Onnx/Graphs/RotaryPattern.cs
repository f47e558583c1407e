using Ashlar.Onnx.Operators;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Graphs;

/// <summary>x · cos + (-x₂, x₁) · sin, where x₁ and x₂ are the halves of x: positions that are told by turning.</summary>
static class RotaryPattern
{
    /// <param name="graph">All steps.</param>
    /// <param name="negated">-x₂, one of them.</param>
    public static PatternMatch? At(StepGraph graph, Step negated)
    {
        if (graph.OnlyReader(negated.Outputs[0], "Concat") is not { Inputs.Length: 2 } turned || turned.Inputs[0] != negated.Outputs[0]
            || graph.Producer(negated.Inputs[0], "Slice", "Split") is not { } second || graph.Producer(turned.Inputs[1], "Slice", "Split") is not { } first || first.Inputs[0] != second.Inputs[0]
            || graph.OnlyReader(turned.Outputs[0], "Mul") is not { Inputs.Length: 2 } bySine || graph.OnlyReader(bySine.Outputs[0], "Add") is not { Inputs.Length: 2 } sum
            || graph.Producer(StepGraph.Other(sum, bySine.Outputs[0]), "Mul") is not { Inputs.Length: 2 } byCosine || !byCosine.Inputs.Contains(first.Inputs[0]))
        {
            return null;
        }

        int x = first.Inputs[0];
        Step[] steps = [first, second, negated, turned, bySine, byCosine, sum];
        if (PatternMatch.Of(graph, "rotary embedding", steps, sum) is not { } match)
        {
            return null;
        }

        int[] inputs = [x, StepGraph.Other(byCosine, x), StepGraph.Other(bySine, turned.Outputs[0]), .. first.Inputs[1..], .. second.Inputs[1..]];
        (int lowAt, int highAt) = (Array.IndexOf(first.Outputs, turned.Inputs[1]), Array.IndexOf(second.Outputs, negated.Inputs[0]));
        int middle = 3 + first.Inputs.Length - 1;
        var whole = new Operator("RotaryEmbedding", 1, c => Turn(c, (int)turned.Attributes.Int("axis", -1),
            Part(c, first, 3, middle, lowAt), Part(c, second, middle, inputs.Length, highAt)));
        return match with { Instead = match.Steps.ToDictionary(step => step, step => step == sum ? sum with { Operator = whole, Inputs = inputs } : null) };
    }

    static Tensor Part(OperatorCall c, Step step, int from, int to, int output)
    {
        OnnxValue?[] given = [c.Value(0), .. Enumerable.Range(from, to - from).Select(i => c.Has(i) ? c.Value(i) : null)];
        var call = new OperatorCall(step.Operator.Name, step.Opset, step.Attributes, given, [.. step.Outputs.Select(slot => slot >= 0)], name => c.Body(name), () => c.Seed, c.IsRecorded);
        return ((OnnxTensor)step.Operator.Body(call).Values[output]!).Tensor;
    }

    // By halves, so that neither -x₂ nor what stands behind it is laid down; a - b · s is a + (-b) · s, bit for bit.
    static Tensor Turn(OperatorCall c, int axis, Tensor first, Tensor second)
    {
        (Tensor x, Tensor cos, Tensor sin) = (c[0], c[1], c[2]);
        int extent = x.Rank == 0 ? 0 : x.Shape[^1];
        bool isWhole = OperatorCall.Axis(axis, x.Rank) == x.Rank - 1 && first.Shape[^1] + second.Shape[^1] == extent && cos.Rank > 0 && cos.Shape[^1] == extent && sin.Rank > 0 && sin.Shape[^1] == extent;
        if (!isWhole)
        {
            return (x * cos) + (Tensor.Concat([-second, first], axis) * sin);
        }

        int half = second.Shape[^1];
        return Tensor.Concat(
            [
                (x.Slice(-1, 0, half) * cos.Slice(-1, 0, half)) - (second * sin.Slice(-1, 0, half)),
                (x.Slice(-1, half, extent - half) * cos.Slice(-1, half, extent - half)) + (first * sin.Slice(-1, half, extent - half)),
            ],
            -1);
    }
}
