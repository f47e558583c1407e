using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;

namespace Ashlar.Cli.Onnx;

/// <summary><c>ashlar onnx compare</c></summary>
sealed class OnnxCompareCommand
{
    public static readonly string[] Examples = ["ashlar onnx compare before.onnx after.onnx --input x=x.npy", "ashlar onnx compare a.onnx b.onnx --tolerance 1e-5 --all --json"];

    const int Shown = 20;

    readonly Argument<string> _first = new("A") { Description = "An .onnx file." };
    readonly Argument<string> _second = new("B") { Description = "Another that takes the same inputs." };
    readonly Option<double?> _tolerance = NumberOption.Positive("--tolerance", "What may differ, in parts of the largest number of a value, such as 1e-5. Without it every bit counts.");
    readonly Option<bool> _all = new("--all") { Description = $"Every node; without it those that differ, {Shown} at most." };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON." };
    readonly OnnxInputs _inputs = new();
    readonly ExecutionChoice _execution = new();

    public Command Build()
    {
        var command = new Command("compare", "Runs two models on the same inputs and says where they part, node by node. Exit code 3 where they differ.") { _first, _second, _tolerance, _all, _json };
        _inputs.AddTo(command);
        _inputs.AddAxesTo(command);
        _execution.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        using IDisposable execution = _execution.Use(parsed);
        OnnxModel first = OnnxFile.Load("onnx compare", parsed.GetRequiredValue(_first));
        OnnxModel second = OnnxFile.Load("onnx compare", parsed.GetRequiredValue(_second));
        if (!Required(first).SetEquals(Required(second)))
        {
            throw new InvalidDataException($"onnx compare: the models take different inputs: A has {string.Join("; ", first.Inputs)}, B has {string.Join("; ", second.Inputs)}. Compare models whose inputs have the same names.");
        }

        Dictionary<string, OnnxValue> inputs = _inputs.Read("onnx compare", first, parsed);
        string[] made = [.. first.Inputs.Where(port => !port.IsOptional && !inputs.ContainsKey(port.Name)).Select(port => port.Name)];
        _inputs.Fill("onnx compare", first, inputs, parsed);
        var comparison = OnnxComparison.Of(first, second, inputs);
        double tolerance = parsed.GetValue(_tolerance) ?? 0;
        OnnxNodeComparison? difference = comparison.FirstDifference(tolerance);
        if (parsed.GetValue(_json))
        {
            JsonLine.Print(json => Write(json, comparison, tolerance));
        }
        else
        {
            Print(comparison, tolerance, made, parsed.GetValue(_all));
        }

        return difference is null ? ExitCode.Success : ExitCode.Differs;
    }

    static HashSet<string> Required(OnnxModel model) => [.. model.Inputs.Where(port => !port.IsOptional).Select(port => port.Name)];

    static void Print(OnnxComparison comparison, double tolerance, string[] made, bool all)
    {
        OnnxNodeComparison[] nodes = [.. comparison.Nodes, .. comparison.Outputs];
        OnnxNodeComparison[] differ = [.. nodes.Where(node => node.Differs(tolerance))];
        if (made.Length > 0)
        {
            Console.Out.WriteLine($"{string.Join(", ", made)}: not given, ones are taken");
        }

        Console.Out.WriteLine(differ.Length == 0
            ? $"{Count(comparison.Nodes.Count, "node")} and {Count(comparison.Outputs.Count, "output")}: {(tolerance == 0 ? "the same bits" : string.Create(CultureInfo.InvariantCulture, $"none differs by more than {tolerance:G3} of its largest number"))}"
            : $"first difference: {Words(differ[0])}");
        OnnxNodeComparison[] shown = all ? nodes : [.. differ.Take(Shown)];
        if (shown.Length > 0)
        {
            var table = new TextTable("operator", "first", "second", "value", "largest>", "difference>", "of largest>", "other bits>");
            foreach (OnnxNodeComparison node in shown)
            {
                table.Add(node.Operator, node.First, node.Second == node.First ? "same" : node.Second, node.Type, Number(node.Largest), node.Mismatch is null ? Number(node.Difference) : "shape", Number(node.Relative), $"{node.Differing} of {node.Count}");
            }

            Console.Out.Write(table);
        }

        if (!all && differ.Length > Shown)
        {
            Console.Out.WriteLine($"… {differ.Length - Shown} more; --all shows every one");
        }

        Alone("A", comparison.OnlyFirst);
        Alone("B", comparison.OnlySecond);
    }

    static void Alone(string model, IReadOnlyList<string> nodes)
    {
        if (nodes.Count > 0)
        {
            Console.Out.WriteLine($"only in {model}: {string.Join(", ", nodes.Take(8))}{(nodes.Count > 8 ? $", … {nodes.Count} in all" : "")}");
        }
    }

    static string Words(OnnxNodeComparison node) => node.Mismatch is { } mismatch
        ? $"{node.Operator} '{node.First}': {mismatch}"
        : string.Create(CultureInfo.InvariantCulture, $"{node.Operator} '{node.First}' {node.Type} by up to {Number(node.Difference)}, {Number(node.Relative)} of its largest number; {node.Differing} of {node.Count} elements have other bits");

    static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    static void Write(Utf8JsonWriter json, OnnxComparison comparison, double tolerance)
    {
        json.WriteStartObject();
        json.WriteBoolean("equal", comparison.FirstDifference(tolerance) is null);
        json.WriteNumber("tolerance", tolerance);
        json.WritePropertyName("first");
        Write(json, comparison.FirstDifference(tolerance), tolerance);
        foreach ((string name, IReadOnlyList<OnnxNodeComparison> nodes) in new[] { ("nodes", comparison.Nodes), ("outputs", comparison.Outputs) })
        {
            json.WriteStartArray(name);
            foreach (OnnxNodeComparison node in nodes)
            {
                Write(json, node, tolerance);
            }

            json.WriteEndArray();
        }

        foreach ((string name, IReadOnlyList<string> nodes) in new[] { ("onlyFirst", comparison.OnlyFirst), ("onlySecond", comparison.OnlySecond) })
        {
            json.WriteTexts(name, nodes);
        }

        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, OnnxNodeComparison? node, double tolerance)
    {
        if (node is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("operator", node.Operator);
        json.WriteString("first", node.First);
        json.WriteString("second", node.Second);
        json.WriteString("type", node.Type);
        JsonLine.WriteNumber(json, "largest", node.Largest);
        JsonLine.WriteNumber(json, "difference", node.Difference);
        JsonLine.WriteNumber(json, "relative", node.Relative);
        json.WriteNumber("differing", node.Differing);
        json.WriteNumber("count", node.Count);
        json.WriteString("mismatch", node.Mismatch);
        json.WriteBoolean("differs", node.Differs(tolerance));
        json.WriteEndObject();
    }
}
