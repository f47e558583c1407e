using System.CommandLine;
using System.Globalization;
using System.Text;
using Ashlar.Lab;
using Ashlar.Lab.Queries;

namespace Ashlar.Cli.Runs;

/// <summary><c>ashlar runs export</c></summary>
sealed class RunsExportCommand
{
    public static readonly string[] Examples =
    [
        "ashlar runs export --format csv --out runs.csv",
        "ashlar runs export @last @best:accuracy --format csv --points --out points.csv",
        "ashlar runs export --where \"experiment = 'paper'\" --format json --out runs.json",
        "ashlar runs export @last --format tensorboard --out logs && tensorboard --logdir logs",
    ];

    readonly Argument<string[]> _runs = RunArguments.Several(ArgumentArity.ZeroOrMore);
    readonly RunQuery _query = new();
    readonly Option<string> _format = new("--format") { Description = "csv: a row for each run; json: everything but points; tensorboard: a folder of event files for each run.", HelpName = "csv|json|tensorboard", DefaultValueFactory = _ => "csv" };
    readonly Option<bool> _points = new("--points") { Description = "With csv: a row for each logged number (run, metric, step, time, value)." };
    readonly Option<string?> _out = new("--out") { Description = "File, or for tensorboard folder, to write. Default: standard output.", HelpName = "PATH" };

    public Command Build()
    {
        var command = new Command("export", "Writes runs as CSV, JSON or TensorBoard folders. Without RUN: all that --where finds.") { _runs };
        _query.AddTo(command);
        command.Add(_format);
        command.Add(_points);
        command.Add(_out);
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        LabFolder lab = LabFolder.Find();
        string[] references = parsed.GetValue(_runs) ?? [];
        RunRecord[] runs = references.Length == 0 ? _query.Find(lab, parsed, limit: 0).Runs : [.. RunArguments.Find(lab, references)];
        string format = parsed.GetValue(_format)!, path = parsed.GetValue(_out) ?? "";
        switch (format)
        {
            case "csv":
                Text(path, writer => Csv(writer, parsed.GetValue(_points) ? Points(runs) : Rows(runs)));
                break;
            case "json":
                Text(path, writer => writer.WriteLine(Json(runs)));
                break;
            case "tensorboard" when path.Length > 0:
                Array.ForEach(runs, run => CopyEvents(run, path));
                break;
            default:
                throw new UsageException(format == "tensorboard"
                    ? "runs export: tensorboard is a folder of files. Name it with --out DIR."
                    : $"runs export: no format is named '{format}'. Write csv, json or tensorboard.");
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs.Length} {(runs.Length == 1 ? "run" : "runs")}{(path.Length > 0 ? $" in {path}" : "")}"));
        return ExitCode.Success;
    }

    static void Text(string path, Action<TextWriter> write)
    {
        if (path.Length == 0)
        {
            write(Console.Out);
            return;
        }

        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
            write(writer);
        });
    }

    static string Json(RunRecord[] runs) => JsonLine.Of(json =>
    {
        json.WriteStartArray();
        Array.ForEach(runs, run => RunJson.WriteWhole(json, run));
        json.WriteEndArray();
    });

    static IEnumerable<string[]> Rows(RunRecord[] runs)
    {
        string[] settings = Names(runs, run => run.Settings.Keys), metrics = Names(runs, run => run.Metrics.Keys), tags = Names(runs, run => run.Tags.Keys);
        yield return ["id", "name", "experiment", "state", "start", "end", "weights", .. tags.Select(name => $"tags.{name}"), .. settings.Select(name => $"params.{name}"), .. metrics.Select(name => $"metrics.{name}")];
        foreach (RunRecord run in runs)
        {
            string Text(FieldKind kind, string name = "") => RunValues.Of(run, new Field(kind, name)).AsText() ?? "";
            yield return
            [
                run.Id, run.Name, run.Experiment, Text(FieldKind.State), Text(FieldKind.Start), Text(FieldKind.End), run.Weights ?? "",
                .. tags.Select(name => Text(FieldKind.Tag, name)), .. settings.Select(name => Text(FieldKind.Parameter, name)), .. metrics.Select(name => Text(FieldKind.Metric, name)),
            ];
        }
    }

    static IEnumerable<string[]> Points(RunRecord[] runs)
    {
        yield return ["run", "metric", "step", "time", "value"];
        foreach (RunRecord run in runs)
        {
            foreach (string metric in run.Metrics.Keys.Order(StringComparer.Ordinal))
            {
                foreach (ScalarPoint point in run.Series(metric))
                {
                    yield return [run.Id, metric, Text(point.Step), Text(point.Time), Text(point.Value)];
                }
            }
        }
    }

    static void Csv(TextWriter writer, IEnumerable<string[]> rows)
    {
        foreach (string[] row in rows)
        {
            writer.WriteLine(string.Join(',', row.Select(cell => cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)));
        }
    }

    static void CopyEvents(RunRecord run, string folder)
    {
        string source = run.Files.EventsPath, target = Path.Combine(folder, run.Id);
        foreach (string file in Directory.Exists(source) ? Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories) : [])
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    static string[] Names(RunRecord[] runs, Func<RunRecord, IEnumerable<string>> names) => [.. runs.SelectMany(names).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
