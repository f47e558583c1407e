using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Queries;
using Ashlar.Server.Index;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ashlar.Server.Api;

/// <summary>Runs side by side: configuration, code, data, environment as on the command line, and metrics as the index has them now.</summary>
/// <param name="index">Knows the runs.</param>
sealed class CompareApi(RunIndex index)
{
    const int MostRuns = 1000;

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/compare", Compare);

    Task Compare(HttpContext context)
    {
        string[] ids = Reply.List(Ask.Needed(context, "runs"));
        if (ids.Length is 0 or > MostRuns)
        {
            throw ApiException.Wrong($"/api/compare: {ids.Length} runs are asked for. Ask for 1 to {MostRuns}.");
        }

        RunRow[] runs = [.. ids.Select(id => RunsApi.Run(index, id))];
        var comparison = RunComparison.Of([.. runs.Select(run => new RunRecord(run.Place.Folder))]);
        (string Name, double[] Values)[] metrics = Metrics(runs);
        return Reply.Json(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("runs");
            foreach (RunRow run in runs)
            {
                json.WriteRawValue($"{{{run.Facts},\"metrics\":{run.Metrics}}}", skipInputValidation: true);
            }

            json.WriteEndArray();
            json.WriteStartArray("sections");
            foreach (ComparisonSection section in comparison.Sections)
            {
                json.WriteStartObject();
                json.WriteString("name", section.Name);
                json.WriteStartArray("rows");
                if (section.Name == "metrics")
                {
                    foreach ((string name, double[] values) in metrics)
                    {
                        Row(json, name, values.Any(value => !value.Equals(values[0])), values, (value, writer) => Reply.Number(writer, value));
                    }
                }

                foreach (ComparisonRow row in section.Rows.Where(row => section.Name != "metrics" || row.Name == "weights"))
                {
                    Row(json, row.Name, row.Differs, row.Values, Write);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    (string Name, double[] Values)[] Metrics(RunRow[] runs)
    {
        var found = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
        index.Read(session =>
        {
            for (int i = 0; i < runs.Length; i++)
            {
                foreach (SeriesRow series in SeriesRow.All(session, runs[i].Number))
                {
                    if (!found.TryGetValue(series.Name, out double[]? values))
                    {
                        found.Add(series.Name, values = new double[runs.Length]);
                        Array.Fill(values, double.NaN);
                    }

                    values[i] = series.Last;
                }
            }

            return 0;
        });
        return [.. found.Select(item => (item.Key, item.Value))];
    }

    static void Row<T>(Utf8JsonWriter json, string name, bool differs, IEnumerable<T> values, Action<T, Utf8JsonWriter> write)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteStartArray("values");
        foreach (T value in values)
        {
            write(value, json);
        }

        json.WriteEndArray();
        json.WriteBoolean("differs", differs);
        json.WriteEndObject();
    }

    static void Write(QueryValue value, Utf8JsonWriter json)
    {
        switch (value)
        {
            case QueryValue.Number number:
                Reply.Number(json, number.Value);
                break;
            case QueryValue.Truth truth:
                json.WriteBooleanValue(truth.Value);
                break;
            default:
                json.WriteStringValue(value.AsText());
                break;
        }
    }
}
