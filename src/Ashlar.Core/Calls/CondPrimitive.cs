using Ashlar.Autodiff;
using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar.Calls;

/// <summary>One of two functions, by a predicate that the plan computes. Inputs: the predicate, bool []; operands; captured values of both.</summary>
public sealed class CondPrimitive : CallPrimitive
{
    CondPrimitive()
        : base("Cond")
    {
    }

    /// <summary>The one instance.</summary>
    public static CondPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override string? OnnxName => "If";

    /// <summary>Records a branch.</summary>
    /// <param name="predicate">bool [].</param>
    /// <param name="operands">What both functions are given.</param>
    /// <param name="then">What runs where the predicate is true.</param>
    /// <param name="otherwise">What runs where it is false; its results have the same shapes and dtypes.</param>
    /// <returns>The attributes of result 0 and the inputs of the call.</returns>
    /// <exception cref="ShapeException">The branches' results differ in shape or dtype.</exception>
    public static (CondAttributes Call, Node[] Inputs) Record(Node predicate, ReadOnlySpan<Node> operands, Func<Node[], Node[]> then, Func<Node[], Node[]> otherwise)
    {
        using Node.NoGradientScope scope = Node.WithGradient();
        Node[] arguments = BodyGraph.Arguments(operands);
        Node[] one = then(arguments);
        Node[] two = otherwise(arguments);
        if (one.Length != two.Length)
        {
            throw new ArgumentException($"Cond: one branch returns {one.Length} values, the other {two.Length}. Return the same from both.");
        }

        for (int i = 0; i < one.Length; i++)
        {
            if (!one[i].Shape.Equals(two[i].Shape) || one[i].Type != two[i].Type)
            {
                throw new ShapeException($"Cond: result {i} is {one[i].Type.Name}{one[i].Shape} in one branch and {two[i].Type.Name}{two[i].Shape} in the other. Make shape and dtype equal.");
            }
        }

        (BodyGraph[] bodies, Node[] captured) = BodyGraph.Close(arguments, one, two);
        return (new CondAttributes(bodies[0], bodies[1], 0), [predicate, .. operands, .. captured]);
    }

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var cond = (CondAttributes)attributes!;
        if (inputs[0].Type != DType.Bool || inputs[0].Shape.Rank != 0)
        {
            throw new ShapeException($"Cond: the predicate is {inputs[0].Type.Name}{inputs[0].Shape}. Give one bool []; use Where to choose element by element.");
        }

        for (int i = 1; i < inputs.Length; i++)
        {
            CarryRule.RequireInput("Cond", i, inputs[i], cond.Then.Slots[i - 1].Shape, cond.Then.Slots[i - 1].Type);
        }

        Node one = cond.Then.Results[cond.Result];
        return (one.Shape, one.Type);
    }

    /// <inheritdoc/>
    /// <remarks>The branch of the branches' vjps.</remarks>
    public override Node?[] Vjp(ReadOnlySpan<Node> results, ReadOnlySpan<Node> cotangents)
    {
        Node first = results[0];
        var cond = (CondAttributes)first.Attributes!;
        Node[] inputs = first.Inputs[1..].ToArray();
        int[] places = Array.ConvertAll(results.ToArray(), result => ((CondAttributes)result.Attributes!).Result);
        int[] floating = [.. Enumerable.Range(0, inputs.Length).Where(i => inputs[i].Type.IsFloating)];

        Node[] Back(BodyGraph body, Node[] given)
        {
            Node[] sources = given[..inputs.Length];
            Node[] watched = Array.ConvertAll(sources, Op.Barrier);
            Node[] values = body.On(watched);
            Node[] parts = Gradients.Of([.. places.Select(place => values[place])], given.AsSpan(inputs.Length), [.. floating.Select(i => watched[i])]);
            return Rewrite.Replace(parts, watched, sources);
        }

        (CondAttributes back, Node[] all) = Record(first.Inputs[0], [.. inputs, .. cotangents], given => Back(cond.Then, given), given => Back(cond.Otherwise, given));
        var answer = new Node?[inputs.Length + 1];
        for (int i = 0; i < floating.Length; i++)
        {
            answer[1 + floating[i]] = new Node(this, all, back.For(i));
        }

        return answer;
    }

    /// <inheritdoc/>
    public override bool TryJvp(Node node, ReadOnlySpan<Node?> tangents, out Node? tangent)
    {
        tangent = null;
        if (!node.Type.IsFloating)
        {
            return true;
        }

        var cond = (CondAttributes)node.Attributes!;
        Node[] inputs = node.Inputs[1..].ToArray();
        Node?[] given = tangents[1..].ToArray();
        Node[] moving = [.. given.OfType<Node>()];

        Node[] Along(BodyGraph body, Node[] operands)
        {
            var next = new Queue<Node>(operands[inputs.Length..]);
            return [body.Along(operands[..inputs.Length], Array.ConvertAll(given, dx => dx is null ? null : next.Dequeue())).Tangents[cond.Result]];
        }

        (CondAttributes call, Node[] all) = Record(node.Inputs[0], [.. inputs, .. moving], operands => Along(cond.Then, operands), operands => Along(cond.Otherwise, operands));
        tangent = new Node(this, all, call);
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>With one predicate for all examples the branch of the batched functions; with one for each both functions and a choice.</remarks>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var cond = (CondAttributes)node.Attributes!;
        bool[] flags = batched[1..].ToArray();
        int extent = Batching.Extent(inputs, batched);
        if (!batched[0])
        {
            (CondAttributes call, Node[] all) = Record(inputs[0], inputs[1..], given => cond.Then.OnBatch(given, flags), given => cond.Otherwise.OnBatch(given, flags));
            return new Node(this, all, call.For(cond.Result));
        }

        Node[] operands = inputs[1..].ToArray();
        Node then = One(cond.Then);
        int[] extents = [extent, .. Op.Ones(node.Shape.Rank)];
        return Op.Where(Op.Expand(Op.Reshape(inputs[0], extents), then.Shape.Extents), then, One(cond.Otherwise));

        Node One(BodyGraph body) => flags.Contains(true) ? body.OnBatch(operands, flags)[cond.Result] : Batching.Batch(body.On(operands)[cond.Result], extent);
    }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<Node> results, ReadOnlySpan<HostArray> inputs, ReadOnlySpan<HostArray> values)
    {
        var cond = (CondAttributes)results[0].Attributes!;
        HostArray[] made = (inputs[0][0] != 0 ? cond.Then : cond.Otherwise).Evaluate(inputs[1..]);
        for (int i = 0; i < results.Length; i++)
        {
            made[((CondAttributes)results[i].Attributes!).Result].Bytes.CopyTo(values[i].Bytes, 0);
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node)
    {
        var cond = (CondAttributes)node.Attributes!;
        return Math.Max(cond.Then.Cost(), cond.Otherwise.Cost());
    }
}
