using System.Globalization;
using System.Text.Json;
using Ashlar.Onnx;

namespace Ashlar.Server.Api;

/// <summary>A graph of an ONNX model in the form in which the page draws graphs: nodes with label, kind, shape, and edges between them.</summary>
static class OnnxGraphJson
{
    /// <param name="json">Takes one object.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="model">The model, or null where it was not made ready.</param>
    public static void Write(Utf8JsonWriter json, OnnxGraph graph, OnnxModel? model)
    {
        HashSet<string> held = [.. graph.Initializers];
        var makers = new Dictionary<string, string>();
        foreach (string input in graph.Inputs)
        {
            makers.TryAdd(input, $"input {input}");
        }

        string[] names = [.. graph.Nodes.Select((node, i) => string.Create(CultureInfo.InvariantCulture, $"{i} {node.Name}"))];
        foreach ((OnnxGraphNode node, string name) in graph.Nodes.Zip(names))
        {
            foreach (string output in node.Outputs.Where(output => output.Length > 0))
            {
                makers.TryAdd(output, name);
            }
        }

        json.WriteStartObject();
        Facts(json, graph, model);
        json.WriteStartArray("nodes");
        foreach (string input in graph.Inputs)
        {
            Node(json, $"input {input}", "input", input, graph.Types.GetValueOrDefault(input, ""), [], null);
        }

        foreach ((OnnxGraphNode node, string name) in graph.Nodes.Zip(names))
        {
            Node(json, name, node.Operator, node.Name, string.Join(", ", node.Outputs.Select(output => graph.Types.GetValueOrDefault(output, "")).Where(type => type.Length > 0)), node.Inputs.Where(held.Contains).Select(input => $"{input} {graph.Types.GetValueOrDefault(input, "")}"), node.Flops);
        }

        foreach (string output in graph.Outputs)
        {
            Node(json, $"output {output}", "output", output, graph.Types.GetValueOrDefault(output, ""), [], null);
        }

        json.WriteEndArray();
        json.WriteStartArray("edges");
        foreach ((OnnxGraphNode node, string name) in graph.Nodes.Zip(names))
        {
            foreach (string maker in node.Inputs.Where(makers.ContainsKey).Select(input => makers[input]).Distinct())
            {
                Edge(json, maker, name);
            }
        }

        foreach (string output in graph.Outputs.Where(makers.ContainsKey))
        {
            Edge(json, makers[output], $"output {output}");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Facts(Utf8JsonWriter json, OnnxGraph graph, OnnxModel? model)
    {
        json.WriteStartObject("facts");
        if (model is not null)
        {
            json.WriteString("operators", string.Join(", ", model.Opsets.Select(opset => $"{(opset.Key.Length == 0 ? "ai.onnx" : opset.Key)} {opset.Value}")));
            json.WriteString("producer", model.Producer);
            json.WriteString("parameters", model.ParameterCount.ToString("N0", CultureInfo.InvariantCulture));
            json.WriteString("operations", graph.Flops.ToString("N0", CultureInfo.InvariantCulture) + (graph.IsComplete ? "" : " of known shapes"));
            foreach ((string key, string value) in model.Metadata)
            {
                json.WriteString(key, value);
            }
        }
        else
        {
            json.WriteString("shapes", "as the file declares them");
        }

        json.WriteEndObject();
    }

    static void Node(Utf8JsonWriter json, string name, string operation, string label, string shape, IEnumerable<string> weights, long? operations)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("operation", operation);
        json.WriteStartObject("attributes");
        json.WriteString("label", label);
        json.WriteString("shape", shape);
        json.WriteString("weights", string.Join("\n", weights));
        json.WriteString("operations", operations?.ToString("N0", CultureInfo.InvariantCulture) ?? "");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void Edge(Utf8JsonWriter json, string from, string to)
    {
        json.WriteStartArray();
        json.WriteStringValue(from);
        json.WriteStringValue(to);
        json.WriteEndArray();
    }
}
