using System.CommandLine;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;

namespace Ashlar.Cli.Onnx;

/// <summary><c>ashlar onnx check</c></summary>
sealed class OnnxCheckCommand
{
    public static readonly string[] Examples = ["ashlar onnx check model.onnx", "ashlar onnx check model.onnx --json"];

    readonly Argument<string> _model = new("MODEL") { Description = "An .onnx file." };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON." };

    public Command Build()
    {
        var command = new Command("check", "Says whether a model can run here; if not, everything that is missing. Exit code 1 where it cannot.") { _model, _json };
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(_model);
        if (!parsed.GetValue(_json))
        {
            OnnxModel model = OnnxFile.Load("onnx check", path);
            Console.Out.WriteLine($"{path}: {model.Operators.Sum(entry => entry.Count)} nodes, {model.Operators.Count} operators, all known");
            return ExitCode.Success;
        }

        (string? fault, OnnxModel? loaded) = (null, null);
        try
        {
            loaded = OnnxFile.Load("onnx check", path);
        }
        catch (OnnxException e)
        {
            fault = e.Message;
        }

        JsonLine.Print(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("runs", fault is null);
            json.WriteString("reason", fault);
            if (loaded is not null)
            {
                json.WriteNumber("nodes", loaded.Operators.Sum(entry => entry.Count));
                json.WriteNumber("operators", loaded.Operators.Count);
            }

            json.WriteEndObject();
        });
        return fault is null ? ExitCode.Success : ExitCode.Failed;
    }
}
