using System.CommandLine;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;

namespace Ashlar.Cli.Onnx;

/// <summary><c>ashlar onnx run</c></summary>
sealed class OnnxRunCommand
{
    public static readonly string[] Examples = ["ashlar onnx run model.onnx --input x=x.npy", "ashlar onnx run model.onnx --input a=a.npy --input b=b.json --output results"];

    readonly Argument<string> _model = new("MODEL") { Description = "An .onnx file." };
    readonly Option<string[]> _inputs = new("--input") { Description = "NAME=FILE for each input: .npy, .json (nested lists), .png (float32 [1, channels, rows, columns] from 0 to 1)." };
    readonly Option<string?> _output = new("--output") { Description = "A folder that takes NAME.npy for each output. Without it the outputs are printed." };
    readonly ExecutionChoice _execution = new();

    public Command Build()
    {
        var command = new Command("run", "Computes a model's outputs from files.") { _model, _inputs, _output };
        _execution.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        using IDisposable execution = _execution.Use(parsed);
        OnnxModel model = OnnxModel.Load(parsed.GetRequiredValue(_model));
        Dictionary<string, OnnxValue> inputs = OnnxInputs.Read("onnx run", model, parsed.GetValue(_inputs) ?? []);
        foreach ((string name, OnnxValue value) in model.Run(inputs))
        {
            if (parsed.GetValue(_output) is not { } folder)
            {
                Console.Out.WriteLine($"{name}: {value}");
                Console.Out.WriteLine(value is OnnxTensor shown ? shown.Tensor.ToString() : value is OnnxStrings text ? string.Join('\n', text.Items) : "");
                continue;
            }

            Directory.CreateDirectory(folder);
            string safe = string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.' ? letter : '_'));
            string path = Path.Combine(folder, safe + ".npy");
            if (value is not OnnxTensor tensor)
            {
                throw new NotSupportedException($"onnx run: output '{name}' is {value}, which .npy does not hold. Leave --output out to see it.");
            }

            NpyFile.Save(path, tensor.Tensor);
            Console.Out.WriteLine($"{name}: {value} in {path}");
        }

        return ExitCode.Success;
    }
}
