using System.Globalization;
using System.Text.Json;
using Ashlar.Data.Images;
using Ashlar.Nn;

namespace Ashlar.Training;

/// <summary>Keeps a classifier in one safetensors file: the state of its model, and in the metadata what rebuilds it.</summary>
public static class ImageClassifierFile
{
    /// <summary>The value of the metadata's <c>format</c>.</summary>
    public const string Format = "ashlar image classifier 1";

    static readonly string Version = Numerics.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Saves a classifier so that a process killed on the way leaves the previous file intact.</summary>
    /// <param name="path">Where the file shall appear. Its folder must exist.</param>
    /// <param name="classifier">What to save.</param>
    /// <param name="origin">Further text to keep, such as dataset and seed.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, ImageClassifier classifier, IReadOnlyDictionary<string, string> origin)
    {
        ImageForm form = classifier.Form;
        var metadata = new Dictionary<string, string>(origin)
        {
            ["format"] = Format,
            ["numerics"] = Version,
            ["architecture"] = classifier.Model.ToString(),
            ["classes"] = JsonSerializer.Serialize(classifier.ClassNames, ImageClassifierJson.Default.IReadOnlyListString),
            ["images"] = Numbers(form.Channels, form.Height, form.Width, form.Maximum),
        };
        if (form.Preparation is { } preparation)
        {
            metadata["preparation"] = Numbers(preparation.Size, preparation.Margin);
        }

        SafetensorsWriter.Save(path, classifier.State(), metadata);
    }

    /// <summary>Loads a classifier.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <exception cref="ParseException">The file is no such file.</exception>
    /// <exception cref="StateException">Its tensors do not fit its architecture.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImageClassifier Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        var metadata = new ModelMetadata(file.Metadata, path);
        metadata.Expect("format", Format);
        metadata.Expect("numerics", Version);
        Module model = ArchitectureReader.Read(metadata["architecture"], path);
        CheckSizes(model, file, path);
        string[] classes = metadata.Names("classes");
        int[] images = metadata.Numbers("images", 4, 1);
        int[]? preparation = metadata.Has("preparation") ? metadata.Numbers("preparation", 2, 0) : null;
        byte maximum = (byte)Math.Min(images[3], 255);
        model.Load(file.ReadAll().ToDictionary(tensor => tensor.Name, tensor => tensor.ToTensor(), StringComparer.Ordinal));
        model.Eval();
        CheckForm(model, new Shape(1, images[0], images[1], images[2]), classes.Length, path);
        ImagePreparation? prepare = preparation is null ? null : new ImagePreparation { Size = preparation[0], Margin = preparation[1], Maximum = maximum };
        return new ImageClassifier(model, new ImageForm(images[0], images[1], images[2], maximum, prepare), classes);
    }

    // Before a weight is drawn: an architecture may ask for any amount of memory, the file's own tensors only for what it holds.
    internal static void CheckSizes(Module model, SafetensorsFile file, string path)
    {
        var held = file.Entries.ToDictionary(entry => entry.Name, entry => entry.Shape, StringComparer.Ordinal);
        foreach ((string name, Parameter parameter) in model.NamedParameters())
        {
            if (!held.TryGetValue(name, out Shape? shape) || !shape.Equals(parameter.Shape))
            {
                throw new ParseException(path, -1, held.ContainsKey(name) ? $"the tensor '{name}' {shape}" : $"no tensor '{name}'", $"{name} {parameter.Shape}, as the architecture says", "Take a file as `ashlar train` wrote it.");
            }
        }
    }

    static void CheckForm(Module model, Shape image, int classes, string path)
    {
        try
        {
            Shape logits = ModelSummary.Of(model, image).Layers[^1].Output;
            if (!logits.Equals(new Shape(1, classes)))
            {
                throw new ParseException(path, -1, $"a model that makes {logits} of an image", $"{new Shape(1, classes)}, one number for each class", "Take a file as `ashlar train` wrote it.");
            }
        }
        catch (ShapeException e)
        {
            throw new ParseException(path, -1, $"a model that does not take {image}: {e.Message}", "one that takes its own images", "Take a file as `ashlar train` wrote it.", e);
        }
    }

    static string Numbers(params ReadOnlySpan<int> numbers)
    {
        var texts = new string[numbers.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = numbers[i].ToString(CultureInfo.InvariantCulture);
        }

        return string.Join(' ', texts);
    }
}
