using Ashlar.Ir;
using Ashlar.Onnx.Protobuf;
using Ashlar.Onnx.Values;
using Ashlar.Primitives;
using Ashlar.Primitives.Index;
using Ashlar.Primitives.Sort;
using static Ashlar.Onnx.Writing.GraphWriter;

namespace Ashlar.Onnx.Writing;

/// <content>Picks, puts, orders.</content>
sealed partial class NodeWriter
{
    // The common forms have operators of their own; any other is GatherND with the shared axes in front.
    string Gather(Node node)
    {
        var a = (IndexAttributes)node.Attributes!;
        Node x = node.Inputs[0];
        Node[] indices = node.Inputs[1..].ToArray();
        if (indices.Length == 1 && (a is { Batch: 0, Trailing: 0 } || IsAlong(a, x.Shape, indices[0].Shape)))
        {
            return w.Node(a is { Batch: 0, Trailing: 0 } ? "Gather" : "GatherElements", [_names[x], _names[indices[0]]], Int("axis", a.Axis));
        }

        int picks = indices[0].Shape.Rank - a.Batch - a.Trailing;
        int behind = x.Shape.Rank - a.Axis - indices.Length - a.Trailing;
        string table = Turned(_names[x], Front(x.Shape.Rank, a, indices.Length));
        string found = w.Node("GatherND", [table, Places(indices, a)], Int("batch_dims", a.Batch + a.Trailing));
        return Turned(found, Back(a, a.Axis - a.Batch, picks, behind));
    }

    string? Scatter(Node node, Node partner)
    {
        var a = (ScatterAttributes)node.Attributes!;
        (int least, string reduction) = a.Kind switch { ScatterKind.Set => (13, "none"), ScatterKind.Add => (16, "add"), ScatterKind.Multiply => (16, "mul"), ScatterKind.Max => (18, "max"), _ => (18, "min") };
        if (w.Opset < least)
        {
            return null;
        }

        Node[] indices = node.Inputs[(a.HasBase ? 1 : 0)..^1].ToArray();
        string updates = _names[node.Inputs[^1]];
        string data = a.HasBase ? _names[node.Inputs[0]] : w.Node("Expand", [w.Number(node.Type, 0), w.ShapeOf(node.Shape.Extents, partner.Shape.Extents)]);
        AttributeProto[] how = least == 13 ? [] : [Text("reduction", reduction)];
        if (indices.Length == 1 && IsAlong(a, node.Shape, indices[0].Shape))
        {
            return w.Node("ScatterElements", [data, _names[indices[0]], updates], [Int("axis", a.Axis), .. how]);
        }

        // ScatterND has no shared axes: places name their coordinates too.
        Shape index = indices[0].Shape;
        int shared = a.Batch + a.Trailing;
        int picks = index.Rank - shared;
        int behind = node.Shape.Rank - a.Axis - indices.Length - a.Trailing;
        Shape turned = Leading(index, a);
        Shape turnedOther = Leading(partner.Inputs[a.HasBase ? 1 : 0].Shape, a);
        string[] coordinates = [.. Enumerable.Range(0, shared).Select(axis => Iota(new Shape([.. turned, 1]), new Shape([.. turnedOther, 1]), axis, DType.Int64))];
        string places = shared == 0 ? Places(indices, a) : w.Node("Concat", [.. coordinates, Places(indices, a)], Int("axis", -1));
        int[] there = Front(node.Shape.Rank, a, indices.Length);
        int outer = a.Axis - a.Batch;
        string put = w.Node("ScatterND", [Turned(data, there), places, Turned(updates, UpdatesInFront(a, outer, picks, behind))], how);
        return Turned(put, Inverse(there));
    }

    // One index for each element, along one axis.
    static bool IsAlong(IndexAttributes a, Shape x, Shape index) => a.Batch == a.Axis && a.Trailing == x.Rank - 1 - a.Axis && index.Rank == x.Rank;

    // Batch, trailing, indexed, outer, inner.
    static int[] Front(int rank, IndexAttributes a, int indexed) =>
        [.. Enumerable.Range(0, a.Batch), .. Enumerable.Range(rank - a.Trailing, a.Trailing), .. Enumerable.Range(a.Axis, indexed), .. Enumerable.Range(a.Batch, a.Axis - a.Batch), .. Enumerable.Range(a.Axis + indexed, rank - a.Axis - indexed - a.Trailing)];

    // From batch, trailing, picks, outer, inner to batch, outer, picks, inner, trailing.
    static int[] Back(IndexAttributes a, int outer, int picks, int inner)
    {
        int shared = a.Batch + a.Trailing;
        return [.. Enumerable.Range(0, a.Batch), .. Enumerable.Range(shared + picks, outer), .. Enumerable.Range(shared, picks), .. Enumerable.Range(shared + picks + outer, inner), .. Enumerable.Range(a.Batch, a.Trailing)];
    }

    static int[] UpdatesInFront(IndexAttributes a, int outer, int picks, int inner) => Inverse(Back(a, outer, picks, inner));

    static int[] Inverse(int[] order)
    {
        int[] inverse = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            inverse[order[i]] = i;
        }

        return inverse;
    }

    static Shape Leading(Shape index, IndexAttributes a) => new([.. index.Extents[..a.Batch], .. index.Extents[(index.Rank - a.Trailing)..], .. index.Extents[a.Batch..(index.Rank - a.Trailing)]]);

    // Indices as tuples along a last axis, the shared axes in front.
    string Places(Node[] indices, IndexAttributes a)
    {
        int rank = indices[0].Shape.Rank;
        int[] order = [.. Enumerable.Range(0, a.Batch), .. Enumerable.Range(rank - a.Trailing, a.Trailing), .. Enumerable.Range(a.Batch, rank - a.Batch - a.Trailing)];
        string[] parts = [.. indices.Select(index => w.Node("Unsqueeze", [Turned(index.Type == DType.Int64 ? _names[index] : w.Node("Cast", [_names[index]], Int("to", (int)OnnxDType.Int64)), order), w.Longs(-1)]))];
        return parts.Length == 1 ? parts[0] : w.Node("Concat", parts, Int("axis", -1));
    }

    string Turned(string name, int[] order) => order.Select((axis, place) => axis == place).All(same => same) ? name : w.Node("Transpose", [name], Ints("perm", order));

    string Extent(Node node, Node partner, int axis) => w.ShapeOf([node.Shape[axis]], [partner.Shape[axis]]);

    static AttributeProto[] Order(Node node)
    {
        var a = (SortAttributes)node.Attributes!;
        return [Int("axis", a.Axis), Int("largest", a.Descending ? 1 : 0), Int("sorted", 1)];
    }

    // The number of smaller elements is counted.
    string Searched(Node node)
    {
        string sorted = w.Node("Unsqueeze", [_names[node.Inputs[0]], w.Longs(-2)]);
        string values = w.Node("Unsqueeze", [_names[node.Inputs[1]], w.Longs(-1)]);
        string below = w.Node(((Axes)node.Attributes!).Values[0] != 0 ? "LessOrEqual" : "Less", [sorted, values]);
        return w.Node("ReduceSum", [w.Node("Cast", [below], Int("to", (int)OnnxDType.Int64)), w.Longs(-1)], Int("keepdims", 0));
    }
}
