using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ashlar.Lab;
using Ashlar.Lab.Events;
using Ashlar.Nn;
using Ashlar.Training;

namespace Ashlar.Cli.Onnx;

/// <summary>What is to be written as ONNX: a model of a run, or a file.</summary>
/// <param name="Name">For people.</param>
/// <param name="Path">The file that holds it.</param>
/// <param name="IsOnnx">Whether it is an ONNX model already.</param>
/// <param name="Input">The shape that a run recorded for its input, or null.</param>
/// <param name="Metadata">Where it comes from.</param>
sealed record ExportSource(string Name, string Path, bool IsOnnx, Shape? Input, SortedDictionary<string, string> Metadata)
{
    const string Remedy = "In the program: run.LogModel(model, input: shape), or OnnxExport.Save(path, model, shape) and run.LogArtifact(path).";

    /// <param name="reference">A file, a folder that train wrote, or a run as other commands name them.</param>
    /// <param name="artifact">Which of the run's files, or null.</param>
    /// <exception cref="FileNotFoundException">The run kept no model, or its file is gone.</exception>
    /// <exception cref="UsageException">The run kept several.</exception>
    public static ExportSource Find(string reference, string? artifact)
    {
        string path = Directory.Exists(reference) ? System.IO.Path.Combine(reference, "model.safetensors") : reference;
        if (File.Exists(path) || System.IO.Path.GetExtension(path) is ".onnx" or ".safetensors")
        {
            return File.Exists(path)
                ? new ExportSource(path, path, System.IO.Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase), null, [])
                : throw new FileNotFoundException($"onnx export: there is no file {path}. Give a run, an .onnx file, or a model.safetensors.");
        }

        LabFolder lab = LabFolder.Find();
        RunRecord run = lab.Find(reference);
        ArtifactRecord[] models = [.. run.Artifacts.Where(file => artifact is null ? System.IO.Path.GetExtension(file.Name) is ".onnx" or ".safetensors" : file.Name == artifact)];
        ArtifactRecord model = (models.Where(file => file.Name.EndsWith(".onnx", StringComparison.Ordinal)).ToArray(), models) switch
        {
            ([var only], _) => only,
            ([], [var only]) => only,
            (_, []) => throw new FileNotFoundException($"onnx export: run {run.Id} kept no {(artifact is null ? "model" : $"file '{artifact}'")}. {Remedy}"),
            _ => models.FirstOrDefault(file => file.Name == "model.safetensors") ?? throw new UsageException($"onnx export: run {run.Id} kept {string.Join(", ", models.Select(file => file.Name))}. Choose one with --artifact."),
        };
        string stored = lab.Store.PathOf(model.Sha256);
        return File.Exists(stored)
            ? new ExportSource($"{model.Name} of run {run.Id}", stored, model.Name.EndsWith(".onnx", StringComparison.Ordinal), InputOf(run), Facts(run, model))
            : throw new FileNotFoundException($"onnx export: the store has no file {model.Sha256} ({model.Name} of run {run.Id}). It was deleted, or never brought along with the run.");
    }

    /// <summary>The model, built again, with the shape of its input.</summary>
    /// <param name="shape">The command line's; null for the recorded one.</param>
    /// <exception cref="UsageException">Nobody says what shape the input has.</exception>
    public (Module Module, Shape Input) Load(Shape? shape)
    {
        string? format;
        using (SafetensorsFile file = SafetensorsFile.Open(Path))
        {
            format = file.Metadata.GetValueOrDefault("format");
        }

        if (format == ImageClassifierFile.Format)
        {
            ImageClassifier classifier = ImageClassifierFile.Load(Path);
            ImageForm form = classifier.Form;
            Metadata["classes"] = JsonLine.Of(json =>
            {
                json.WriteStartArray();
                foreach (string name in classifier.ClassNames)
                {
                    json.WriteStringValue(name);
                }

                json.WriteEndArray();
            });
            Metadata["pixels"] = string.Create(CultureInfo.InvariantCulture, $"divided by {form.Maximum}");
            Metadata.TryAdd("ashlar.weights", classifier.WeightsHash());
            return (classifier.Model, shape ?? new Shape(1, form.Channels, form.Height, form.Width));
        }

        Module module = ModelStateFile.Load(Path);
        Metadata.TryAdd("ashlar.weights", WeightsHash.Of(module.StateTensors().Select(pair => SafetensorsTensor.From(pair.Key, pair.Value))));
        return (module, shape ?? Input ?? throw new UsageException("onnx export: the file does not say what shape the input has. Give it with --shape, the batch first: --shape 1,64"));
    }

    // LogModel keeps a graph of the forward pass, whose input has its shape.
    static Shape? InputOf(RunRecord run)
    {
        GraphEvent? graph = EventFolder.Read(run.Files.EventsPath).OfType<GraphEvent>().LastOrDefault(graph => graph.Tag.EndsWith("before", StringComparison.Ordinal));
        string? shape = graph is null ? null : GraphDefinition.Read(graph.Definition).FirstOrDefault(node => node.Operation == "input")?.Attributes.FirstOrDefault(attribute => attribute.Key == "shape").Value;
        int at = shape?.IndexOf('[', StringComparison.Ordinal) ?? -1;
        return at < 0 ? null : new Shape([.. shape![(at + 1)..^1].Split(',').Select(extent => int.Parse(extent, CultureInfo.InvariantCulture))]);
    }

    static SortedDictionary<string, string> Facts(RunRecord run, ArtifactRecord model)
    {
        // The sources as sha256sum lists them.
        string code = string.Concat(run.Code.Files.Select(file => $"{file.Sha256}  {file.Path}\n"));
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["ashlar.run"] = run.Id,
            ["ashlar.run.name"] = run.Name,
            ["ashlar.artifact"] = model.Sha256,
            ["ashlar.code"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code))),
            ["ashlar.numerics"] = run.Host.Numerics.ToString(CultureInfo.InvariantCulture),
        };
        if (run.Weights is { } weights)
        {
            facts["ashlar.weights"] = weights;
        }

        return facts;
    }
}
