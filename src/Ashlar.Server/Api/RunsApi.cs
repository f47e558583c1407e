using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Queries;
using Ashlar.Server.Index;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ashlar.Server.Api;

/// <summary>The table of runs, one run whole, its name and tags.</summary>
/// <param name="index">Knows the runs.</param>
/// <param name="bin">Takes deleted runs.</param>
/// <param name="store">Opens bytes by SHA-256, or gives null.</param>
sealed class RunsApi(RunIndex index, RunBin bin, Func<string, Stream?> store)
{
    const int LargestChange = 1 << 20;
    const int MostRuns = 10_000;

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/runs", List);
        routes.MapGet("/api/runs/{id}", One);
        routes.MapPatch("/api/runs/{id}", Change);
        routes.MapDelete("/api/runs/{id}", Delete);
        routes.MapGet("/api/runs/{id}/metrics", Metrics);
    }

    /// <summary>The run that a request names.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public static RunRow Run(RunIndex index, HttpContext context) => Run(index, Ask.Route(context, "id"));

    /// <summary>The run of an id.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public static RunRow Run(RunIndex index, string id) => index.Find(id) ?? throw ApiException.NotFound($"run '{id}': there is none. List them: /api/runs");

    Task List(HttpContext context)
    {
        int limit = Ask.Whole(context, "limit", 100, 0, MostRuns), offset = Ask.Whole(context, "offset", 0, 0, int.MaxValue);
        (List<RunRow> runs, int total) = index.Find(Filter.Parse(Ask.Text(context, "where") ?? ""), SortKey.Parse(Ask.Text(context, "sort") ?? ""), limit, offset);
        string[]? columns = Ask.Text(context, "columns") is { } text ? Reply.List(text) : null;
        Dictionary<long, List<SeriesRow>> chosen = columns is null ? [] : index.Read(session => runs.ToDictionary(run => run.Number, run => Chosen(session, run, columns)));
        return Reply.Json(context, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total", total);
            json.WriteStartArray("runs");
            foreach (RunRow run in runs)
            {
                json.WriteRawValue(columns is null ? $"{{{run.Facts},\"metrics\":{run.Metrics}}}" : $"{{{run.Facts},\"metrics\":{MetricsJson(chosen[run.Number])}}}", skipInputValidation: true);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    // Columns are named as in filters; a metric may also stand alone.
    static List<SeriesRow> Chosen(SqlSession session, RunRow run, string[] columns)
    {
        const string Prefix = "metrics.";
        var found = new List<SeriesRow>();
        foreach (string column in columns)
        {
            if (SeriesRow.Find(session, run.Number, column.StartsWith(Prefix, StringComparison.Ordinal) ? column[Prefix.Length..] : column) is { } series)
            {
                found.Add(series);
            }
        }

        return found;
    }

    static string MetricsJson(List<SeriesRow> series)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (SeriesRow row in series)
            {
                Reply.Number(json, row.Name, row.Last);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    Task One(HttpContext context)
    {
        RunRow run = Run(index, context);
        return Reply.Json(context, json => RunJson.Write(json, run, store));
    }

    Task Metrics(HttpContext context)
    {
        RunRow run = Run(index, context);
        string search = Ask.Text(context, "search") ?? "";
        int limit = Ask.Whole(context, "limit", 1000, 0, 100_000), offset = Ask.Whole(context, "offset", 0, 0, int.MaxValue);
        List<SeriesRow> series = index.Read(session => SeriesRow.All(session, run.Number, search, limit, offset));
        return Reply.Json(context, json =>
        {
            json.WriteStartArray();
            foreach (SeriesRow row in series)
            {
                json.WriteStartObject();
                json.WriteString("name", row.Name);
                json.WriteNumber("count", row.Count);
                Reply.Number(json, "last", row.Last);
                Reply.Number(json, "min", row.Min);
                Reply.Number(json, "max", row.Max);
                json.WriteNumber("step", row.Step);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    async Task Change(HttpContext context)
    {
        RunRow run = Own(context);
        using JsonDocument body = await Ask.Json(context, LargestChange).ConfigureAwait(false);
        var record = new RunRecord(run.Place.Folder);
        if (body.RootElement.TryGetProperty("name", out JsonElement name))
        {
            record.Rename(name.ValueKind == JsonValueKind.String ? name.GetString()! : throw ApiException.Wrong("name: is no text. Send a text."));
        }

        if (body.RootElement.TryGetProperty("tags", out JsonElement tags))
        {
            Tag(record, tags);
        }

        index.Look();
        await Reply.Json(context, json => RunJson.Write(json, Run(index, run.Place.Id), store)).ConfigureAwait(false);
    }

    static void Tag(RunRecord record, JsonElement tags)
    {
        if (tags.ValueKind != JsonValueKind.Object || tags.EnumerateObject().Any(tag => tag.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)))
        {
            throw ApiException.Wrong("tags: are no object of texts. Send {\"name\": \"text\"}, and null to remove one.");
        }

        foreach (JsonProperty tag in tags.EnumerateObject())
        {
            if (tag.Value.GetString() is { } value)
            {
                record.SetTag(tag.Name, value);
            }
            else
            {
                record.RemoveTag(tag.Name);
            }
        }
    }

    Task Delete(HttpContext context)
    {
        RunRow run = Own(context);
        if (run.State == "running")
        {
            throw new ApiException(409, $"run {run.Place.Id}: is running. Stop it first.");
        }

        string to = bin.Throw(run);
        return Reply.Json(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", run.Place.Id);
            json.WriteString("movedTo", to);
            json.WriteEndObject();
        });
    }

    RunRow Own(HttpContext context) => Run(index, context) is { Place.IsForeign: false } run
        ? run
        : throw new ApiException(409, $"run '{Ask.Route(context, "id")}': another tool wrote it, and it is only shown. Change it there.");
}
