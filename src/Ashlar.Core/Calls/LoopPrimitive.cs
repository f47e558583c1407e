using Ashlar.Ir;
using Ashlar.Primitives;

namespace Ashlar.Calls;

/// <summary>A function run a fixed number of times, over carried values and slices of stacked ones. Inputs: carries, stacked inputs, captured values.</summary>
public sealed class LoopPrimitive : CallPrimitive
{
    LoopPrimitive()
        : base("Loop")
    {
    }

    /// <summary>The one instance.</summary>
    public static LoopPrimitive Instance { get; } = new();

    /// <inheritdoc/>
    public override string? OnnxName => "Scan";

    /// <summary>Records a loop.</summary>
    /// <param name="carries">Values before the first step.</param>
    /// <param name="stacked">Inputs with the steps as axis 0.</param>
    /// <param name="steps">Number of steps.</param>
    /// <param name="isReverse">Whether the last slice comes first.</param>
    /// <param name="body">From carries and slices to the next carries, of the same shapes and dtypes, and outputs.</param>
    /// <returns>The attributes of result 0 and the inputs of the call.</returns>
    /// <exception cref="ShapeException">A carry leaves a step otherwise than it entered.</exception>
    public static (LoopAttributes Call, Node[] Inputs) Record(
        ReadOnlySpan<Node> carries, ReadOnlySpan<Node> stacked, int steps, bool isReverse, Func<Node[], Node[], (Node[] Carries, Node[] Outputs)> body)
    {
        using Node.NoGradientScope scope = Node.WithGradient();
        Node[] slices = [.. stacked.ToArray().Select(input => Node.Slot(new Shape(input.Shape.Extents[1..]), input.Type, 0))];
        Node[] arguments = BodyGraph.Arguments([.. carries, .. slices]);
        (Node[] next, Node[] outputs) = body(arguments[..carries.Length], arguments[carries.Length..]);
        CarryRule.Require("Loop", carries, next);
        (BodyGraph[] bodies, Node[] captured) = BodyGraph.Close(arguments, [.. next, .. outputs]);
        return (new LoopAttributes(bodies[0], carries.Length, stacked.Length, steps, isReverse, 0), [.. carries, .. stacked, .. captured]);
    }

    /// <inheritdoc/>
    public override (Shape Shape, DType Type) Infer(ReadOnlySpan<Node> inputs, Attributes? attributes)
    {
        var loop = (LoopAttributes)attributes!;
        for (int i = 0; i < inputs.Length; i++)
        {
            Node slot = loop.Body.Slots[i];
            bool isStacked = i >= loop.Carries && i < loop.Carries + loop.Stacked;
            Shape wanted = isStacked ? new Shape([loop.Steps, .. slot.Shape]) : slot.Shape;
            CarryRule.RequireInput("Loop", i, inputs[i], wanted, slot.Type);
        }

        int result = loop.Result - loop.Carries;
        bool isHistory = result >= loop.Outputs;
        Node one = loop.Body.Results[result < 0 ? loop.Result : isHistory ? result - loop.Outputs : loop.Carries + result];
        return (result < 0 ? one.Shape : new Shape([loop.Steps, .. one.Shape]), one.Type);
    }

    /// <inheritdoc/>
    public override Node?[] Vjp(ReadOnlySpan<Node> results, ReadOnlySpan<Node> cotangents) => new LoopGradient(results[0]).Of(results, cotangents);

    /// <inheritdoc/>
    public override bool TryJvp(Node node, ReadOnlySpan<Node?> tangents, out Node? tangent)
    {
        tangent = null;
        if (!node.Type.IsFloating)
        {
            return true;
        }

        var loop = (LoopAttributes)node.Attributes!;
        Node[] inputs = node.Inputs.ToArray();
        Node?[] given = tangents.ToArray();
        int n = loop.Carries;
        int fixedFrom = n + loop.Stacked;
        int[] carried = [.. Enumerable.Range(0, n).Where(i => inputs[i].Type.IsFloating)];
        int[] sliced = [.. Enumerable.Range(n, loop.Stacked).Where(i => given[i] is not null)];
        Node[] starts = [.. inputs[..n], .. carried.Select(i => given[i] ?? Op.Zeros(inputs[i]))];
        Node[] stacked = [.. inputs[n..fixedFrom], .. sliced.Select(i => given[i]!)];
        int[] outputs = [.. Enumerable.Range(n, loop.Outputs).Where(i => loop.Body.Results[i].Type.IsFloating)];
        (LoopAttributes joint, Node[] all) = Record(starts, stacked, loop.Steps, loop.IsReverse, (carries, slices) =>
        {
            Node?[] directions = [.. inputs.Select((_, i) =>
                i < n ? (Array.IndexOf(carried, i) is >= 0 and int k ? carries[n + k] : null)
                : i < fixedFrom ? (Array.IndexOf(sliced, i) is >= 0 and int s ? slices[loop.Stacked + s] : null)
                : given[i])];
            (Node[] values, Node[] along) = loop.Body.Along([.. carries[..n], .. slices[..loop.Stacked], .. inputs[fixedFrom..]], directions);
            return ([.. values[..n], .. carried.Select(i => along[i])], [.. outputs.Select(i => along[i])]);
        });

        int wanted = loop.Result < n ? n + Array.IndexOf(carried, loop.Result)
            : loop.Result < n + loop.Outputs ? joint.Carries + Array.IndexOf(outputs, loop.Result)
            : joint.Carries + joint.Outputs + n + Array.IndexOf(carried, loop.Result - n - loop.Outputs);
        tangent = new Node(this, all, joint.For(wanted));
        return true;
    }

    /// <inheritdoc/>
    public override Node Vmap(Node node, ReadOnlySpan<Node> inputs, ReadOnlySpan<bool> batched)
    {
        var loop = (LoopAttributes)node.Attributes!;
        int extent = Batching.Extent(inputs, batched);
        int n = loop.Carries;
        int fixedFrom = n + loop.Stacked;
        bool[] flags = batched.ToArray();
        Node[] given = inputs.ToArray();
        for (int i = 0; i < fixedFrom; i++)
        {
            given[i] = i < n && !flags[i] ? Batching.Batch(given[i], extent) : i >= n && flags[i] ? Op.MoveAxis(given[i], 0, 1) : given[i];
            flags[i] |= i < n;
        }

        (LoopAttributes all, Node[] operands) = Record(given.AsSpan(0, n), given.AsSpan(n, loop.Stacked), loop.Steps, loop.IsReverse, (carries, slices) =>
        {
            Node[] results = loop.Body.OnBatch([.. carries, .. slices, .. given[fixedFrom..]], flags);
            return (results[..n], results[n..]);
        });
        var result = new Node(this, operands, all.For(loop.Result));
        return loop.Result < n ? result : Op.MoveAxis(result, 1, 0);
    }

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<Node> results, ReadOnlySpan<HostArray> inputs, ReadOnlySpan<HostArray> values)
    {
        var loop = (LoopAttributes)results[0].Attributes!;
        int n = loop.Carries;
        HostArray[] carries = inputs[..n].ToArray();
        for (int step = 0; step < loop.Steps; step++)
        {
            int slice = loop.SliceOf(step);
            var given = new HostArray[inputs.Length];
            for (int i = 0; i < given.Length; i++)
            {
                given[i] = i < n ? carries[i] : i < n + loop.Stacked ? SliceOf(inputs[i], slice) : inputs[i];
            }

            HostArray[] made = loop.Body.Evaluate(given);
            HostArray[] stacked = [.. made[n..], .. carries];
            carries = made[..n];
            for (int i = 0; i < results.Length; i++)
            {
                if (ResultOf(results[i]) - n is >= 0 and int output)
                {
                    Put(stacked[output], values[i], slice);
                }
            }
        }

        for (int i = 0; i < results.Length; i++)
        {
            if (ResultOf(results[i]) < n)
            {
                carries[ResultOf(results[i])].Bytes.CopyTo(values[i].Bytes, 0);
            }
        }
    }

    /// <inheritdoc/>
    public override long Cost(Node node)
    {
        var loop = (LoopAttributes)node.Attributes!;
        return loop.Steps * loop.Body.Cost();
    }

    static int ResultOf(Node result) => ((LoopAttributes)result.Attributes!).Result;

    static HostArray SliceOf(HostArray stacked, int slice)
    {
        var one = new HostArray(stacked.Type, new Shape(stacked.Shape.Extents[1..]));
        Array.Copy(stacked.Bytes, (long)slice * one.Bytes.Length, one.Bytes, 0, one.Bytes.Length);
        return one;
    }

    static void Put(HostArray one, HostArray stacked, int slice) => one.Bytes.CopyTo(stacked.Bytes, (long)slice * one.Bytes.Length);
}
