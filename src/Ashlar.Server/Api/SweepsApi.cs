using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Queries;
using Ashlar.Server.Index;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Api;

/// <summary>Sweeps and their trials, as the runs name them.</summary>
/// <param name="index">Knows the runs.</param>
/// <param name="folder">Holds a folder for each sweep with its description, <c>sweep.json</c>.</param>
sealed class SweepsApi(RunIndex index, string folder)
{
    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/sweeps", List);
        routes.MapGet("/api/sweeps/{id}", One);
    }

    Task List(HttpContext context)
    {
        index.Refresh();
        List<(string Id, long Trials, long Start)> sweeps = index.Read(session =>
        {
            using SqliteDataReader rows = session.Read("SELECT sweep, count(*), min(start) FROM runs WHERE sweep IS NOT NULL GROUP BY sweep ORDER BY min(start) DESC");
            var found = new List<(string, long, long)>();
            while (rows.Read())
            {
                found.Add((rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2)));
            }

            return found;
        });
        return Reply.Json(context, json =>
        {
            json.WriteStartArray();
            foreach ((string id, long trials, long start) in sweeps)
            {
                json.WriteStartObject();
                json.WriteString("id", id);
                json.WriteNumber("trials", trials);
                json.WriteString("start", RunRows.Time(start));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    Task One(HttpContext context)
    {
        string id = Ask.Route(context, "id");
        var trials = new Filter.Comparison(new Field(FieldKind.Sweep), Comparator.Equal, new QueryValue.Text(id));
        (List<RunRow> runs, int total) = index.Find(trials, SortKey.Parse("start"), int.MaxValue, 0);
        if (total == 0)
        {
            throw ApiException.NotFound($"sweep '{id}': no run belongs to it. List them: /api/sweeps");
        }

        using JsonDocument? file = Describe(id);
        JsonElement about = file is not null && file.RootElement.TryGetProperty("sweep", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object ? inner : default;
        string? metric = Text(about, "metric");
        Dictionary<long, double> values = metric is null ? [] : index.Read(session => runs.Select(run => (run.Number, Series: SeriesRow.Find(session, run.Number, metric))).Where(item => item.Series is not null).ToDictionary(item => item.Number, item => item.Series!.Value.Last));
        return Reply.Json(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("name", Text(about, "name"));
            json.WriteString("method", Text(about, "method"));
            json.WriteString("metric", metric);
            json.WriteBoolean("maximize", about.ValueKind == JsonValueKind.Object && about.TryGetProperty("maximize", out JsonElement maximize) && maximize.ValueKind == JsonValueKind.True);
            json.WriteStartArray("parameters");
            if (about.ValueKind == JsonValueKind.Object && about.TryGetProperty("parameters", out JsonElement parameters) && parameters.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty parameter in parameters.EnumerateObject())
                {
                    json.WriteStringValue(parameter.Name);
                }
            }

            json.WriteEndArray();
            json.WriteStartArray("trials");
            foreach (RunRow run in runs)
            {
                string metricValue = values.TryGetValue(run.Number, out double value) && double.IsFinite(value) ? JsonSerializer.Serialize(value, IndexJson.Default.Double) : "null";
                json.WriteRawValue($"{{\"run\":\"{run.Place.Id}\",\"metric\":{metricValue},{run.Facts},\"metrics\":{run.Metrics}}}", skipInputValidation: true);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    // A sweep whose description is gone still has its runs.
    JsonDocument? Describe(string id)
    {
        string path = Path.Combine(folder, id, "sweep.json");
        try
        {
            return RunId.IsValid(id) && File.Exists(path) ? JsonDocument.Parse(File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
