using System.Globalization;
using Ashlar.Onnx.Protobuf;

namespace Ashlar.Onnx.Values;

/// <summary>Bytes of tensors that stand in files beside the model, never outside its folder.</summary>
/// <param name="folder">The model's folder, or null where a model comes from a stream.</param>
sealed class ExternalData(string? folder)
{
    /// <summary>A model without files beside it.</summary>
    public static ExternalData None { get; } = new(null);

    /// <param name="tensor">Names file, offset and length.</param>
    /// <param name="length">How many bytes its shape asks for.</param>
    /// <exception cref="OnnxException">The file lies elsewhere, is missing or too short.</exception>
    public byte[] Read(TensorProto tensor, long length)
    {
        Dictionary<string, string> entries = [];
        foreach (StringStringEntryProto entry in tensor.ExternalData)
        {
            entries[entry.Key] = entry.Value;
        }

        string path = Find(tensor.Name, entries.GetValueOrDefault("location", ""));
        long offset = Number(tensor.Name, entries, "offset", 0);
        long given = Number(tensor.Name, entries, "length", length);
        if (given != length)
        {
            throw new OnnxException($"ONNX: initializer '{tensor.Name}' has {given} bytes in '{entries["location"]}', its type and shape ask for {length}. The model is damaged; export it again.");
        }

        using FileStream file = File.OpenRead(path);
        if (offset > file.Length - length)
        {
            throw new OnnxException($"ONNX: initializer '{tensor.Name}' wants bytes {offset} to {offset + length} of '{entries["location"]}', which has {file.Length}. Copy the whole file beside the model.");
        }

        var bytes = new byte[length];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }

    static long Number(string name, Dictionary<string, string> entries, string key, long missing) => !entries.TryGetValue(key, out string? text) ? missing
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
        : throw new OnnxException($"ONNX: initializer '{name}' has the {key} '{text}', which is no whole number of bytes. The model is damaged; export it again.");

    string Find(string name, string location)
    {
        if (folder is null)
        {
            throw new OnnxException($"ONNX: initializer '{name}' stands in the file '{location}', but the model comes from a stream. Load it by its path.");
        }

        if (location.IndexOf('\0') is >= 0 and var place)
        {
            throw new OnnxException(string.Create(CultureInfo.InvariantCulture, $"ONNX: initializer '{name}' stands in a file whose name has a null character at place {place}, which no file has. The model is damaged; export it again."));
        }

        string home = Path.GetFullPath(folder);
        string path = Path.GetFullPath(Path.Combine(home, location));
        if (location.Length == 0 || Path.IsPathRooted(location) || !Inside(home, path))
        {
            throw new OnnxException($"ONNX: initializer '{name}' stands in '{location}', which is outside the model's folder. Put the file beside the model and name it without folders.");
        }

        if (!File.Exists(path))
        {
            throw new OnnxException($"ONNX: initializer '{name}' stands in '{location}', which is not in the model's folder. Copy it there.");
        }

        // A link may lead out of the folder where its name does not.
        for (string step = path; step.Length > home.Length; step = Path.GetDirectoryName(step)!)
        {
            FileSystemInfo info = Directory.Exists(step) ? new DirectoryInfo(step) : new FileInfo(step);
            if (info.ResolveLinkTarget(returnFinalTarget: true) is { } target && !Inside(home, target.FullName))
            {
                throw new OnnxException($"ONNX: initializer '{name}' stands in '{location}', a link that leads outside the model's folder. Copy the file itself beside the model.");
            }
        }

        return path;
    }

    static bool Inside(string home, string path) => path.StartsWith(home.EndsWith(Path.DirectorySeparatorChar) ? home : home + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
