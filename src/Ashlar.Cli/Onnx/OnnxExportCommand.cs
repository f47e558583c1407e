using System.CommandLine;
using System.Globalization;
using Ashlar.Nn;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;

namespace Ashlar.Cli.Onnx;

/// <summary><c>ashlar onnx export</c></summary>
sealed class OnnxExportCommand
{
    public static readonly string[] Examples = ["ashlar onnx export @last --out digits.onnx", "ashlar onnx export .ashlar/models/digits --opset 21 --batch 1 --check", "ashlar onnx export @last --symbolic 1=length", "ashlar onnx export old.onnx --opset 21 --out new.onnx"];

    readonly Argument<string> _source = new("RUN|MODEL") { Description = "A run (its id or the beginning of it, @last, @best:METRIC), a folder that train wrote, a model.safetensors, or an .onnx file." };
    readonly Option<string?> _out = new("--out") { Description = "The file to write. Default: model.onnx.", HelpName = "FILE" };
    readonly Option<string?> _artifact = new("--artifact") { Description = "Which file of the run, where it kept several models.", HelpName = "NAME" };
    readonly Option<int?> _opset = NumberOption.Whole("--opset", "Version of the operator set, 13 to 27. Default: 17, and that of an .onnx file.", 13);
    readonly Option<int?> _batch = NumberOption.Whole("--batch", "A fixed batch. Without it the batch is symbolic: any.", 1);
    readonly Option<string[]> _symbolic = new("--symbolic") { Description = "AXIS=NAME: an axis of the input besides the batch that may have any extent in the file. Not for .onnx files, whose own axes stay.", HelpName = "AXIS=NAME" };
    readonly Option<string?> _shape = new("--shape") { Description = "Extents of the input between commas, the batch first, where the file does not say them.", HelpName = "N,…" };
    readonly Option<int?> _inline = NumberOption.Whole("--inline", "Bytes of weights beyond which they stand in a file of their own, FILE.data. Default: 2000000000; the format takes 2 GiB.", 0);
    readonly Option<string[]> _metadata = new("--metadata") { Description = "KEY=TEXT that the file carries.", HelpName = "KEY=TEXT" };
    readonly Option<bool> _check = new("--check") { Description = "Where the file, read again, gives other bits, end with exit code 3." };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON." };
    readonly OnnxInputs _inputs = new();
    readonly ExecutionChoice _execution = new();

    public Command Build()
    {
        var command = new Command("export", "Writes a model of a run or a file as ONNX, reads it again and compares the outputs.") { _source, _out, _artifact, _opset, _batch, _symbolic, _shape, _inline, _metadata, _check, _json };
        _inputs.AddAxesTo(command);
        _execution.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        using IDisposable execution = _execution.Use(parsed);
        if (parsed.GetValue(_opset) is > 27 and var opset)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"onnx export: --opset is {opset} and operator sets 13 to 27 are written."));
        }

        var source = ExportSource.Find(parsed.GetRequiredValue(_source), parsed.GetValue(_artifact));
        string path = parsed.GetValue(_out) ?? "model.onnx";
        foreach (string entry in parsed.GetValue(_metadata) ?? [])
        {
            source.Metadata[entry.Split('=')[0]] = entry.Contains('=', StringComparison.Ordinal) ? entry[(entry.IndexOf('=', StringComparison.Ordinal) + 1)..] : throw new UsageException($"onnx export: the metadata '{entry}' is no KEY=TEXT.");
        }

        (OnnxModel model, OnnxRoundTrip? trip) = source.IsOnnx ? Again(parsed, source, path) : Anew(parsed, source, path);
        if (parsed.GetValue(_json))
        {
            Json(path, model, trip);
        }
        else
        {
            string seen = trip is null ? "" : trip.IsExact ? "the same bits" : string.Create(CultureInfo.InvariantCulture, $"within {trip.Relative:G2} of the largest number (the format lacks an operator, or has it with another rounding)");
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{source.Name} in {path}{string.Concat(model.DataFiles.Select(file => $" and {file}"))}: {model.Operators.Sum(entry => entry.Count)} nodes of operator set {model.Opsets[""]}, {model.ParameterCount:N0} parameters"));
            Console.Out.WriteLine(trip is null ? "read again; to compare outputs too give its symbolic axes with --axis NAME=EXTENT" : string.Create(CultureInfo.InvariantCulture, $"read again: {seen} on {trip.Runs} {(trip.Runs == 1 ? "input" : "batches")}"));
        }

        return parsed.GetValue(_check) && trip?.IsExact != true ? ExitCode.Differs : ExitCode.Success;
    }

    (OnnxModel Written, OnnxRoundTrip? Trip) Anew(ParseResult parsed, ExportSource source, string path)
    {
        (Module module, Shape shape) = source.Load(Extents(parsed.GetValue(_shape)));
        shape = parsed.GetValue(_batch) is { } batch ? new Shape([batch, .. shape.Extents[1..]]) : shape;
        bool symbolic = parsed.GetValue(_batch) is null;
        Written(module, progress => OnnxExport.Save(path, module, shape, Options(parsed, source, symbolic) with { SymbolicAxes = [.. (parsed.GetValue(_symbolic) ?? []).Select(Symbolic)], Progress = progress }));
        module.Eval();
        var written = OnnxModel.Load(path);
        return (written, OnnxRoundTrip.Of(written, x => [module.Forward(x[0])], [(shape, DType.Float32)], symbolic));
    }

    // A model of the format stays as it is, with what is known of its origin; in another operator set or with a fixed batch it is recorded and written anew.
    (OnnxModel Written, OnnxRoundTrip? Trip) Again(ParseResult parsed, ExportSource source, string path)
    {
        OnnxModel model = OnnxModel.Load(source.Path);
        var module = new OnnxModule(model);
        OnnxPort[] ports = [.. model.Inputs.Where(port => module.Required.Contains(port.Name))];
        IReadOnlyDictionary<string, int> axes = _inputs.Axes("onnx export", model, parsed);
        bool symbolic = parsed.GetValue(_batch) is null && ports.All(port => port.Axes is [var first, ..] && !int.TryParse(first, out _));
        (Shape Shape, DType Type)[] inputs = [.. ports.Select(port => (new Shape([.. (port.Axes ?? []).Select((axis, i) => Extent(port, axis, i, axes, parsed.GetValue(_batch)))]), port.Type.Carrier))];
        bool anew = parsed.GetValue(_opset) is not null || parsed.GetValue(_batch) is not null;
        string[] open = [.. ports.SelectMany(port => (port.Axes ?? []).Index().Where(axis => axis.Index > 0).Select(axis => OnnxInputs.Name(port, axis.Item, axis.Index))).Where(axis => !int.TryParse(axis, out _) && !axes.ContainsKey(axis)).Distinct()];
        if (open.Length > 0 && (anew || parsed.GetValue(_check)))
        {
            throw new UsageException($"onnx export: only the batch may stay symbolic, or be tried with others. Give extents: {string.Join(" ", open.Select(axis => $"--axis {axis}=N"))}.");
        }

        OnnxExportOptions options = Options(parsed, source, symbolic) with { InputNames = [.. ports.Select(port => port.Name)], OutputNames = [.. model.Outputs.Select(port => port.Name)] };
        foreach ((string key, string value) in model.Metadata)
        {
            source.Metadata.TryAdd(key, value);
        }

        Written(module, progress =>
        {
            if (anew)
            {
                OnnxExport.Save(path, module, x => module.Run(x), inputs, options with { Progress = progress });
            }
            else
            {
                module.Save(path, options with { Progress = progress });
            }
        });
        var written = OnnxModel.Load(path);
        // What is recorded is evaluated: dropouts are idle, and batch normalisations take what they know.
        module.Eval();
        return (written, open.Length > 0 ? null : OnnxRoundTrip.Of(written, x => anew ? module.Run(x) : model.Run(x), inputs, symbolic));
    }

    static int Extent(OnnxPort port, string axis, int i, IReadOnlyDictionary<string, int> axes, int? batch) =>
        i == 0 && batch is { } fixedBatch ? fixedBatch
        : int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out int extent) ? extent
        : axes.GetValueOrDefault(OnnxInputs.Name(port, axis, i), 1);

    OnnxExportOptions Options(ParseResult parsed, ExportSource source, bool symbolic) => new(parsed.GetValue(_opset) ?? 17, symbolic, source.Metadata) { LargestInline = parsed.GetValue(_inline) ?? new OnnxExportOptions().LargestInline };

    static (string Input, int Axis, string Name) Symbolic(string text) =>
        text.Split('=', 2) is [var axis, { Length: > 0 } name] && int.TryParse(axis, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? ("input", number, name)
            : throw new UsageException($"onnx export: the symbolic axis '{text}' is no AXIS=NAME. Give one such as 1=length.");

    static Shape? Extents(string? text) => text is null ? null
        : text.Split(',', 'x') is var parts && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int extent) && extent > 0)
        ? new Shape([.. parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture))])
        : throw new UsageException($"onnx export: --shape takes extents between commas such as 1,3,224,224, and got '{text}'.");

    static void Written(Module module, Action<IProgress<double>?> write) => ExportProgress.Show(module.Parameters.Sum(parameter => (long)parameter.Shape.Size * parameter.DType.ItemSize), write);

    static void Json(string path, OnnxModel model, OnnxRoundTrip? trip) => JsonLine.Print(json =>
    {
        json.WriteStartObject();
        json.WriteString("path", path);
        json.WriteString("data", model.DataFiles.Count > 0 ? model.DataFiles[0] : null);
        json.WriteNumber("opset", model.Opsets[""]);
        json.WriteNumber("nodes", model.Operators.Sum(entry => entry.Count));
        json.WriteNumber("parameters", model.ParameterCount);
        json.WriteBoolean("sameBits", trip?.IsExact == true);
        JsonLine.WriteNumber(json, "relative", trip?.Relative);
        json.WriteNumber("runs", trip?.Runs ?? 0);
        json.WriteStartObject("metadata");
        foreach ((string key, string value) in model.Metadata)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });
}
