using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar.Autodiff;

/// <summary>The rule of a batch, by vectorizing the rule of one example.</summary>
/// <param name="example">The rule of one example.</param>
/// <param name="batched">For each given node whether it has the batch as axis 0.</param>
sealed class BatchedRule(GradientRule example, bool[] batched) : GradientRule(example.Name)
{
    public override bool IsTransparentForward => example.IsTransparentForward;

    public override Node?[] Vjp(Node value, Node[] given, Node cotangent) =>
        Vjp([value, .. given], [true, .. batched], cotangent, (inputs, dy) => [null, .. example.Vjp(inputs[0], inputs[1..], dy)])[1..];

    public override Node? Jvp(Node value, Node[] given, Node?[] tangents)
    {
        Node one = Stand(value);
        Node[] ones = [.. given.Select((node, i) => batched[i] ? Stand(node) : node)];
        Node?[] along = [.. tangents.Select((node, i) => node is not null && batched[i] ? Stand(node) : node)];
        if (example.Jvp(one, ones, along) is not { } tangent)
        {
            return null;
        }

        var examples = new List<Node> { one };
        var batches = new List<Node> { value };
        for (int i = 0; i < ones.Length; i++)
        {
            if (batched[i])
            {
                examples.Add(ones[i]);
                batches.Add(given[i]);
                if (tangents[i] is { } dx)
                {
                    examples.Add(along[i]!);
                    batches.Add(dx);
                }
            }
        }

        return Vectorize.Over([tangent], examples.ToArray(), batches.ToArray())[0];
    }

    /// <summary>The vjp of a batch from that of one example; what is the same for all examples gets the sum over them.</summary>
    /// <param name="inputs">The operands.</param>
    /// <param name="batched">For each whether it has the batch as axis 0.</param>
    /// <param name="cotangent">Of the result; the batch is its axis 0.</param>
    /// <param name="rule">From operands and cotangent of one example to the cotangents of its operands.</param>
    public static Node?[] Vjp(ReadOnlySpan<Node> inputs, bool[] batched, Node cotangent, Func<Node[], Node, Node?[]> rule)
    {
        var ones = new Node[inputs.Length];
        var examples = new List<Node>();
        var batches = new List<Node>();
        for (int i = 0; i < ones.Length; i++)
        {
            ones[i] = inputs[i];
            if (batched[i])
            {
                ones[i] = Stand(inputs[i]);
                examples.Add(ones[i]);
                batches.Add(inputs[i]);
            }
        }

        Node dy = Stand(cotangent);
        examples.Add(dy);
        batches.Add(cotangent);
        Node?[] parts = rule(ones, dy);
        Node[] present = [.. parts.OfType<Node>()];
        var all = new Queue<Node>(Vectorize.Over(present, examples.ToArray(), batches.ToArray()));
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] is not null)
            {
                Node part = all.Dequeue();
                parts[i] = batched[i] ? part : Op.Sum(part, [0]);
            }
        }

        return parts;
    }

    // A placeholder for one example.
    static Node Stand(Node batch) => Op.Barrier(Node.Slot(new Shape(batch.Shape.Extents[1..]), batch.Type, 0));
}
