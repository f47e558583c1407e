using System.Globalization;
using System.Text.Json;
using Ashlar.Lab.Events;
using Ashlar.Server.Index;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ashlar.Server.Api;

/// <summary>What runs log beside numbers: histograms, images, texts, graphs.</summary>
/// <param name="index">Knows where they stand.</param>
sealed class MediaApi(RunIndex index)
{
    // A picture of distributions over time shows no more rows than that.
    const int MostHistograms = 200;
    const int MostTexts = 1000;

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/runs/{id}/histograms", Histograms);
        routes.MapGet("/api/runs/{id}/images", Images);
        routes.MapGet("/api/runs/{id}/image/{number}", Image);
        routes.MapGet("/api/runs/{id}/text", Texts);
        routes.MapGet("/api/runs/{id}/graph", Graph);
    }

    Task Histograms(HttpContext context)
    {
        RunRow run = RunsApi.Run(index, context);
        if (Ask.Text(context, "metric") is not { } metric)
        {
            List<ItemRow> all = Items(run, ItemKind.Histogram, null);
            return Reply.Json(context, json => Tags(json, all));
        }

        List<ItemRow> rows = Thinned(Items(run, ItemKind.Histogram, metric), MostHistograms);
        List<HistogramEvent> found = [.. Load<HistogramEvent>(run, rows)];
        return Reply.Json(context, json =>
        {
            json.WriteStartArray();
            foreach (HistogramEvent histogram in found)
            {
                json.WriteStartObject();
                json.WriteNumber("step", histogram.Step);
                json.WriteNumber("time", histogram.WallTime);
                Reply.Number(json, "min", histogram.Minimum);
                Reply.Number(json, "max", histogram.Maximum);
                Reply.Number(json, "count", histogram.Count);
                Numbers(json, "limits", histogram.Limits);
                Numbers(json, "counts", histogram.Counts);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    Task Images(HttpContext context)
    {
        List<ItemRow> rows = Items(RunsApi.Run(index, context), ItemKind.Image, Ask.Text(context, "tag"));
        return Reply.Json(context, json =>
        {
            json.WriteStartArray();
            foreach (ItemRow row in rows)
            {
                json.WriteStartObject();
                json.WriteNumber("number", row.Number);
                json.WriteString("tag", row.Tag);
                json.WriteNumber("step", row.Step);
                json.WriteNumber("time", row.Time);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    async Task Image(HttpContext context)
    {
        RunRow run = RunsApi.Run(index, context);
        ItemRow? row = long.TryParse(Ask.Route(context, "number"), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? index.Read(session => ItemRow.Find(session, run.Number, ItemKind.Image, number))
            : null;
        byte[] bytes = row?.Load<ImageEvent>(run.Place.Folder)?.Encoded ?? throw ApiException.NotFound($"run {run.Place.Id}: it has no image {Ask.Route(context, "number")}. They are listed at /api/runs/{run.Place.Id}/images.");

        // Only what begins as a picture is sent as one: event files come from anywhere.
        context.Response.ContentType = bytes switch
        {
            [0x89, 0x50, 0x4E, 0x47, ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [0x47, 0x49, 0x46, 0x38, ..] => "image/gif",
            _ => throw new ApiException(415, $"run {run.Place.Id}: image {number} is neither PNG, JPEG nor GIF."),
        };
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = "private, max-age=3600";
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    Task Texts(HttpContext context)
    {
        RunRow run = RunsApi.Run(index, context);
        List<ItemRow> rows = Thinned(Items(run, ItemKind.Text, Ask.Text(context, "tag")), MostTexts);
        List<TextEvent> found = [.. Load<TextEvent>(run, rows)];
        return Reply.Json(context, json =>
        {
            json.WriteStartArray();
            foreach (TextEvent text in found)
            {
                json.WriteStartObject();
                json.WriteString("tag", text.Tag);
                json.WriteNumber("step", text.Step);
                json.WriteNumber("time", text.WallTime);
                json.WriteString("text", text.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    Task Graph(HttpContext context)
    {
        RunRow run = RunsApi.Run(index, context);
        List<GraphEvent> graphs = [.. Load<GraphEvent>(run, Items(run, ItemKind.Graph, null))];
        GraphEvent? after = graphs.FindLast(graph => graph.Tag.EndsWith("after", StringComparison.Ordinal));
        GraphEvent? before = graphs.FindLast(graph => graph != after);
        return Reply.Json(context, json =>
        {
            if (before is null && after is null)
            {
                json.WriteNullValue();
                return;
            }

            json.WriteStartObject();
            Graph(json, "before", before);
            Graph(json, "after", after);
            json.WriteEndObject();
        });
    }

    static void Graph(Utf8JsonWriter json, string name, GraphEvent? graph)
    {
        if (graph is null)
        {
            json.WriteNull(name);
            return;
        }

        IReadOnlyList<GraphNode> nodes = GraphDefinition.Read(graph.Definition);
        json.WriteStartObject(name);
        json.WriteStartArray("nodes");
        foreach (GraphNode node in nodes)
        {
            json.WriteStartObject();
            json.WriteString("name", node.Name);
            json.WriteString("operation", node.Operation);
            json.WriteStartObject("attributes");
            foreach ((string attribute, string text) in node.Attributes.DistinctBy(attribute => attribute.Key))
            {
                json.WriteString(attribute, text);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("edges");
        foreach (GraphNode node in nodes)
        {
            foreach (string input in node.Inputs)
            {
                json.WriteStartArray();
                json.WriteStringValue(input);
                json.WriteStringValue(node.Name);
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    List<ItemRow> Items(RunRow run, ItemKind kind, string? tag)
    {
        index.Follow(run);
        return index.Read(session => ItemRow.All(session, run.Number, kind, tag));
    }

    static IEnumerable<T> Load<T>(RunRow run, List<ItemRow> rows)
        where T : LoggedEvent => rows.Select(row => row.Load<T>(run.Place.Folder)).OfType<T>();

    static void Tags(Utf8JsonWriter json, List<ItemRow> rows)
    {
        json.WriteStartArray();
        foreach (IGrouping<string, ItemRow> tag in rows.GroupBy(row => row.Tag))
        {
            json.WriteStartObject();
            json.WriteString("name", tag.Key);
            json.WriteNumber("count", tag.Count());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Evenly, with the first and the last.
    static List<ItemRow> Thinned(List<ItemRow> rows, int most) =>
        rows.Count <= most ? rows : [.. Enumerable.Range(0, most).Select(i => rows[(int)((long)i * (rows.Count - 1) / (most - 1))])];

    static void Numbers(Utf8JsonWriter json, string name, double[] numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
        {
            Reply.Number(json, number);
        }

        json.WriteEndArray();
    }
}
