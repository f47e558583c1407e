using System.Text;
using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Server.Api;
using Ashlar.Server.Index;
using Microsoft.AspNetCore.Http;

namespace Ashlar.Server.MLflow;

/// <summary>The routes by which points come: <c>log-batch</c> and <c>log-metric</c>. An answer means that the points are on the disk.</summary>
/// <param name="book">Knows the runs.</param>
/// <param name="logs">Writes the points.</param>
sealed class MlflowLogging(RunBook book, MetricLogs logs)
{
    /// <summary>Adds the routes.</summary>
    public void Map(MlflowRoutes routes)
    {
        routes.Raw(HttpMethods.Post, "/api/2.0/mlflow/runs/log-batch", LogBatch);
        routes.Raw(HttpMethods.Post, "/api/2.0/mlflow/runs/log-metric", LogMetric);
    }

    async Task LogBatch(HttpContext context)
    {
        // One byte more than is allowed tells that there is more.
        using MetricBatch batch = MetricBatch.Parse((await Ask.Body(context, 2 * MetricBatch.LargestRequest).ConfigureAwait(false)).Span);
        RunRow run = book.Active(batch.RunId ?? throw MlflowException.Needed("run_id"));
        foreach ((string key, string value) in batch.Parameters)
        {
            MlflowRuns.CheckParameter(key, value);
        }

        foreach ((string key, string value) in batch.Tags)
        {
            MlflowRuns.CheckTag(key, value);
        }

        string[] twice = [.. batch.Parameters.GroupBy(pair => pair.Key).Where(group => group.Select(pair => pair.Value).Distinct().Count() > 1).Select(group => group.Key)];
        if (twice.Length > 0)
        {
            throw MlflowException.Invalid($"Duplicate parameter keys have been submitted: {string.Join(", ", twice)}. Please ensure the request contains only one param value per param key.");
        }

        if (batch.Parameters.Count > 0)
        {
            book.AddParameters(run.Place.Id, batch.Parameters);
        }

        if (batch.Tags.Count > 0)
        {
            book.Tag(run.Place.Id, tags => batch.Tags.ForEach(tag => tags[tag.Key] = tag.Value));
        }

        if (batch.Count > 0)
        {
            await logs.Append(new RunFolder(run.Place.Folder).EventsPath, batch.Records.Span).ConfigureAwait(false);
        }

        await MlflowRoutes.Empty(context).ConfigureAwait(false);
    }

    async Task LogMetric(HttpContext context)
    {
        ReadOnlyMemory<byte> body = await Ask.Body(context, MetricBatch.LargestRequest).ConfigureAwait(false);
        (string id, byte[] wrapped) = Wrapped(body);
        using MetricBatch batch = MetricBatch.Parse(wrapped);
        RunRow run = book.Active(id);
        await logs.Append(new RunFolder(run.Place.Folder).EventsPath, batch.Records.Span).ConfigureAwait(false);
        await MlflowRoutes.Empty(context).ConfigureAwait(false);
    }

    // One metric is a batch of one; the same code reads both.
    static (string RunId, byte[] Batch) Wrapped(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument metric = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            return (new MlflowRequest(metric.RootElement, QueryCollection.Empty).RunId, Encoding.UTF8.GetBytes($"{{\"metrics\":[{metric.RootElement.GetRawText()}]}}"));
        }
        catch (JsonException e)
        {
            throw new MlflowException("BAD_REQUEST", 400, $"The body is no JSON of the protocol: {e.Message}");
        }
    }
}
