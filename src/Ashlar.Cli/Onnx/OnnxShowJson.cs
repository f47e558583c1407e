using System.Globalization;
using System.Text.Json;
using Ashlar.Onnx;

namespace Ashlar.Cli.Onnx;

/// <summary>What <c>ashlar onnx show --json</c> prints.</summary>
static class OnnxShowJson
{
    public static void Write(Utf8JsonWriter json, OnnxModel model, OnnxGraph graph, bool nodes, string? plan)
    {
        json.WriteStartObject();
        json.WriteNumber("ir", model.IrVersion);
        json.WriteString("producer", model.Producer);
        json.WriteStartObject("opsets");
        foreach ((string domain, long version) in model.Opsets)
        {
            json.WriteNumber(domain.Length == 0 ? "ai.onnx" : domain, version);
        }

        json.WriteEndObject();
        json.WriteNumber("parameters", model.ParameterCount);
        json.WriteNumber("operations", graph.Flops);
        json.WriteBoolean("operationsComplete", graph.IsComplete);
        json.WriteTexts("symbolicAxes", Symbols(model));
        Ports(json, "inputs", model.Inputs);
        Ports(json, "outputs", model.Outputs);
        json.WriteStartObject("operators");
        foreach ((string name, int count) in model.Operators)
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
        json.WriteStartArray("patterns");
        foreach (OnnxPattern pattern in model.Patterns)
        {
            json.WriteStartObject();
            json.WriteString("name", pattern.Name);
            json.WriteTexts("nodes", pattern.Nodes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("metadata");
        foreach ((string key, string value) in model.Metadata)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        if (nodes)
        {
            Nodes(json, graph);
        }

        if (plan is not null)
        {
            json.WriteString("plan", plan);
        }

        json.WriteEndObject();
    }

    /// <summary>Names of symbolic axes of the inputs, in their order.</summary>
    public static string[] Symbols(OnnxModel model) => [.. model.Inputs.SelectMany(port => port.Axes ?? []).Where(axis => axis != "?" && !int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out _)).Distinct()];

    static void Nodes(Utf8JsonWriter json, OnnxGraph graph)
    {
        json.WriteStartArray("nodes");
        foreach (OnnxGraphNode node in graph.Nodes)
        {
            json.WriteStartObject();
            json.WriteString("name", node.Name);
            json.WriteString("operator", node.Operator);
            json.WriteTexts("inputs", node.Inputs);
            json.WriteTexts("outputs", node.Outputs);
            json.WriteTexts("types", node.Outputs.Select(output => graph.Types.GetValueOrDefault(output, "?")));
            if (node.Flops is { } flops)
            {
                json.WriteNumber("operations", flops);
            }
            else
            {
                json.WriteNull("operations");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void Ports(Utf8JsonWriter json, string name, IReadOnlyList<OnnxPort> ports)
    {
        json.WriteStartArray(name);
        foreach (OnnxPort port in ports)
        {
            json.WriteStartObject();
            json.WriteString("name", port.Name);
            json.WriteString("kind", port.Kind);
            json.WriteString("type", port.Type.ToString());
            json.WriteTexts("axes", port.Axes ?? []);
            json.WriteBoolean("optional", port.IsOptional);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
