using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>Sequences and optionals: lists on the host of values of the graph.</summary>
static class SequenceOperators
{
    public static Operator[] All { get; } =
    [
        new("SequenceConstruct", 11, c => new OnnxSequence([.. Enumerable.Range(0, c.Inputs).Select(c.Value)])),
        new("SequenceEmpty", 11, _ => new OnnxSequence([])),
        new("SequenceLength", 11, c => ShapeOperators.Whole(c.Sequence(0).Items.Count)),
        new("SequenceAt", 11, c => c.Sequence(0).Items[Place(c, c.Int(1), 0)]),
        new("SequenceInsert", 11, Insert),
        new("SequenceErase", 11, Erase),
        new("SequenceMap", 17, Map),
        new("ConcatFromSequence", 11, ConcatFromSequence),
        new("SplitToSequence", 11, SplitToSequence),
        new("Optional", 15, c => c.Has(0) ? new OnnxOptional(c.Value(0)) : new OnnxOptional(null)),
        new("OptionalHasElement", 15, c => Tensor.From<bool>([c.Has(0) && c.Value(0) is not OnnxOptional { Value: null }])),
        new("OptionalGetElement", 15, c => c.Value(0) is OnnxOptional optional ? optional.Value ?? throw OperatorCall.Fault("the optional is empty. Ask OptionalHasElement before.") : c.Value(0)),
    ];

    static int Place(OperatorCall c, int position, int more)
    {
        int count = c.Sequence(0).Items.Count;
        int place = position < 0 ? position + count : position;
        return place >= 0 && place < count + more ? place : throw OperatorCall.Fault($"position {position} of a sequence of {count} does not exist. Positions run from {-count} to {count - 1 + more}.");
    }

    static Results Insert(OperatorCall c)
    {
        List<OnnxValue> items = [.. c.Sequence(0).Items];
        items.Insert(c.Has(2) ? Place(c, c.Int(2), 1) : items.Count, c.Value(1));
        return new OnnxSequence(items);
    }

    static Results Erase(OperatorCall c)
    {
        List<OnnxValue> items = [.. c.Sequence(0).Items];
        items.RemoveAt(c.Has(1) ? Place(c, c.Int(1), 0) : items.Count - 1);
        return new OnnxSequence(items);
    }

    static Results Map(OperatorCall c)
    {
        ISubgraph body = c.Body("body");
        int count = c.Sequence(0).Items.Count;
        OnnxValue[][] rows = [.. Enumerable.Range(0, count).Select(i => body.Run([.. Enumerable.Range(0, c.Inputs).Select(k => c.Value(k) is OnnxSequence items ? items.Items[i] : c.Value(k))]))];
        return new Results([.. Enumerable.Range(0, body.Outputs).Select(k => new OnnxSequence([.. rows.Select(row => row[k])]))]);
    }

    static Results ConcatFromSequence(OperatorCall c)
    {
        IReadOnlyList<OnnxValue> items = c.Sequence(0).Items;
        int axis = c.Int("axis", 0);
        return c.Flag("new_axis") ? new OnnxTensor(Tensor.Stack([.. items.Select(item => ((OnnxTensor)item).Tensor)], axis), ((OnnxTensor)items[0]).Type) : JoinOperators.Concat(c, items, axis);
    }

    static Results SplitToSequence(OperatorCall c)
    {
        Shape shape = c.ShapeOf(0);
        int axis = OperatorCall.Axis(c.Int("axis", 0), shape.Rank);
        bool single = !c.Has(1);
        int[] extents = single ? WindowGeometry.Ones(HostLimits.Parts(shape[axis], "the parts"))
            : c[1].Rank == 1 ? c.Ints(1)
            : [.. Enumerable.Range(0, HostLimits.Parts(((long)shape[axis] + c.Int(1) - 1) / c.Int(1), "the parts")).Select(i => Math.Min(c.Int(1), shape[axis] - (i * c.Int(1))))];
        var items = new List<OnnxValue>();
        int start = 0;
        foreach (int extent in extents)
        {
            int from = start;
            items.Add(c.Move(x => single && !c.Flag("keepdims", true) ? x.Slice(axis, from, extent).Squeeze(axis) : x.Slice(axis, from, extent)));
            start += extent;
        }

        return new OnnxSequence(items);
    }
}
