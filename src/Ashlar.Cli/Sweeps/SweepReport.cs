using System.Globalization;
using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Sweeps;

namespace Ashlar.Cli.Sweeps;

/// <summary>What a sweep says: a line for each trial that is over, a table and the best trial at the end.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="search">Its trials.</param>
sealed class SweepReport(SweepFolder sweep, SweepSearch search)
{
    const int MostRows = 50;

    /// <summary>Trials that are over, the best first. With halving those that came further are before the others.</summary>
    IReadOnlyList<SweepTrial> Ranked
    {
        get
        {
            IReadOnlyDictionary<int, double> results = sweep.Results();
            return [.. search.Trials.Where(trial => results.ContainsKey(trial.Number)).GroupBy(trial => trial.Rung).OrderByDescending(rung => rung.Key)
                .SelectMany(rung => search.Rank(rung.Select(trial => trial.Number), results)).Select(number => search.Trials[number])];
        }
    }

    SweepTrial? Best => Ranked.FirstOrDefault(trial => !double.IsNaN(sweep.Outcomes[trial.Number].Value));

    /// <summary>Trials before they run, as far as they are known.</summary>
    public static void Plan(SweepSpec spec, SweepSearch search, bool json)
    {
        search.Extend(new Dictionary<int, double>());
        if (json)
        {
            JsonLine.Print(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("method", spec.Method.ToString().ToLowerInvariant());
                writer.WriteNumber("total", search.Total);
                writer.WriteStartArray("trials");
                foreach (SweepTrial trial in search.Trials)
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("trial", trial.Number);
                    WriteValues(writer, trial);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }

        var table = new TextTable(["trial>", .. search.Trials[0].Values.Select(value => value.Key)]);
        foreach (SweepTrial trial in search.Trials)
        {
            table.Add([Whole(trial.Number), .. trial.Values.Select(value => SweepTrial.Text(value.Value))]);
        }

        Console.Out.Write(table);
        if (search.Trials.Count < search.Total)
        {
            Console.Out.WriteLine($"{search.Total - search.Trials.Count} more trials follow from the results of these.");
        }
    }

    /// <summary>The line of a trial that is over.</summary>
    public void Say(SweepTrial trial, SweepOutcome outcome)
    {
        string result = outcome.State == RunState.Finished ? $"{sweep.Spec.Metric} {Number(outcome.Value)}" : $"failed: ashlar runs show {outcome.Run}";
        string best = Best is { } first && outcome.State == RunState.Finished ? $"  (best {Number(sweep.Outcomes[first.Number].Value)}: trial {Whole(first.Number)})" : "";
        Console.Error.WriteLine($"{Whole(sweep.Outcomes.Count)}/{Whole(search.Total)}  trial {Whole(trial.Number)}  {trial}  {result}{best}");
    }

    /// <summary>The table of results, the best first, and how to look at the best.</summary>
    public void Print(bool json)
    {
        if (json)
        {
            JsonLine.Print(Write);
            return;
        }

        IReadOnlyList<SweepTrial> ranked = Ranked;
        if (ranked.Count == 0)
        {
            return;
        }

        var table = new TextTable(["trial>", "run", .. ranked[0].Values.Select(value => value.Key), $"{sweep.Spec.Metric}>"]);
        foreach (SweepTrial trial in ranked.Take(MostRows))
        {
            SweepOutcome outcome = sweep.Outcomes[trial.Number];
            table.Add([Whole(trial.Number), outcome.Run, .. trial.Values.Select(value => SweepTrial.Text(value.Value)), outcome.State == RunState.Failed ? "failed" : Number(outcome.Value)]);
        }

        Console.Out.Write(table);
        if (ranked.Count > MostRows)
        {
            Console.Out.WriteLine($"{Whole(ranked.Count - MostRows)} more: ashlar runs ls --where 'sweep = \"{sweep.Id}\"'");
        }

        if (Best is { } best)
        {
            Console.Error.WriteLine($"best: trial {Whole(best.Number)}  {best}  {sweep.Spec.Metric} {Number(sweep.Outcomes[best.Number].Value)}");
            Console.Error.WriteLine($"look at it: ashlar runs show {sweep.Outcomes[best.Number].Run}   run it again and compare: ashlar reproduce {sweep.Outcomes[best.Number].Run}");
        }
    }

    void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", sweep.Id);
        json.WriteString("method", sweep.Spec.Method.ToString().ToLowerInvariant());
        json.WriteString("metric", sweep.Spec.Metric);
        json.WriteBoolean("maximize", sweep.Spec.Maximize);
        json.WriteNumber("total", search.Total);
        json.WritePropertyName("best");
        if (Best is { } best)
        {
            json.WriteNumberValue(best.Number);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartArray("trials");
        foreach (SweepTrial trial in Ranked)
        {
            SweepOutcome outcome = sweep.Outcomes[trial.Number];
            json.WriteStartObject();
            json.WriteNumber("trial", trial.Number);
            json.WriteString("run", outcome.Run);
            json.WriteString("state", outcome.State == RunState.Finished ? "finished" : "failed");
            WriteValues(json, trial);
            json.WriteNumber("value", (double?)outcome.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteValues(Utf8JsonWriter json, SweepTrial trial)
    {
        json.WriteStartObject("params");
        foreach ((string name, JsonElement value) in trial.Values)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
