using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ashlar.Onnx;

namespace Ashlar.Cli.Onnx;

/// <summary><c>ashlar onnx show</c></summary>
sealed class OnnxShowCommand
{
    public static readonly string[] Examples = ["ashlar onnx show model.onnx", "ashlar onnx show model.onnx --json"];

    readonly Argument<string> _model = new("MODEL") { Description = "An .onnx file." };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON." };

    public Command Build()
    {
        var command = new Command("show", "Says what a model takes, gives and is made of.") { _model, _json };
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        OnnxModel model = OnnxModel.Load(parsed.GetRequiredValue(_model));
        if (parsed.GetValue(_json))
        {
            JsonLine.Print(json => Write(json, model));
            return ExitCode.Success;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"format {model.IrVersion}, operators {string.Join(", ", model.Opsets.Select(opset => $"{(opset.Key.Length == 0 ? "ai.onnx" : opset.Key)} {opset.Value}"))}{(model.Producer.Length > 0 ? $", by {model.Producer}" : "")}"));
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.ParameterCount:N0} parameters"));
        foreach ((string title, IReadOnlyList<OnnxPort> ports) in new[] { ("inputs", model.Inputs), ("outputs", model.Outputs) })
        {
            Console.Out.WriteLine(title);
            foreach (OnnxPort port in ports)
            {
                Console.Out.WriteLine($"  {port}{(port.IsOptional ? " (has a value)" : "")}");
            }
        }

        var table = new TextTable("operator", "nodes>");
        foreach ((string name, int count) in model.Operators)
        {
            table.Add(name, count.ToString(CultureInfo.InvariantCulture));
        }

        Console.Out.Write(table);
        foreach ((string key, string value) in model.Metadata)
        {
            Console.Out.WriteLine($"{key}: {value}");
        }

        return ExitCode.Success;
    }

    static void Write(Utf8JsonWriter json, OnnxModel model)
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
        Ports(json, "inputs", model.Inputs);
        Ports(json, "outputs", model.Outputs);
        json.WriteStartObject("operators");
        foreach ((string name, int count) in model.Operators)
        {
            json.WriteNumber(name, count);
        }

        json.WriteEndObject();
        json.WriteStartObject("metadata");
        foreach ((string key, string value) in model.Metadata)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
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
            json.WriteStartArray("axes");
            foreach (string axis in port.Axes ?? [])
            {
                json.WriteStringValue(axis);
            }

            json.WriteEndArray();
            json.WriteBoolean("optional", port.IsOptional);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
