using Ashlar.Lab.Queries;
using Ashlar.Server.Index;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;

namespace Ashlar.Server.Api;

/// <summary>Sweeps and their trials, as the runs name them.</summary>
/// <param name="index">Knows the runs.</param>
/// <param name="sweepFile">The description of a sweep as JSON text, or null where there is none.</param>
sealed class SweepsApi(RunIndex index, Func<string, string?> sweepFile)
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

        return Reply.Json(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WritePropertyName("description");
            json.WriteRawValue(sweepFile(id) ?? "null");
            json.WriteStartArray("trials");
            foreach (RunRow run in runs)
            {
                json.WriteRawValue($"{{\"run\":\"{run.Place.Id}\",{run.Facts},\"metrics\":{run.Metrics}}}", skipInputValidation: true);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
