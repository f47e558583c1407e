using System.Globalization;
using System.Text.Json;
using Ashlar.Data.Audio;
using Ashlar.Data.Images;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;

namespace Ashlar.Cli.Onnx;

/// <summary>One input of a model from a file or from numbers. Nothing is cast, resized, mixed or resampled: what does not fit is an error that says how to make it fit.</summary>
/// <param name="command">For messages.</param>
/// <param name="port">What the model declares.</param>
/// <param name="text">A path, JSON, or zeros or ones.</param>
/// <param name="axes">Extents of symbolic axes, for zeros and ones; those not named are 1.</param>
sealed class OnnxInputFile(string command, OnnxPort port, string text, IReadOnlyDictionary<string, int> axes)
{
    /// <param name="rate">Samples in a second that the model takes, and who says so; null where nobody does.</param>
    /// <exception cref="FileNotFoundException">The text is neither a file nor numbers.</exception>
    /// <exception cref="InvalidDataException">The value does not fit the input.</exception>
    public OnnxValue Read(Func<(int Rate, string Source)?> rate)
    {
        string end = Path.GetExtension(text).ToLowerInvariant();
        if (text.Length > 0 && (text[0] is '[' or '-' or '"' || char.IsAsciiDigit(text[0]) || text is "true" or "false") && !File.Exists(text))
        {
            return Checked(Json(text, $"'{Shortened(text)}'"), "Give as many numbers as it takes, in nested lists for its axes.");
        }

        if (IsFill(text))
        {
            return Filled(command, port, axes, text == "ones" ? 1 : 0);
        }

        if (!File.Exists(text))
        {
            throw new FileNotFoundException($"{command}: input '{port.Name}': {(Directory.Exists(text) ? $"{text} is a folder" : $"there is no file {text}")}. Give a file, or numbers such as {port.Name}=[1, 2].");
        }

        return end switch
        {
            ".npy" => Checked(new OnnxTensor(NpyFile.Load(text)), $"Save the array so: numpy.save(file, array.astype(\"{Wanted}\").reshape(…))."),
            ".png" => Picture(PngFile.Read(text)),
            ".wav" => Sound(WavFile.Read(text), rate()),
            ".json" => Checked(Json(File.ReadAllText(text), text), "Write nested lists, one level for each axis."),
            ".bin" or ".raw" => Checked(Raw(File.ReadAllBytes(text)), "Give as many numbers as it takes."),
            _ => throw new UsageException($"{command}: input '{port.Name}': files of the kind '{end}' are not read. Give .npy, .json, .png, .wav or .bin."),
        };
    }

    /// <summary>Whether a text asks for an input full of one number.</summary>
    public static bool IsFill(string text) => text is "zeros" or "ones" && !File.Exists(text);

    /// <summary>One number in every place of an input, whose symbolic axes have the extents given, else 1.</summary>
    /// <exception cref="UsageException">The input is no tensor of numbers.</exception>
    public static OnnxValue Filled(string command, OnnxPort port, IReadOnlyDictionary<string, int> axes, double number)
    {
        int[] extents = [.. (port.Axes ?? []).Select((axis, i) => axes.TryGetValue(OnnxInputs.Name(port, axis, i), out int given) ? given : int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out int extent) ? extent : 1)];
        return port.Kind == "tensor" && port.Type != OnnxDType.String
            ? new OnnxTensor(Tensor.Full(new Shape(extents), number, port.Type.Carrier), port.Type)
            : throw new UsageException($"{command}: input {port} is not made up. Give it with --input {port.Name}=FILE.");
    }

    string Wanted => port.Type is OnnxDType.Undefined or OnnxDType.String || port.Type.IsCarried ? "float32" : port.Type.Carrier.Name;

    // Rows and columns of channels, as the model's axes ask for: [batch, channels, rows, columns] where they do not say otherwise.
    OnnxValue Picture(PngImage png)
    {
        Tensor pixels = Tensor.FromBytes(png.Samples, DType.UInt8, new Shape(png.Height, png.Width, png.Channels));
        pixels = port.Type == OnnxDType.UInt8 ? pixels : pixels.To(DType.Float32) / 255.0;
        int rank = port.Axes?.Count ?? 4;
        bool channelsLast = rank >= 3 && port.Axes is { } named && named[^1] is "1" or "3" or "4" && named[rank - 3] is not ("1" or "3" or "4");
        pixels = channelsLast ? pixels : pixels.Permute(2, 0, 1);
        pixels = rank == 2 && png.Channels == 1 ? pixels.Squeeze(0) : pixels;
        while (pixels.Rank < rank)
        {
            pixels = pixels.Unsqueeze(0);
        }

        return Checked(new OnnxTensor(pixels), $"The picture has {png.Width} x {png.Height} pixels of {png.Channels} channel{(png.Channels == 1 ? "" : "s")}: resize or convert it to what the model takes, or give the array as .npy.");
    }

    OnnxValue Sound(WavFile wav, (int Rate, string Source)? wanted)
    {
        if (wanted is { } rate && rate.Rate != wav.Rate)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{command}: input '{port.Name}': {text} has {wav.Rate} samples in a second, the model takes {rate.Rate} ({rate.Source}). Resample it, for example: ffmpeg -i {text} -ar {rate.Rate} resampled.wav"));
        }

        if (wanted is null)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{text}: {wav.Rate} samples in a second are taken as they are; the model does not say its rate. --rate N checks it."));
        }

        Tensor samples = wav.ToTensor();
        int rank = port.Axes?.Count ?? 2;
        samples = rank == 1 && wav.Channels == 1 ? samples.Squeeze(0) : samples;
        while (samples.Rank < rank)
        {
            samples = samples.Unsqueeze(0);
        }

        return Checked(new OnnxTensor(samples), string.Create(CultureInfo.InvariantCulture, $"The sound has {wav.Length} samples of {wav.Channels} channel{(wav.Channels == 1 ? "" : "s")}: cut or mix it to what the model takes, or give the array as .npy."));
    }

    OnnxTensor Raw(byte[] bytes)
    {
        OnnxDType type = port.Type is OnnxDType.Undefined ? OnnxDType.Float32 : port.Type;
        DType dtype = type == OnnxDType.String || type.IsCarried ? throw new UsageException($"{command}: input {port} is not read from bare bytes. Give .json or .npy.") : type.Carrier;
        int open = port.Axes?.Count(axis => !int.TryParse(axis, out _)) ?? 0;
        int known = (port.Axes ?? []).Where(axis => int.TryParse(axis, out _)).Aggregate(1, (size, axis) => size * int.Parse(axis, CultureInfo.InvariantCulture));
        int count = bytes.Length / dtype.ItemSize;
        return open <= 1 && port.Axes is { } named && known > 0 && bytes.Length % dtype.ItemSize == 0 && count % known == 0
            ? new OnnxTensor(Tensor.FromBytes(bytes, dtype, new Shape([.. named.Select(axis => int.TryParse(axis, out int extent) ? extent : count / known)])), type)
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{command}: input {port}: the {bytes.Length} bytes of {text} do not say its extents. Give the array as .npy."));
    }

    OnnxValue Json(string json, string name)
    {
        OnnxDType type = port.Type == OnnxDType.Undefined ? OnnxDType.Float32 : port.Type;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            var shape = new List<int>();
            for (JsonElement at = document.RootElement; at.ValueKind == JsonValueKind.Array; at = at[0])
            {
                shape.Add(at.GetArrayLength());
                if (at.GetArrayLength() == 0)
                {
                    break;
                }
            }

            if (!IsEven(document.RootElement, shape, 0))
            {
                throw Refused($"{name} is no nested list, its lists have different lengths");
            }

            JsonElement[] items = [.. Leaves(document.RootElement)];
            int[] extents = Extents(shape, items.Length);
            return type == OnnxDType.String
                ? new OnnxStrings(new Shape(extents), [.. items.Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw NoValue(name, item, "text"))])
                : type.Carrier.IsInteger
                ? new OnnxTensor(Exact(Tensor.From<long>(items.Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long whole) ? whole : throw NoValue(name, item, "whole number")).ToArray(), extents), type, name, items), type)
                : new OnnxTensor(Exact(Tensor.From<double>(items.Select(item => Number(item) is { } number ? number : throw NoValue(name, item, type == OnnxDType.Bool ? "truth value" : "number")).ToArray(), extents), type, name, items), type);
        }
        catch (JsonException e)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"{name} is no JSON from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} on"));
        }
    }

    // What the type of the input cannot hold is refused and not bent: 300 as a byte, 2 as a truth value.
    Tensor Exact(Tensor numbers, OnnxDType type, string name, JsonElement[] items)
    {
        Tensor held = numbers.To(type.Carrier);
        Tensor again = held.To(numbers.DType);
        bool[] kept = (type.Carrier.IsFloating ? again.IsFinite() : again.EqualTo(numbers)).Reshape(-1).ToArray<bool>();
        int lost = Array.IndexOf(kept, false);
        return lost < 0 ? held : throw NoValue(name, items[lost], $"{type}");
    }

    InvalidDataException NoValue(string name, JsonElement item, string wanted) => Refused($"{Shortened(item.GetRawText())} in {name} is no {wanted}");

    InvalidDataException Refused(string what) => new($"{command}: input '{port.Name}' takes {Declared}: {what}. Write for example [[1, 2], [3, 4]].");

    static double? Number(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Number => item.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => null,
    };

    static bool IsEven(JsonElement element, List<int> shape, int level) => element.ValueKind == JsonValueKind.Array
        ? level < shape.Count && element.GetArrayLength() == shape[level] && element.EnumerateArray().All(item => IsEven(item, shape, level + 1))
        : level == shape.Count;

    static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";

    // One number is a scalar, or fills an input of one element.
    int[] Extents(List<int> shape, int count) => shape.Count == 0 && port.Axes is { } named && count == 1 ? [.. named.Select(_ => 1)] : [.. shape];

    static IEnumerable<JsonElement> Leaves(JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Leaves) : [element];

    OnnxValue Checked(OnnxValue value, string remedy)
    {
        (OnnxDType type, Shape shape) = value is OnnxTensor tensor ? (tensor.Type, tensor.Tensor.Shape) : (OnnxDType.String, ((OnnxStrings)value).Shape);
        bool fits = (port.Type == OnnxDType.Undefined || port.Type == type)
            && (port.Axes is not { } named || (named.Count == shape.Rank && named.Select((axis, i) => !int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out int extent) || extent == shape[i]).All(same => same)));
        return port.Kind != "tensor" || fits ? value : throw new InvalidDataException($"{command}: input '{port.Name}' takes {Declared} and is given {value}. {remedy}");
    }

    string Declared => port.ToString()[(port.Name.Length + 2)..];
}
