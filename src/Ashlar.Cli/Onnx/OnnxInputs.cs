using System.Text.Json;
using Ashlar.Data.Images;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;

namespace Ashlar.Cli.Onnx;

/// <summary>Inputs of a model from files.</summary>
static class OnnxInputs
{
    /// <param name="command">For messages.</param>
    /// <param name="model">Names the inputs and their types.</param>
    /// <param name="entries">NAME=FILE.</param>
    public static Dictionary<string, OnnxValue> Read(string command, OnnxModel model, string[] entries)
    {
        var inputs = new Dictionary<string, OnnxValue>();
        foreach (string entry in entries)
        {
            int at = entry.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw new UsageException($"{command}: the input '{entry}' is no NAME=FILE. The model has {string.Join("; ", model.Inputs)}.");
            }

            string name = entry[..at];
            OnnxPort? port = model.Inputs.FirstOrDefault(port => port.Name == name);
            inputs[name] = Read(entry[(at + 1)..], port?.Type ?? OnnxDType.Float32);
        }

        return inputs;
    }

    /// <summary>Ones for the inputs that are not given; symbolic axes have the extents given, else 1.</summary>
    public static void Fill(OnnxModel model, Dictionary<string, OnnxValue> inputs, IReadOnlyDictionary<string, int> axes)
    {
        foreach (OnnxPort port in model.Inputs.Where(port => !port.IsOptional && !inputs.ContainsKey(port.Name)))
        {
            int[] extents = [.. (port.Axes ?? []).Select(axis => axes.TryGetValue(axis, out int given) ? given : int.TryParse(axis, out int extent) ? extent : 1)];
            inputs[port.Name] = port.Kind == "tensor" && port.Type != OnnxDType.String
                ? new OnnxTensor(Tensor.Ones(new Shape(extents), port.Type.Carrier), port.Type)
                : throw new UsageException($"onnx bench: input {port} is not made up. Give it with --input {port.Name}=FILE.");
        }
    }

    static OnnxValue Read(string file, OnnxDType type) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".npy" => NpyFile.Load(file),
        ".png" => Picture(PngFile.Read(file)),
        ".json" => Json(file, type),
        string other => throw new UsageException($"onnx: files of the kind '{other}' are not read. Give .npy, .json or .png."),
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
