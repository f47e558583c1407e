using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar.Calls;

/// <summary>A function run while a condition on the carried values holds. Inputs: carries, captured values.</summary>
public sealed class WhilePrimitive : CallPrimitive
{
    WhilePrimitive()
        : base("While")
    {
    }

    /// <summary>The one instance.</summary>
    public static WhilePrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override string? OnnxName => "Loop";

    /// <summary>Records a loop.</summary>
    /// <param name="carries">Values before the first step.</param>
    /// <param name="condition">From the carries to bool [].</param>
    /// <param name="body">From the carries to the next, of the same shapes and dtypes.</param>
    /// <returns>The attributes of carry 0 and the inputs of the call.</returns>
    /// <exception cref="ShapeException">The condition is no single bool, or a carry leaves a step otherwise than it entered.</exception>
    public static (WhileAttributes Call, Node[] Inputs) Record(ReadOnlySpan<Node> carries, Func<Node[], Node> condition, Func<Node[], Node[]> body)
    {
        using Node.NoGradientScope scope = Node.WithGradient();
        Node[] arguments = BodyGraph.Arguments(carries);
        Node holds = condition(arguments);
        if (holds.Type != DType.Bool || holds.Shape.Rank != 0)
        {
            throw new ShapeException($"While: the condition is {holds.Type.Name}{holds.Shape}. Return one bool [], such as a comparison of single numbers.");
        }

        Node[] next = body(arguments);
        CarryRule.Require("While", carries, next);
        (BodyGraph[] bodies, Node[] captured) = BodyGraph.Close(arguments, [holds], next);
        return (new WhileAttributes(bodies[0], bodies[1], 0), [.. carries, .. captured]);
    }

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var loop = (WhileAttributes)attributes!;
        for (int i = 0; i < inputs.Length; i++)
        {
            CarryRule.RequireInput("While", i, inputs[i], loop.Body.Slots[i].Shape, loop.Body.Slots[i].Type);
        }

        Node carry = loop.Body.Results[loop.Result];
        return (carry.Shape, carry.Type);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Always, for a floating carry.</exception>
    public override Node?[] Vjp(ReadOnlySpan<Node> results, ReadOnlySpan<Node> cotangents)
    {
        foreach (Node result in results)
        {
            if (result.Type.IsFloating)
            {
                throw new InvalidOperationException(
                    "While: no gradient passes backwards, since the number of steps is not known before it ran. Use Control.Loop with a fixed number of steps, forward mode (Transform.Jvp), or StopGradient() on the result.");
            }
        }

        return new Node?[results[0].Inputs.Length];
    }

    /// <inheritdoc/>
    /// <remarks>The loop that carries the tangents beside the values.</remarks>
    public override bool TryJvp(Node node, ReadOnlySpan<Node?> tangents, out Node? tangent)
    {
        tangent = null;
        if (!node.Type.IsFloating)
        {
            return true;
        }

        var loop = (WhileAttributes)node.Attributes!;
        Node[] inputs = node.Inputs.ToArray();
        Node?[] given = tangents.ToArray();
        int n = loop.Carries;
        int[] moving = [.. Enumerable.Range(0, n).Where(i => inputs[i].Type.IsFloating)];
        Node[] captured = inputs[n..];
        (WhileAttributes joint, Node[] all) = Record(
            [.. inputs[..n], .. moving.Select(i => given[i] ?? Op.Zeros(inputs[i]))],
            carries => loop.Condition.On([.. carries[..n], .. captured])[0],
            carries =>
            {
                Node?[] directions = [.. inputs.Select((_, i) => i >= n ? given[i] : Array.IndexOf(moving, i) is >= 0 and int k ? carries[n + k] : null)];
                (Node[] values, Node[] along) = loop.Body.Along([.. carries[..n], .. captured], directions);
                return [.. values, .. moving.Select(i => along[i])];
            });
        tangent = new Node(this, all, joint.For(n + Array.IndexOf(moving, loop.Result)));
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>Runs until all examples are done; those that are done keep their values. The body still computes them, on values that the condition refused.</remarks>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var loop = (WhileAttributes)node.Attributes!;
        int extent = Batching.Extent(inputs, batched);
        int n = loop.Carries;
        bool[] flags = batched.ToArray();
        Node[] given = inputs.ToArray();
        for (int i = 0; i < n; i++)
        {
            given[i] = flags[i] ? given[i] : Batching.Batch(given[i], extent);
            flags[i] = true;
        }

        Node Holds(Node[] carries) => loop.Condition.OnBatch([.. carries, .. given[n..]], flags)[0];
        (WhileAttributes all, Node[] operands) = Record(
            given.AsSpan(0, n),
            carries => Op.Cast(Op.Reduce(Op.Cast(Holds(carries), DType.Int32), ReduceKind.Max, [0]), DType.Bool),
            carries =>
            {
                Node holds = Holds(carries);
                Node[] next = loop.Body.OnBatch([.. carries, .. given[n..]], flags);
                return [.. next.Select((value, i) =>
                    Op.Where(Op.Expand(Op.Reshape(holds, [extent, .. Op.Ones(value.Shape.Rank - 1)]), value.Shape.Extents), value, carries[i]))];
            });
        return new Node(this, operands, all.For(loop.Result));
    }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<Node> results, ReadOnlySpan<HostArray> inputs, ReadOnlySpan<HostArray> values)
    {
        var loop = (WhileAttributes)results[0].Attributes!;
        HostArray[] carries = inputs.ToArray();
        while (loop.Condition.Evaluate(carries)[0][0] != 0)
        {
            loop.Body.Evaluate(carries).CopyTo(carries, 0);
        }

        for (int i = 0; i < results.Length; i++)
        {
            carries[((WhileAttributes)results[i].Attributes!).Result].Bytes.CopyTo(values[i].Bytes, 0);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Of one step: how many there are is not known.</remarks>
    public override long Cost(Node node)
    {
        var loop = (WhileAttributes)node.Attributes!;
        return loop.Condition.Cost() + loop.Body.Cost();
    }
}
