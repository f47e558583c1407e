using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;

namespace Ashlar.Cli.Onnx;

/// <summary><c>ashlar onnx bench</c></summary>
sealed class OnnxBenchCommand
{
    public static readonly string[] Examples = ["ashlar onnx bench model.onnx --axis batch=8 --threads 1", "ashlar onnx bench model.onnx --input x=x.npy --json"];

    readonly Argument<string> _model = new("MODEL") { Description = "An .onnx file." };
    readonly Option<double?> _seconds = NumberOption.Positive("--seconds", "How long to repeat. Default: 5.");
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON." };
    readonly OnnxInputs _inputs = new();
    readonly ExecutionChoice _execution = new();

    public Command Build()
    {
        var command = new Command("bench", "Times loading, the first result and later ones. Inputs that are not given are ones.") { _model, _seconds, _json };
        _inputs.AddTo(command);
        _inputs.AddAxesTo(command);
        _execution.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        using IDisposable execution = _execution.Use(parsed);
        long start = Stopwatch.GetTimestamp();
        OnnxModel model = OnnxFile.Load("onnx bench", parsed.GetRequiredValue(_model));
        double load = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Dictionary<string, OnnxValue> inputs = _inputs.Read("onnx bench", model, parsed);
        _inputs.Fill("onnx bench", model, inputs, parsed);
        double first = Once(model, inputs);
        var times = new List<double>();
        for (long begin = Stopwatch.GetTimestamp(); times.Count < 3 || Stopwatch.GetElapsedTime(begin).TotalSeconds < (parsed.GetValue(_seconds) ?? 5);)
        {
            times.Add(Once(model, inputs));
        }

        times.Sort();
        double median = times[times.Count / 2];
        if (parsed.GetValue(_json))
        {
            JsonLine.Print(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("loadMilliseconds", load);
                json.WriteNumber("firstMilliseconds", first);
                json.WriteNumber("medianMilliseconds", median);
                json.WriteNumber("leastMilliseconds", times[0]);
                json.WriteNumber("runs", times.Count);
                json.WriteEndObject();
            });
            return ExitCode.Success;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"load {load:F1} ms, first result {first:F1} ms, median of {times.Count} runs {median:F3} ms, least {times[0]:F3} ms"));
        return ExitCode.Success;
    }

    static double Once(OnnxModel model, Dictionary<string, OnnxValue> inputs)
    {
        long start = Stopwatch.GetTimestamp();
        model.Run(inputs);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
