using Ashlar.Ir;
using Ashlar.Primitives.Map;
using Ashlar.Primitives.Reduce;
using Ashlar.Primitives.Structure;

namespace Ashlar.Schedule;

/// <summary>What a launch of rows makes of the elements that a mask hides: known values, from which sums gain nothing and weights become +0.</summary>
static class HiddenValues
{
    enum Kind : byte
    {
        /// <summary>Any value, which may differ from element to element.</summary>
        Any,

        /// <summary>-∞.</summary>
        Lowest,

        /// <summary>+0.</summary>
        Zero,
    }

    /// <summary>The values per row that must be above zero, or above -∞, for every hidden weight to be +0 and every reduction to be what the others make it.</summary>
    /// <param name="rows">The launch.</param>
    /// <param name="views">The view of every node.</param>
    /// <param name="mask">The mask.</param>
    /// <param name="products">Nodes that are ±0 where scores are left out.</param>
    /// <param name="weights">What must become zero.</param>
    /// <param name="mayDiffer">Whether nobody else reads a node's hidden elements.</param>
    /// <param name="lowest">Receives a number in memory that must be -∞, if the mask puts one in the place of hidden scores.</param>
    /// <returns>Null if that is not known of this launch.</returns>
    public static List<(Node Node, bool IsPositive)>? TestsOf(Group rows, Dictionary<Node, View> views, Node mask, HashSet<Node> products, Node weights, Func<Node, bool> mayDiffer, out Node? lowest)
    {
        Node? number = null;
        lowest = null;
        var tests = new List<(Node, bool)>();
        var kinds = new Dictionary<Node, Kind>(ReferenceEqualityComparer.Instance);
        if (weights.Type != DType.Float32)
        {
            return null;
        }

        foreach (Node node in rows.Nodes)
        {
            if (node.Primitive.Lowering == Lowering.Reduce)
            {
                Node source = views[node.Inputs[0]].Base;
                ReduceKind reduce = ((ReduceAttributes)node.Attributes!).Kind;
                Kind kind = kinds.GetValueOrDefault(source);
                bool gains = !(reduce == ReduceKind.Max ? kind == Kind.Lowest : reduce == ReduceKind.Sum && (kind == Kind.Zero || products.Contains(source)));
                if (gains || node.Type != DType.Float32)
                {
                    return null;
                }
            }
            else if (rows.IsFull(node.Shape))
            {
                kinds[node] = KindOf(node);
                if (!mayDiffer(node))
                {
                    return null;
                }
            }
        }

        lowest = number;
        return kinds.GetValueOrDefault(weights) == Kind.Zero ? tests : null;

        Kind KindOf(Node node)
        {
            if (node.Primitive == LogicMaps.Where && ReferenceEquals(node.Inputs[0], mask) && node.Type == DType.Float32)
            {
                return KindOfHidden(views[node.Inputs[2]].Base);
            }

            Kind first = node.Inputs.Length == 0 ? Kind.Any : kinds.GetValueOrDefault(views[node.Inputs[0]].Base);
            if (node.Primitive == ElementaryMaps.Exp && first == Kind.Lowest)
            {
                return Kind.Zero;
            }

            bool shifts = node.Primitive == ArithmeticMaps.Subtract && first == Kind.Lowest;
            bool scales = node.Primitive == ArithmeticMaps.Divide && first == Kind.Zero;
            if ((shifts || scales) && PerRow(node.Inputs[1]) is { } other)
            {
                tests.Add((other, scales));
                return first;
            }

            return Kind.Any;
        }

        // What stands where scores were. A number that belongs to no plan is taken for -∞, and looked at when it is known.
        Kind KindOfHidden(Node other)
        {
            if (other.Attributes is LiteralAttributes literal)
            {
                float value = BitConverter.Int32BitsToSingle((int)literal.Bits);
                return float.IsNegativeInfinity(value) ? Kind.Lowest : literal.Bits == 0 ? Kind.Zero : Kind.Any;
            }

            bool isNumber = other.Shape.Size == 1 && other.Inputs.Length == 0 && (number is null || ReferenceEquals(number, other));
            number = isNumber ? other : number;
            return isNumber ? Kind.Lowest : Kind.Any;
        }

        // A value of the launch that is one for each row.
        Node? PerRow(Node input)
        {
            Node source = views[input].Base;
            bool isPerRow = source.Primitive.Lowering == Lowering.Reduce || !rows.IsFull(source.Shape);
            return isPerRow && source.Type == DType.Float32 && rows.Nodes.Contains(source) ? source : null;
        }
    }
}
