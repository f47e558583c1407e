using System.CommandLine;
using System.Globalization;
using Ashlar.Lab;
using Ashlar.Lab.Queries;

namespace Ashlar.Cli.Runs;

/// <summary><c>ashlar runs ls</c></summary>
sealed class RunsListCommand
{
    public static readonly string[] Examples =
    [
        "ashlar runs ls",
        "ashlar runs ls --where 'metrics.accuracy > 0.9 and params.lr < 1e-2' --sort -metrics.accuracy",
        "ashlar runs ls --where \"state = 'failed' or tags.stage like 'final%'\" --columns params.lr,metrics.loss,weights",
        "ashlar runs ls --limit 0 --json",
    ];

    const int UsualLimit = 30;
    const int UsualMetrics = 4;

    readonly RunQuery _query = new();
    readonly Option<int?> _limit = NumberOption.Whole("--limit", $"Show the first N; 0 for all. Default: {UsualLimit}.", 0);
    readonly Option<string?> _columns = new("--columns") { Description = "Fields between commas to show in place of the usual metrics.", HelpName = "FIELDS" };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON: {\"total\", \"runs\"}." };

    public Command Build()
    {
        var command = new Command("ls", "Lists runs, the newest first.");
        _query.AddTo(command);
        command.Add(_limit);
        command.Add(_columns);
        command.Add(_json);
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        LabFolder lab = LabFolder.Find();
        Field[]? columns = parsed.GetValue(_columns) is { } text ? [.. Ashlar.Lab.Queries.SortKey.Parse(text).Select(key => key.Field)] : null;
        int limit = parsed.GetValue(_limit) ?? UsualLimit;
        (RunRecord[] shown, int total) = _query.Find(lab, parsed, limit);
        if (parsed.GetValue(_json))
        {
            JsonLine.Print(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("total", total);
                json.WriteStartArray("runs");
                Array.ForEach(shown, run => RunJson.Write(json, run));
                json.WriteEndArray();
                json.WriteEndObject();
            });
            return ExitCode.Success;
        }

        if (total == 0)
        {
            Console.Out.WriteLine(lab.Runs().Any() ? "No run meets the condition." : $"There is no run in {lab.RunsPath}. Make one: ashlar train digits, or ashlar run SCRIPT.cs");
            return ExitCode.Success;
        }

        Console.Out.Write(Table(shown, columns ?? Usual(shown)));
        if (shown.Length < total)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{shown.Length} of {total:#,0} runs; --limit 0 shows all"));
        }

        return ExitCode.Success;
    }

    static TextTable Table(RunRecord[] runs, Field[] columns)
    {
        var table = new TextTable(["run", "name", "state", "start (UTC)", "time>", .. columns.Select(field => $"{(field.Kind == FieldKind.Metric ? field.Name : field)}>")]);
        foreach (RunRecord run in runs)
        {
            table.Add([run.Id, run.Name, RunValues.TextOf(run.State), RunText.Of(run.Start), RunText.Duration(run, TimeProvider.System), .. columns.Select(field => RunText.Short(RunText.Of(RunValues.Of(run, field))))]);
        }

        return table;
    }

    // What most of the shown runs have says most; measurements of the machine say least.
    static Field[] Usual(RunRecord[] runs) =>
    [
        .. runs.SelectMany(run => run.Metrics.Keys).Where(name => !name.StartsWith("system/", StringComparison.Ordinal)).CountBy(name => name)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(UsualMetrics).Select(pair => new Field(FieldKind.Metric, pair.Key)),
    ];
}
