using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Queries;

namespace Ashlar.Cli.Runs;

/// <summary><c>ashlar runs compare</c></summary>
sealed class RunsCompareCommand
{
    public static readonly string[] Examples = ["ashlar runs compare @last @best:accuracy", "ashlar runs compare 20261122-0930 20261122-1015 --all", "ashlar runs compare @last @best:-loss --json"];

    readonly Argument<string[]> _runs = RunArguments.Several(new ArgumentArity(2, 100));
    readonly Option<bool> _all = new("--all") { Description = "Show equal rows too." };
    readonly Option<bool> _json = new("--json") { Description = "One line of JSON: {\"runs\", \"sections\"} with every row." };

    public Command Build()
    {
        var command = new Command("compare", "Puts runs beside one another: configuration, code, data, environment, metrics.") { _runs, _all, _json };
        command.SetAction(Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        var comparison = RunComparison.Of(RunArguments.Find(LabFolder.Find(), parsed.GetRequiredValue(_runs)));
        if (parsed.GetValue(_json))
        {
            JsonLine.Print(json => Write(json, comparison));
        }
        else
        {
            Print(comparison, parsed.GetValue(_all));
        }

        return ExitCode.Success;
    }

    /// <summary>A table for each section that has something to show; equal rows are counted.</summary>
    public static void Print(RunComparison comparison, bool all)
    {
        foreach (ComparisonSection section in comparison.Sections)
        {
            ComparisonRow[] rows = [.. section.Rows.Where(row => all || row.Differs)];
            int equal = section.Rows.Count - section.Rows.Count(row => row.Differs);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{section.Name}: {section.Rows.Count - equal} of {section.Rows.Count} differ"));
            if (rows.Length > 0)
            {
                var table = new TextTable(["", "", .. comparison.Runs.Select(run => run.Id)]);
                Array.ForEach(rows, row => table.Add([row.Differs ? "≠" : "", row.Name, .. row.Values.Select(value => value is QueryValue.Missing ? "-" : RunText.Short(RunText.Of(value)))]));
                Console.Out.Write(table);
            }

            Console.Out.WriteLine();
        }
    }

    public static void Write(Utf8JsonWriter json, RunComparison comparison)
    {
        json.WriteStartObject();
        json.WriteTexts("runs", comparison.Runs.Select(run => run.Id));
        json.WriteStartArray("sections");
        foreach (ComparisonSection section in comparison.Sections)
        {
            json.WriteStartObject();
            json.WriteString("name", section.Name);
            json.WriteStartArray("rows");
            foreach (ComparisonRow row in section.Rows)
            {
                json.WriteStartObject();
                json.WriteString("name", row.Name);
                json.WriteStartArray("values");
                foreach (QueryValue value in row.Values)
                {
                    RunJson.WriteValue(json, value);
                }

                json.WriteEndArray();
                json.WriteBoolean("differs", row.Differs);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
