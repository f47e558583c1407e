using System.CommandLine;
using System.Text.Json;
using Ashlar.Data.Images;
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
        var inputs = new Dictionary<string, OnnxValue>();
        foreach (string entry in parsed.GetValue(_inputs) ?? [])
        {
            int at = entry.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw new UsageException($"onnx run: the input '{entry}' is no NAME=FILE. The model has {string.Join("; ", model.Inputs)}.");
            }

            string name = entry[..at];
            OnnxPort? port = model.Inputs.FirstOrDefault(port => port.Name == name);
            inputs[name] = Read(entry[(at + 1)..], port?.Type ?? OnnxDType.Float32);
        }

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

    static OnnxValue Read(string file, OnnxDType type) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".npy" => NpyFile.Load(file),
        ".png" => Picture(PngFile.Read(file)),
        ".json" => Json(file, type),
        string other => throw new UsageException($"onnx run: files of the kind '{other}' are not read. Give .npy, .json or .png."),
    };

    static Tensor Picture(PngImage png) => (Tensor.FromBytes(png.Samples, DType.UInt8, new Shape(png.Height, png.Width, png.Channels)).To(DType.Float32) / 255.0).Permute(2, 0, 1).Unsqueeze(0);

    static OnnxValue Json(string file, OnnxDType type)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        var shape = new List<int>();
        for (JsonElement at = document.RootElement; at.ValueKind == JsonValueKind.Array; at = at[0])
        {
            shape.Add(at.GetArrayLength());
            if (at.GetArrayLength() == 0)
            {
                break;
            }
        }

        JsonElement[] items = [.. Leaves(document.RootElement)];
        return type == OnnxDType.String
            ? new OnnxStrings(new Shape([.. shape]), [.. items.Select(item => item.GetString()!)])
            : type is OnnxDType.Int64
            ? Tensor.From<long>(items.Select(item => item.GetInt64()).ToArray(), [.. shape])
            : new OnnxTensor(Tensor.From<double>(items.Select(item => item.ValueKind is JsonValueKind.True ? 1 : item.ValueKind is JsonValueKind.False ? 0 : item.GetDouble()).ToArray(), [.. shape]).To(type.Carrier), type);
    }

    static IEnumerable<JsonElement> Leaves(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Leaves) : [element];
}
