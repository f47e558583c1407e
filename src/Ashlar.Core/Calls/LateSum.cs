using Ashlar.Ir;
using Ashlar.Primitives;
using Ashlar.Primitives.Contract;
using Ashlar.Primitives.Movement;
using Ashlar.Primitives.Reduce;

namespace Ashlar.Calls;

/// <summary>The sum over the steps of a loop of a value that is itself a product or a sum: one product or sum over the stacked operands, whose outermost contracted axis is the steps.</summary>
/// <param name="Operands">Values of one step that are stacked.</param>
/// <param name="Record">Records the sum, given the stack [steps, …] of each operand.</param>
sealed record LateSum(Node[] Operands, Func<Func<Node, Node>, Node> Record)
{
    /// <summary>How the sum of a step's value is taken, or null if it is neither a product nor a sum.</summary>
    public static LateSum? Of(Node value)
    {
        switch (value.Primitive)
        {
            case PermutePrimitive or ReshapePrimitive:
                return Of(value.Inputs[0]) is { } moved
                    ? moved with { Record = stacks => new Node(value.Primitive, [moved.Record(stacks)], value.Attributes) }
                    : null;
            case DotPrimitive when value.Attributes is DotAttributes { BatchA.Length: 0 } dot:
                (Node a, Node b) = (value.Inputs[0], value.Inputs[1]);
                var over = new DotAttributes([], [], [0, .. Shifted(dot.ContractA)], [0, .. Shifted(dot.ContractB)]);
                return new LateSum([a, b], stacks => new Node(DotPrimitive.Instance, [stacks(a), stacks(b)], over));
            case ReducePrimitive when value.Attributes is ReduceAttributes { Kind: ReduceKind.Sum } reduce:
                Node x = value.Inputs[0];
                return new LateSum([x], stacks => Op.Sum(stacks(x), [0, .. Shifted(reduce.Axes)]));
            default:
                return null;
        }
    }

    static int[] Shifted(ReadOnlySpan<int> axes) => Array.ConvertAll(axes.ToArray(), axis => axis + 1);
}
