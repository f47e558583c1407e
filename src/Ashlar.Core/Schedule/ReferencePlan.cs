using System.Text;
using Ashlar.Ir;
using Ashlar.Runtime;

namespace Ashlar.Schedule;

/// <summary>The reference interpreter: every node of the graph as it was recorded, by its scalar definition.</summary>
sealed class ReferencePlan(PlanGraph graph) : IPlan
{
    readonly List<Node> _order = graph.Order();

    public Storage[] Run(Storage[] slots, Storage[] assigned, ExecutionOptions options)
    {
        Dictionary<Node, HostArray> values = GraphEvaluation.Run(_order, node => node.Lowering == Lowering.Source ? Read(node, slots[(int)node.Bits]) : null);
        var outputs = new Storage[graph.Outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = Storage.Allocate(values[graph.Outputs[i]].Bytes.Length);
            Copy(values[graph.Outputs[i]], outputs[i]);
        }

        for (int i = 0; i < assigned.Length; i++)
        {
            Copy(values[graph.Assigned[i].Value], assigned[i]);
        }

        return outputs;
    }

    public bool InPlace(int assignment) => true;

    public string Explain()
    {
        var text = new StringBuilder("reference: every node by its scalar definition, in this order\n");
        for (int i = 0; i < _order.Count; i++)
        {
            Node node = _order[i];
            string inputs = string.Join(", ", node.Inputs.ToArray().Select(input => $"%{_order.IndexOf(input)}"));
            text.Append($"  %{i} = {node.Primitive.Name}({inputs}) {node.Attributes} {node.Type.Name}{node.Shape}\n");
        }

        return text.ToString();
    }

    static unsafe HostArray Read(Node leaf, Storage from)
    {
        var value = new HostArray(leaf.Type, leaf.Shape);
        new ReadOnlySpan<byte>(from.Pointer, value.Bytes.Length).CopyTo(value.Bytes);
        return value;
    }

    static unsafe void Copy(HostArray from, Storage to) => from.Bytes.CopyTo(new Span<byte>(to.Pointer, from.Bytes.Length));
}
