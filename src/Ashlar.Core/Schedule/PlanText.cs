using System.Globalization;
using System.Text;
using Ashlar.Ir;

namespace Ashlar.Schedule;

/// <summary>A plan as text for people: launches, nodes, shapes, memory, and why each launch begins where it does.</summary>
static class PlanText
{
    public static string Of(Launches launches, Dictionary<Node, View> views, BufferPlan buffers, nint arenaBytes, PlanTraffic traffic)
    {
        var numbers = new Dictionary<Node, int>(ReferenceEqualityComparer.Instance);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"plan: {launches.Groups.Count} launches, {buffers.Slots} slots, {buffers.Outputs} results, {buffers.Assigned} assignments, arena {arenaBytes} bytes\n");
        text.Append(CultureInfo.InvariantCulture, $"traffic: {traffic.Kernels} kernels move {traffic.Bytes} bytes, at least {traffic.Least} for slots, results and assignments; {traffic.Operations} operations\n");
        foreach (Group group in launches.Groups)
        {
            text.Append(CultureInfo.InvariantCulture, $"launch {group.Number}: {group.Kind} over [{string.Join(", ", group.Extents)}]{Rows(group)}\n");
            foreach (Node node in BufferPlan.Computed(group))
            {
                numbers[node] = numbers.Count;
                string inputs = string.Join(", ", node.Inputs.ToArray().Select(input => Name(input, views, launches.Inline, numbers)));
                string stored = buffers.IsStored(node) ? $" -> {Place(buffers, buffers.Of(node))}" : "";
                text.Append(CultureInfo.InvariantCulture, $"  %{numbers[node]} = {node.Primitive.Name}({inputs}) {node.Attributes} {node.Type.Name}{node.Shape}{stored}\n");
            }

            foreach (string decision in group.Decisions.Select(decision => decision()).Where(decision => !decision.EndsWith(" joins", StringComparison.Ordinal)))
            {
                text.Append(CultureInfo.InvariantCulture, $"  # {decision}\n");
            }
        }

        return text.ToString();
    }

    static string Rows(Group group) => group.Kind == GroupKind.Row ? $", rows over the first {group.RowAxes}"
        : group.Kind == GroupKind.Slices ? $", {group.Parts.Count} passes over each slice"
        : group.Rows is { } rows ? $", scores over [{string.Join(", ", rows.Extents)}]" : "";

    static string Name(Node input, Dictionary<Node, View> views, InlineNodes inline, Dictionary<Node, int> numbers)
    {
        View view = views[input];
        Node source = view.Base;
        string name = source.Primitive.Lowering switch
        {
            Lowering.Source => $"slot{source.Bits}",
            Lowering.Literal => source.Attributes!.ToString(),
            Lowering.Iota => "coordinate",
            _ when inline.Contains(source) => $"{source.Primitive.Name}({string.Join(", ", source.Inputs.ToArray().Select(inner => Name(inner, views, inline, numbers)))})",
            _ => $"%{numbers.GetValueOrDefault(source, -1)}",
        };
        return view.IsWhole(input.Shape) || source.Primitive.Lowering == Lowering.Literal ? name : $"{name}@{view.Offset}+[{string.Join(", ", view.Strides)}]";
    }

    static string Place(BufferPlan buffers, int buffer)
    {
        int afterSlots = buffer - buffers.Slots;
        int afterOutputs = afterSlots - buffers.Outputs;
        return afterSlots < buffers.Outputs ? $"result {afterSlots}"
            : afterOutputs < buffers.Assigned ? $"variable {afterOutputs}{(buffers.IsInPlace(afterOutputs) ? " in place" : "")}"
            : $"arena {afterOutputs - buffers.Assigned}";
    }
}
