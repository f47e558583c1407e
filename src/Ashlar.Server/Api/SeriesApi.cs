using Ashlar.Server.Index;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ashlar.Server.Api;

/// <summary>The points of charts.</summary>
/// <param name="index">Knows the runs.</param>
sealed class SeriesApi(RunIndex index)
{
    const int MostRuns = 1000;

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/series", Series);

    Task Series(HttpContext context)
    {
        string[] ids = Reply.List(Ask.Needed(context, "runs"));
        string metric = Ask.Needed(context, "metric");
        int pixels = Ask.Whole(context, "pixels", 800, 1, 10_000);
        if (ids.Length > MostRuns)
        {
            throw ApiException.Wrong($"/api/series: {ids.Length} runs are asked for. Ask for at most {MostRuns}.");
        }

        string axis = Ask.Text(context, "axis") ?? "step";
        if (axis is not ("step" or "time"))
        {
            throw ApiException.Wrong($"/api/series: the axis is '{axis}'. Say step or time.");
        }

        var range = new SeriesRange(axis == "time", Ask.Number(context, "from") ?? double.NegativeInfinity, Ask.Number(context, "to") ?? double.PositiveInfinity);
        var found = new List<(string Run, long Total, List<Point> Points, bool IsExact)>();
        foreach (string id in ids)
        {
            RunRow run = RunsApi.Run(index, id);
            index.Follow(run);
            found.Add(index.Read(session =>
            {
                SeriesRow? series = SeriesRow.Find(session, run.Number, metric);
                (List<Point> points, bool isExact) = series is { Points: > 0 } row ? new SeriesReader(session).Read(row.Number, row.Points, range, pixels) : ([], true);
                return (id, series?.Points ?? 0, points, isExact);
            }));
        }

        return Reply.Json(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("series");
            foreach ((string run, long total, List<Point> points, bool isExact) in found)
            {
                json.WriteStartObject();
                json.WriteString("run", run);
                json.WriteNumber("total", total);
                json.WriteBoolean("exact", isExact);
                json.WriteStartArray("step");
                points.ForEach(point => json.WriteNumberValue(point.Step));
                json.WriteEndArray();
                json.WriteStartArray("time");
                points.ForEach(point => json.WriteNumberValue(point.Time));
                json.WriteEndArray();
                json.WriteStartArray("value");
                points.ForEach(point => Reply.Number(json, point.Value));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
