using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Storage;
using Ashlar.Server.Api;
using Ashlar.Server.Index;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ashlar.Server.MLflow;

/// <summary>Artifacts through the server: <c>artifacts/list</c> and the routes below <c>mlflow-artifacts</c>.</summary>
/// <remarks>Names of clients are looked up or become entries of a list; no part of them becomes a path. Bytes go to the store by their hash.</remarks>
/// <param name="book">Knows the runs.</param>
/// <param name="store">Takes the bytes.</param>
/// <param name="clock">Dates the entries.</param>
sealed class MlflowArtifacts(RunBook book, ArtifactStore store, TimeProvider clock)
{
    const long LargestArtifact = 64L << 30;
    const string Prefix = "/api/2.0/mlflow-artifacts/artifacts";

    /// <summary>Adds the routes.</summary>
    public void Map(MlflowRoutes routes)
    {
        routes.Get("artifacts/list", List);
        routes.Raw(HttpMethods.Get, Prefix, ListBelow);
        routes.Raw(HttpMethods.Put, Prefix + "/{**path}", Upload);
        routes.Raw(HttpMethods.Get, Prefix + "/{**path}", Download);
    }

    void List(MlflowRequest request, Utf8JsonWriter json)
    {
        RunRow run = book.Active(request.RunId);
        string below = (request.Text("path") ?? "").Trim('/');
        json.WriteString("root_uri", $"mlflow-artifacts:/{run.Place.Id}/artifacts");
        Files(json, run, below, whole: true);
    }

    Task ListBelow(HttpContext context)
    {
        (RunRow run, string below) = Place(context.Request.Query["path"].ToString());
        return Reply.Json(context, json =>
        {
            json.WriteStartObject();
            Files(json, run, below, whole: false);
            json.WriteEndObject();
        });
    }

    async Task Upload(HttpContext context)
    {
        (RunRow run, string name) = Place(Ask.Route(context, "path"));
        ArtifactName.Check(name);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestArtifact;
        }

        // The store reads as it hashes and writes, on a thread that may wait.
        if (context.Features.Get<IHttpBodyControlFeature>() is { } control)
        {
            control.AllowSynchronousIO = true;
        }

        string hash = await Task.Run(() => store.Add(context.Request.Body)).ConfigureAwait(false);
        long size = new FileInfo(store.PathOf(hash)).Length;
        new RunFolder(run.Place.Folder).Append(new ArtifactRecord(name, hash, size, MediaType.Of(name), null, clock.GetUtcNow()));
        await MlflowRoutes.Empty(context).ConfigureAwait(false);
    }

    async Task Download(HttpContext context)
    {
        (RunRow run, string name) = Place(Ask.Route(context, "path"));
        ArtifactRecord artifact = new RunRecord(run.Place.Folder).Artifacts.FirstOrDefault(artifact => artifact.Name == name)
            ?? throw MlflowException.Missing($"No such artifact: '{name}'");
        Stream stream = new FileStream(store.PathOf(artifact.Sha256), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        await using (stream.ConfigureAwait(false))
        {
            context.Response.ContentType = "application/octet-stream";
            context.Response.ContentLength = stream.Length;
            context.Response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(Path.GetFileName(name))}";
            await stream.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    // <experiment>/<run>/artifacts/<name>: what artifact_uri of a run has in front of the name.
    (RunRow Run, string Name) Place(string path)
    {
        string[] parts = path.Trim('/').Split('/', 4);
        return parts.Length >= 3 && parts[2] == "artifacts"
            ? (book.Active(parts[1]), parts.Length == 4 ? parts[3] : "")
            : throw MlflowException.Invalid("Invalid path. It must be EXPERIMENT/RUN/artifacts/NAME, as the run's artifact_uri has it.");
    }

    static void Files(Utf8JsonWriter json, RunRow run, string below, bool whole)
    {
        string prefix = below.Length == 0 ? "" : below + "/";
        json.WriteStartArray("files");
        foreach (IGrouping<string, ArtifactRecord> entry in new RunRecord(run.Place.Folder).Artifacts.Where(artifact => artifact.Name.StartsWith(prefix, StringComparison.Ordinal)).GroupBy(artifact => artifact.Name[prefix.Length..].Split('/')[0]))
        {
            bool isFolder = entry.Any(artifact => artifact.Name.Length > prefix.Length + entry.Key.Length);
            json.WriteStartObject();
            json.WriteString("path", whole ? prefix + entry.Key : entry.Key);
            json.WriteBoolean("is_dir", isFolder);
            if (!isFolder)
            {
                json.WriteNumber("file_size", entry.First().Size);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
