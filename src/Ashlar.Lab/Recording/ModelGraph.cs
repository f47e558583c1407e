using System.Globalization;
using System.Text.RegularExpressions;
using Ashlar.Ir;
using Ashlar.Lab.Events;
using Ashlar.Nn;

namespace Ashlar.Lab;

/// <summary>A model's forward pass in evaluation as two graphs: as its code records it, and as the launches that its plan runs.</summary>
/// <param name="Written">A node for each operation, parameter and input.</param>
/// <param name="Fused">A node for each launch, and for the parameters and inputs that launches read.</param>
sealed partial record ModelGraph(IReadOnlyList<GraphNode> Written, IReadOnlyList<GraphNode> Fused)
{
    /// <summary>Tag of <see cref="Written"/> in event files.</summary>
    public const string WrittenTag = "graph/before";

    /// <summary>Tag of <see cref="Fused"/> in event files.</summary>
    public const string FusedTag = "graph/after";

    /// <summary>Records one forward pass and plans it; nothing is computed.</summary>
    /// <param name="model">The model; its modes stay as they are.</param>
    /// <param name="input">With the batch axis.</param>
    public static ModelGraph Of(Module model, Shape input)
    {
        (Module Module, bool IsTraining)[] modes = [.. model.NamedModules().Select(entry => (entry.Module, entry.Module.IsTraining))];
        model.Eval();
        try
        {
            Tensor x = Tensor.From(new float[input.Size], input.Extents);
            Tensor y = model.Forward(x);
            var names = new Dictionary<Node, string>(ReferenceEqualityComparer.Instance) { [x.Node] = "input" };
            foreach ((string name, Parameter parameter) in model.NamedParameters())
            {
                names.TryAdd(parameter.Master.Node, name);
            }

            List<Node> order = GraphWalk.PostOrder([y.Node], node => !IsLeaf(node));
            GraphNode[] leaves = [.. order.Where(IsLeaf).Select((node, slot) => Leaf(node, names.GetValueOrDefault(node, $"constant_{slot}")))];
            return new ModelGraph(Operations(order, leaves), Launches(y.Explain(), leaves));
        }
        finally
        {
            // A mode holds for the modules below too: the outer ones come first.
            foreach ((Module module, bool isTraining) in modes)
            {
                if (isTraining)
                {
                    module.Train();
                }
                else
                {
                    module.Eval();
                }
            }
        }
    }

    // What a plan reads: its slots are these nodes in this order.
    static bool IsLeaf(Node node) => node.Value is not null || node.Primitive.Lowering == Lowering.Source;

    static GraphNode Leaf(Node node, string name) => Named(name, node.Variable is not null ? "variable" : name == "input" ? "input" : "constant", [], name, $"{node.Type.Name}{node.Shape}");

    static List<GraphNode> Operations(List<Node> order, GraphNode[] leaves)
    {
        var names = new Dictionary<Node, string>(ReferenceEqualityComparer.Instance);
        var nodes = new List<GraphNode>();
        int slot = 0;
        foreach (Node node in order)
        {
            GraphNode shown = IsLeaf(node)
                ? leaves[slot++]
                : Named($"{node.Primitive.Name}_{nodes.Count}", node.Primitive.Lowering.ToString(), [.. node.Inputs.ToArray().Select(source => names[source])], node.Primitive.Name, $"{node.Type.Name}{node.Shape}");
            names[node] = shown.Name;
            nodes.Add(shown);
        }

        return nodes;
    }

    // The plan's text names launches, the values that each computes (%0, %1, …), and what these are computed from.
    static List<GraphNode> Launches(string plan, GraphNode[] slots)
    {
        var owners = new Dictionary<int, string>();
        var launches = new List<GraphNode>();
        List<string> operations = [], inputs = [];
        string name = "", kind = "", extents = "";
        foreach (string line in plan.Split('\n'))
        {
            if (Launch().Match(line) is { Success: true } launch)
            {
                Finish();
                (name, kind, extents) = ($"launch_{launch.Groups["number"].Value}", launch.Groups["kind"].Value, launch.Groups["extents"].Value);
            }
            else if (Value().Match(line) is { Success: true } value)
            {
                owners[Number(value.Groups["number"].Value)] = name;
                operations.Add(value.Groups["operation"].Value);
                foreach (Match source in Source().Matches(value.Groups["rest"].Value))
                {
                    int number = Number(source.Groups["number"].Value);
                    string from = source.Value[0] == '%' ? owners.GetValueOrDefault(number, name) : slots[number].Name;
                    if (from != name && !inputs.Contains(from))
                    {
                        inputs.Add(from);
                    }
                }
            }
        }

        Finish();
        return [.. slots.Where(slot => launches.Exists(launch => launch.Inputs.Contains(slot.Name))), .. launches];

        void Finish()
        {
            if (operations.Count > 0)
            {
                launches.Add(Named(name, kind, [.. inputs], string.Join(" ", operations), extents));
            }

            (operations, inputs) = ([], []);
        }
    }

    static GraphNode Named(string name, string operation, IReadOnlyList<string> inputs, string label, string shape) => new(name, operation, inputs, [new("label", label), new("shape", shape)]);

    static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^launch (?<number>\d+): (?<kind>\w+) over (?<extents>\[[^\]]*\])")]
    private static partial Regex Launch();

    [GeneratedRegex(@"^  %(?<number>\d+) = (?<operation>\w+)\((?<rest>.*)$")]
    private static partial Regex Value();

    [GeneratedRegex(@"(?:%|\bslot)(?<number>\d+)")]
    private static partial Regex Source();
}
