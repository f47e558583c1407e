using System.CommandLine;
using System.Globalization;
using Ashlar.Onnx;

namespace Ashlar.Cli.Onnx;

/// <summary><c>ashlar onnx show</c></summary>
sealed class OnnxShowCommand
{
    public static readonly string[] Examples = ["ashlar onnx show model.onnx", "ashlar onnx show model.onnx --nodes --axis batch=8", "ashlar onnx show model.onnx --plan", "ashlar onnx show model.onnx --json"];

    readonly Argument<string> _model = new("MODEL") { Description = "An .onnx file." };
    readonly Option<bool> _nodes = new("--nodes") { Description = "Every node with the types and shapes of what it gives, and its operations." };
    readonly Option<bool> _plan = new("--plan") { Description = "The launches of a run on zeros, and why they are as they are." };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON." };
    readonly OnnxInputs _inputs = new();

    public Command Build()
    {
        var command = new Command("show", "Says what a model takes, gives and is made of.") { _model, _nodes, _plan, _json };
        _inputs.AddAxesTo(command);
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        OnnxModel model = OnnxFile.Load("onnx show", parsed.GetRequiredValue(_model));
        IReadOnlyDictionary<string, int> axes = _inputs.Axes("onnx show", model, parsed);
        OnnxGraph graph = model.Graph(axes);
        if (parsed.GetValue(_json))
        {
            JsonLine.Print(json => OnnxShowJson.Write(json, model, graph, parsed.GetValue(_nodes), parsed.GetValue(_plan) ? model.Explain(axes) : null));
            return ExitCode.Success;
        }

        string[] symbols = OnnxShowJson.Symbols(model);
        string extents = string.Join(", ", symbols.Select(symbol => string.Create(CultureInfo.InvariantCulture, $"{symbol} = {axes.GetValueOrDefault(symbol, 1)}")));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"format {model.IrVersion}, operators {string.Join(", ", model.Opsets.Select(opset => $"{(opset.Key.Length == 0 ? "ai.onnx" : opset.Key)} {opset.Value}"))}{(model.Producer.Length > 0 ? $", by {model.Producer}" : "")}"));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.ParameterCount:N0} parameters, {graph.Flops:N0} operations{(extents.Length > 0 ? $" ({extents})" : "")}{(graph.IsComplete ? "" : ", without nodes of unknown shapes")}"));
        if (symbols.Length > 0)
        {
            Console.Out.WriteLine($"symbolic axes: {string.Join(", ", symbols)}");
        }

        foreach ((string title, IReadOnlyList<OnnxPort> ports) in new[] { ("inputs", model.Inputs), ("outputs", model.Outputs) })
        {
            Console.Out.WriteLine(title);
            foreach (OnnxPort port in ports)
            {
                Console.Out.WriteLine($"  {port}{(port.IsOptional ? " (has a value)" : "")}");
            }
        }

        Console.Out.Write(parsed.GetValue(_nodes) ? Nodes(graph) : Operators(model));
        IGrouping<string, OnnxPattern>[] patterns = [.. model.Patterns.GroupBy(pattern => pattern.Name)];
        if (patterns.Length > 0)
        {
            Console.Out.WriteLine($"patterns: {string.Join(", ", patterns.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} × {group.Key}")))}");
        }

        foreach ((string key, string value) in model.Metadata)
        {
            Console.Out.WriteLine($"{key}: {value}");
        }

        if (parsed.GetValue(_plan))
        {
            Console.Out.Write(model.Explain(axes));
        }

        return ExitCode.Success;
    }

    static TextTable Operators(OnnxModel model)
    {
        var table = new TextTable("operator", "nodes>");
        foreach ((string name, int count) in model.Operators)
        {
            table.Add(name, count.ToString(CultureInfo.InvariantCulture));
        }

        return table;
    }

    static TextTable Nodes(OnnxGraph graph)
    {
        var table = new TextTable("node", "operator", "gives", "operations>");
        foreach (OnnxGraphNode node in graph.Nodes)
        {
            table.Add(node.Name, node.Operator, string.Join(", ", node.Outputs.Where(output => output.Length > 0).Select(output => graph.Types.GetValueOrDefault(output, "?"))), node.Flops?.ToString("N0", CultureInfo.InvariantCulture) ?? "?");
        }

        return table;
    }
}
