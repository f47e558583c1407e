using Ashlar.Ir;

namespace Ashlar.Primitives.Index;

/// <summary>The vector-Jacobian products of <see cref="ScatterPrimitive"/>, kind by kind.</summary>
static class ScatterGradients
{
    public static Node?[] Of(Node node, Node cotangent)
    {
        var a = (ScatterAttributes)node.Attributes!;
        Node u = node.Inputs[^1];
        Node[] indices = node.Inputs[(a.HasBase ? 1 : 0)..^1].ToArray();
        (Node? toBase, Node toUpdates) = a.Kind switch
        {
            ScatterKind.Add => (cotangent, Pick(cotangent)),
            ScatterKind.Set => (a.HasBase ? Join(ScatterKind.Set, cotangent, Op.Broadcast(Op.Number(u, 0), u.Shape)) : null, Op.Where(IsLast(), Pick(cotangent), Op.Number(u, 0))),
            ScatterKind.Multiply => (Join(ScatterKind.Multiply, cotangent, u), Op.Multiply(Pick(Op.Multiply(cotangent, node.Inputs[0])), Others())),
            _ => Winners(),
        };
        Node?[] none = new Node?[indices.Length];
        return a.HasBase ? [toBase, .. none, toUpdates] : [.. none, toUpdates];

        Node Pick(Node x) => new(GatherPrimitive.Instance, [x, .. indices], new IndexAttributes(a.Axis, a.Batch, a.Trailing));

        Node Join(ScatterKind kind, Node? to, Node updates) => to is null
            ? new(ScatterPrimitive.Instance, [.. indices, updates], new ScatterAttributes(kind, false, a.Target, a.Axis, a.Batch, a.Trailing))
            : new(ScatterPrimitive.Instance, [to, .. indices, updates], new ScatterAttributes(kind, true, a.Target, a.Axis, a.Batch, a.Trailing));

        // Equal extremes share the gradient, as in a reduction.
        (Node ToBase, Node ToUpdates) Winners()
        {
            Node stays = Flag(Op.Equal(node.Inputs[0], node));
            Node wins = Flag(Op.Equal(u, Pick(node)));
            Node share = Op.Divide(cotangent, Op.Add(stays, Join(ScatterKind.Add, null, wins)));
            return (Op.Multiply(stays, share), Op.Multiply(wins, Pick(share)));
        }

        // For each update the product of all others of its place. Exact with zeros; through two zeros of one place no second derivative passes.
        Node Others()
        {
            Node one = Op.Number(u, 1);
            Node zero = Op.Number(u, 0);
            Node isZero = Op.Equal(u, zero);
            Node zeros = Pick(Join(ScatterKind.Add, null, Flag(isZero)));
            Node rest = Pick(Join(ScatterKind.Multiply, Op.Broadcast(one, a.Target), Op.Where(isZero, one, u)));
            return Op.Where(
                isZero,
                Op.Where(Op.Equal(zeros, one), rest, zero),
                Op.Where(Op.Equal(zeros, zero), Op.Divide(rest, Op.Where(isZero, one, u)), zero));
        }

        // Whether no later update writes to the same place: the numbers of the picks are written the same way and read back.
        Node IsLast()
        {
            Shape index = indices[0].Shape;
            int picks = index.Rank - a.Batch - a.Trailing;
            Node number = Op.Iota(new Shape(new Shape(index.Extents[a.Batch..^a.Trailing]).Size), 0);
            number = Op.Reshape(number, [.. Op.Ones(a.Batch), .. index.Extents[a.Batch..^a.Trailing], .. Op.Ones(a.Trailing)]);
            number = Op.Expand(number, index.Extents);
            Shape target = new([.. a.Target.Extents[..a.Batch], .. a.Target.Extents.Slice(a.Axis, indices.Length), .. a.Target.Extents[^a.Trailing..]]);
            Node written = new(ScatterPrimitive.Instance, [.. indices, number], new ScatterAttributes(ScatterKind.Set, false, target, a.Batch, a.Batch, a.Trailing));
            Node read = new(GatherPrimitive.Instance, [written, .. indices], new IndexAttributes(a.Batch, a.Batch, a.Trailing));
            Node last = Op.Equal(read, number);

            // [batch, picks, trailing] beside [batch, outer, picks, inner, trailing].
            int inner = u.Shape.Rank - a.Axis - picks - a.Trailing;
            return Op.Broadcast(Op.Reshape(last, [.. index.Extents[..a.Batch], .. Op.Ones(a.Axis - a.Batch), .. index.Extents[a.Batch..^a.Trailing], .. Op.Ones(inner), .. index.Extents[^a.Trailing..]]), u.Shape);
        }

        Node Flag(Node condition) => Op.Where(condition, Op.Number(u, 1), Op.Number(u, 0));
    }
}
