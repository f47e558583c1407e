using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;

namespace Ashlar.Cli.Onnx;

/// <summary><c>ashlar onnx run</c></summary>
sealed class OnnxRunCommand
{
    public static readonly string[] Examples = ["ashlar onnx run model.onnx --input x=x.npy", "ashlar onnx run model.onnx --input picture=three.png --output results", "ashlar onnx run vad.onnx --input input=speech.wav --input sr=16000 --input state=zeros --json"];

    readonly Argument<string> _model = new("MODEL") { Description = "An .onnx file." };
    readonly Option<string?> _output = new("--output") { Description = "A folder that takes NAME.npy for each output. Without it the outputs are printed.", HelpName = "DIR" };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON: for each output its type, its extents and its numbers, or with --output its file." };
    readonly Option<long?> _mostOperations = NumberOption.Count("--most-operations", "Operations after which the run ends with an error, for a model that nobody vouches for. Default: any number.");
    readonly Option<long?> _mostBytes = NumberOption.Count("--most-bytes", "Bytes beyond which a single value ends the run with an error. Default: any number.");
    readonly OnnxInputs _inputs = new();
    readonly ExecutionChoice _execution = new();

    public Command Build()
    {
        var command = new Command("run", "Computes a model's outputs from files or numbers.") { _model, _output, _json, _mostOperations, _mostBytes };
        _inputs.AddTo(command);
        _inputs.AddAxesTo(command);
        _execution.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        using IDisposable execution = _execution.Use(parsed);
        OnnxModel model = OnnxFile.Load("onnx run", parsed.GetRequiredValue(_model), new OnnxLoadOptions { MostOperations = parsed.GetValue(_mostOperations), MostBytes = parsed.GetValue(_mostBytes) });
        Dictionary<string, OnnxValue> inputs = _inputs.ReadAll("onnx run", model, parsed);
        if (parsed.GetValue(_output) is { } place && File.Exists(place))
        {
            throw new UsageException($"onnx run: --output takes a folder, and {place} is a file. Name a folder; it is made where it is not there.");
        }

        IReadOnlyDictionary<string, OnnxValue> results = model.Run(inputs);
        Dictionary<string, string> files = parsed.GetValue(_output) is { } folder ? Save(folder, results) : [];
        if (parsed.GetValue(_json))
        {
            JsonLine.Print(json => Write(json, results, files));
            return ExitCode.Success;
        }

        foreach ((string name, OnnxValue value) in results)
        {
            Console.Out.WriteLine(files.TryGetValue(name, out string? file) ? $"{name}: {value} in {file}" : $"{name}: {value}");
            if (file is null)
            {
                Console.Out.WriteLine(value is OnnxTensor shown ? shown.Tensor.ToString() : value is OnnxStrings text ? string.Join('\n', text.Items) : "");
            }
        }

        return ExitCode.Success;
    }

    static Dictionary<string, string> Save(string folder, IReadOnlyDictionary<string, OnnxValue> results)
    {
        if (results.FirstOrDefault(result => result.Value is not OnnxTensor) is { Key: { } other, Value: var refused })
        {
            throw new NotSupportedException($"onnx run: output '{other}' is {refused}, which .npy does not hold. Leave --output out to see it.");
        }

        Directory.CreateDirectory(folder);
        var files = new Dictionary<string, string>();
        foreach ((string name, OnnxValue value) in results)
        {
            string safe = string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.' ? letter : '_'));
            string path = Path.Combine(folder, safe + ".npy");
            for (int copy = 2; files.ContainsValue(path); copy++)
            {
                path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{safe}_{copy}.npy"));
            }

            NpyFile.Save(path, ((OnnxTensor)value).Tensor);
            files[name] = path;
        }

        return files;
    }

    static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, OnnxValue> results, Dictionary<string, string> files)
    {
        json.WriteStartObject();
        foreach ((string name, OnnxValue value) in results)
        {
            json.WriteStartObject(name);
            json.WriteString("value", value.ToString());
            if (files.TryGetValue(name, out string? file))
            {
                json.WriteString("file", file);
            }
            else if (value is OnnxTensor { Tensor: var tensor } && !tensor.DType.IsComplex)
            {
                Extents(json, tensor.Shape);
                json.WriteStartArray("data");
                foreach (double number in tensor.To(DType.Float64).ToArray<double>())
                {
                    Number(json, number, tensor.DType);
                }

                json.WriteEndArray();
            }
            else if (value is OnnxStrings text)
            {
                Extents(json, text.Shape);
                json.WriteTexts("data", text.Items);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    static void Extents(Utf8JsonWriter json, Shape shape)
    {
        json.WriteStartArray("shape");
        foreach (int extent in shape)
        {
            json.WriteNumberValue(extent);
        }

        json.WriteEndArray();
    }

    // The shortest digits that give the same number back; JSON has no form for what is not finite.
    static void Number(Utf8JsonWriter json, double number, DType type)
    {
        if (!double.IsFinite(number))
        {
            json.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        }
        else if (type == DType.Bool)
        {
            json.WriteBooleanValue(number != 0);
        }
        else if (type == DType.Float32)
        {
            json.WriteNumberValue((float)number);
        }
        else
        {
            json.WriteNumberValue(number);
        }
    }
}
