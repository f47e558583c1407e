using System.CommandLine;
using System.Globalization;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;

namespace Ashlar.Cli.Onnx;

/// <summary>Inputs of a model from the command line: files, or numbers as they are.</summary>
sealed class OnnxInputs
{
    readonly Option<string[]> _inputs = new("--input") { Description = "NAME=FILE or NAME=NUMBERS for each input: .npy; .json (nested lists); .png; .wav; .bin (little-endian numbers); numbers as they are, such as 3 or [[1, 2], [3, 4]]; or zeros or ones.", HelpName = "NAME=FILE" };
    readonly Option<int?> _rate = NumberOption.Whole("--rate", "Samples in a second that the model takes; a sound of another rate is an error. Without it the model's own word for it counts.", 1);
    readonly Option<string[]> _axes = new("--axis") { Description = "NAME=EXTENT of a symbolic axis, for inputs that are not given and for counting operations. An axis without a name is INPUT.NUMBER, such as x.0=8.", HelpName = "NAME=EXTENT" };

    /// <summary>Adds the options that name inputs.</summary>
    public void AddTo(Command command)
    {
        command.Add(_inputs);
        command.Add(_rate);
    }

    /// <summary>Adds the option that names extents.</summary>
    public void AddAxesTo(Command command) => command.Add(_axes);

    /// <summary>What the command line gives, each value against what the model declares.</summary>
    /// <param name="command">For messages.</param>
    /// <param name="model">Names the inputs and their types.</param>
    /// <param name="parsed">The command.</param>
    /// <exception cref="UsageException">An entry is none, names no input, or a file has another rate than the model.</exception>
    public Dictionary<string, OnnxValue> Read(string command, OnnxModel model, ParseResult parsed)
    {
        var entries = new Dictionary<string, string>();
        foreach (string entry in parsed.GetValue(_inputs) ?? [])
        {
            int at = entry.IndexOf('=', StringComparison.Ordinal);
            string name = at > 0 ? entry[..at] : throw new UsageException($"{command}: the input '{entry}' is no NAME=FILE. {Has(model)}");
            if (model.Inputs.All(port => port.Name != name))
            {
                throw new UsageException($"{command}: the model has no input '{name}'. {Has(model)}");
            }

            if (!entries.TryAdd(name, entry[(at + 1)..]))
            {
                throw new UsageException($"{command}: input '{name}' is given twice: {entries[name]} and {entry[(at + 1)..]}. Give it once.");
            }
        }

        var inputs = new Dictionary<string, OnnxValue>();
        IReadOnlyDictionary<string, int> axes = Axes(command, model, parsed);
        foreach (OnnxPort port in model.Inputs.Where(port => entries.ContainsKey(port.Name)).OrderBy(port => OnnxInputFile.IsFill(entries[port.Name])))
        {
            axes = With(axes, model, inputs);
            var file = new OnnxInputFile(command, port, entries[port.Name], axes);
            inputs[port.Name] = file.Read(() => parsed.GetValue(_rate) is { } rate ? (rate, "--rate") : Rate(model, entries));
        }

        return inputs;
    }

    /// <summary>As <see cref="Read"/>, where every input without a value of its own must be given.</summary>
    public Dictionary<string, OnnxValue> ReadAll(string command, OnnxModel model, ParseResult parsed)
    {
        Dictionary<string, OnnxValue> inputs = Read(command, model, parsed);
        OnnxPort[] missing = [.. model.Inputs.Where(port => !port.IsOptional && !inputs.ContainsKey(port.Name))];
        return missing.Length == 0 ? inputs
            : throw new UsageException($"{command}: {(missing.Length == 1 ? $"input {missing[0]} is" : $"the inputs {string.Join("; ", missing.AsEnumerable())} are")} not given. Give {string.Join(" ", missing.Select(port => $"--input {port.Name}=FILE"))}.");
    }

    /// <summary>Ones for the inputs that are not given; symbolic axes have the extents given, else those of the other inputs, else 1.</summary>
    public void Fill(string command, OnnxModel model, Dictionary<string, OnnxValue> inputs, ParseResult parsed)
    {
        IReadOnlyDictionary<string, int> axes = With(Axes(command, model, parsed), model, inputs);
        foreach (OnnxPort port in model.Inputs.Where(port => !port.IsOptional && !inputs.ContainsKey(port.Name)))
        {
            inputs[port.Name] = OnnxInputFile.Filled(command, port, axes, 1);
        }
    }

    /// <summary>The extents that the command line gives symbolic axes.</summary>
    public IReadOnlyDictionary<string, int> Axes(string command, OnnxModel model, ParseResult parsed)
    {
        string[] symbols = [.. model.Inputs.SelectMany(port => (port.Axes ?? []).Select((axis, i) => Name(port, axis, i))).Where(axis => !int.TryParse(axis, out _)).Distinct()];
        var axes = new Dictionary<string, int>();
        foreach (string entry in parsed.GetValue(_axes) ?? [])
        {
            (string name, int extent) = entry.Split('=') is [var symbol, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                ? (symbol, value)
                : throw new UsageException($"{command}: the axis '{entry}' is no NAME=EXTENT. Give one such as batch=8.");
            if (!symbols.Contains(name))
            {
                throw new UsageException($"{command}: the model has no symbolic axis '{name}'. {(symbols.Length == 0 ? "It has none at all" : $"It has {string.Join(", ", symbols)}")}.");
            }

            axes[name] = axes.TryAdd(name, extent) ? extent : throw new UsageException($"{command}: axis '{name}' is given twice: {axes[name]} and {extent}. Give it once.");
        }

        return axes;
    }

    /// <summary>What an axis is called on the command line; one without a name by its input and number.</summary>
    public static string Name(OnnxPort port, string axis, int i) => axis == "?" ? string.Create(CultureInfo.InvariantCulture, $"{port.Name}.{i}") : axis;

    // The extents that symbolic axes have in the inputs that are there.
    static Dictionary<string, int> With(IReadOnlyDictionary<string, int> axes, OnnxModel model, Dictionary<string, OnnxValue> inputs)
    {
        var known = new Dictionary<string, int>(axes);
        foreach (OnnxPort port in model.Inputs)
        {
            if (port.Axes is { } names && inputs.TryGetValue(port.Name, out OnnxValue? value) && value is OnnxTensor { Tensor.Shape: var shape } && shape.Rank == names.Count)
            {
                for (int i = 0; i < names.Count; i++)
                {
                    known.TryAdd(Name(port, names[i], i), shape[i]);
                }
            }
        }

        return known;
    }

    static string Has(OnnxModel model) => $"The model has {string.Join("; ", model.Inputs)}.";

    // Who wrote the model may have said which rate it takes: in its metadata, or as an input of its own.
    static (int, string)? Rate(OnnxModel model, Dictionary<string, string> entries)
    {
        foreach (string name in (string[])["sample_rate", "sampling_rate", "sr"])
        {
            if (model.Metadata.TryGetValue(name, out string? told) && int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out int rate))
            {
                return (rate, $"its metadata '{name}'");
            }

            if (entries.TryGetValue(name, out string? given) && int.TryParse(given.Trim('[', ']', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out rate))
            {
                return (rate, $"its input '{name}'");
            }
        }

        return null;
    }
}
