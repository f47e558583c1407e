using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ashlar.Training;
using Spectre.Console;

namespace Ashlar.Cli;

/// <summary><c>ashlar predict</c></summary>
sealed class PredictCommand
{
    public static readonly string[] Examples =
    [
        "ashlar predict .ashlar/models/digits three.png",
        "ashlar predict .ashlar/models/fashion-mnist /usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz --index 5",
    ];

    const int BarLength = 40;

    readonly Argument<string> _model = new("MODEL") { Description = "The folder that train wrote, or the model.safetensors in it." };
    readonly Argument<string> _input = new("INPUT") { Description = "A PNG picture of one character or thing, or a file of IDX images." };
    readonly Option<int?> _index = NumberOption.Whole("--index", "Which image of an IDX file, from 0. Default: 0.", 0);
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON." };
    readonly ExecutionChoice _execution = new();

    public Command Build()
    {
        var command = new Command("predict", "Says what a picture shows.") { _model, _input, _index, _json };
        _execution.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        using IDisposable execution = _execution.Use(parsed);
        ImageClassifier classifier = ImageClassifierFile.Load(ModelPath(parsed.GetRequiredValue(_model)));
        float[] probabilities = classifier.Probabilities(InputImage.Read(parsed.GetRequiredValue(_input), parsed.GetValue(_index), classifier.Form))[0];
        int best = ImageClassifier.Largest(probabilities);
        if (parsed.GetValue(_json))
        {
            Console.Out.WriteLine(Json(best, classifier.ClassNames[best], probabilities));
            return ExitCode.Success;
        }

        IAnsiConsole console = Screen.ForPeople(json: false);
        int width = classifier.ClassNames.Max(name => name.Length);
        console.WriteLine(classifier.ClassNames[best]);
        for (int i = 0; i < probabilities.Length; i++)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{classifier.ClassNames[i].PadRight(width)}  {probabilities[i],7:0.00%}  {new string('█', (int)((probabilities[i] * BarLength) + 0.5))}").TrimEnd());
        }

        return ExitCode.Success;
    }

    static string ModelPath(string model)
    {
        string path = Directory.Exists(model) ? Path.Combine(model, "model.safetensors") : model;
        return File.Exists(path) ? path : throw new FileNotFoundException($"predict: there is no model at {path}. Train one with `ashlar train`, or pass the folder that it wrote.");
    }

    static string Json(int best, string label, float[] probabilities)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("class", best);
            json.WriteString("label", label);
            json.WriteStartArray("probabilities");
            foreach (float probability in probabilities)
            {
                json.WriteNumberValue(probability);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
