using System.Text;
using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Server.Index;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ashlar.Server.Api;

/// <summary>What stands in the plain files of a run: console, sources, chain, artifacts.</summary>
/// <remarks>No part of an address ever becomes part of a path: names are looked up in the run's lists, and bytes come from the store by their hash.</remarks>
/// <param name="index">Knows the runs.</param>
/// <param name="store">Opens bytes by SHA-256, or gives null.</param>
sealed class FilesApi(RunIndex index, Func<string, Stream?> store)
{
    const int LogAtOnce = 1 << 20;

    /// <summary>Adds the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/runs/{id}/log", Log);
        routes.MapGet("/api/runs/{id}/code", Code);
        routes.MapGet("/api/runs/{id}/code/file", CodeFile);
        routes.MapGet("/api/runs/{id}/chain", Chain);
        routes.MapGet("/api/runs/{id}/artifacts/{**name}", Artifact);
        routes.MapGet("/api/runs/{id}/confusion", Confusion);
    }

    Task Log(HttpContext context)
    {
        RunRow run = RunsApi.Run(index, context);
        long from = (long)Math.Max(0, Ask.Number(context, "from") ?? 0);
        string path = Path.Combine(run.Place.Folder, "log.txt");
        byte[] bytes = [];
        long size = 0;
        if (!run.Place.IsForeign && File.Exists(path))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            size = file.Length;
            from = Math.Min(from, size);
            file.Position = from;
            bytes = new byte[Math.Min(LogAtOnce, size - from)];
            int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            bytes = bytes[..WholeLetters(bytes.AsSpan(0, read))];
        }

        return Reply.Json(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("text", Encoding.UTF8.GetString(bytes));
            json.WriteNumber("next", from + bytes.Length);
            json.WriteNumber("size", size);
            json.WriteEndObject();
        });
    }

    // A part ends behind a line if it holds one, so that no letter of several bytes is cut.
    static int WholeLetters(ReadOnlySpan<byte> bytes) => bytes.LastIndexOf((byte)'\n') is >= 0 and int end ? end + 1 : bytes.Length;

    Task Code(HttpContext context)
    {
        RunRow run = RunsApi.Run(index, context);
        CodeRecord code = new RunRecord(run.Place.Folder).Code;
        byte[]? patch = code.Git?.Patch is { } hash ? Bytes(hash) : null;
        return Reply.Json(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("project", code.Project);
            json.WriteStartArray("files");
            foreach (CodeFile file in code.Files)
            {
                json.WriteStartObject();
                json.WriteString("path", file.Path);
                json.WriteString("sha256", file.Sha256);
                json.WriteNumber("size", file.Size);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (code.Git is { } git)
            {
                json.WriteStartObject("git");
                json.WriteString("commit", git.Commit);
                json.WriteString("branch", git.Branch);
                json.WriteStartArray("untracked");
                foreach (string path in git.Untracked)
                {
                    json.WriteStringValue(path);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("git");
            }

            json.WriteString("patch", patch is null ? null : Encoding.UTF8.GetString(patch));
            json.WriteEndObject();
        });
    }

    Task CodeFile(HttpContext context)
    {
        RunRow run = RunsApi.Run(index, context);
        string path = Ask.Needed(context, "path");
        CodeFile? file = new RunRecord(run.Place.Folder).Code.Files.FirstOrDefault(file => file.Path == path);
        return file is null
            ? throw ApiException.NotFound($"run {run.Place.Id}: no source file is named '{path}'. They are listed at /api/runs/{run.Place.Id}/code.")
            : Send(context, file.Sha256, "text/plain; charset=utf-8", null);
    }

    Task Chain(HttpContext context)
    {
        RunRow run = RunsApi.Run(index, context);
        return Reply.Json(context, json =>
        {
            json.WriteStartArray();
            foreach (ChainLink link in run.Place.IsForeign ? [] : new RunRecord(run.Place.Folder).Chain)
            {
                json.WriteStartObject();
                json.WriteNumber("step", link.Step);
                json.WriteString("weights", link.Weights);
                json.WriteString("optimizer", link.Optimizer);
                json.WriteString("loader", link.Loader);
                json.WriteString("counters", link.Counters);
                json.WriteString("previous", link.Previous);
                json.WriteString("hash", link.Hash);
                json.WriteBoolean("sound", link.IsSound());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    Task Artifact(HttpContext context)
    {
        RunRow run = RunsApi.Run(index, context);
        string name = Ask.Route(context, "name");
        // A name may be kept at several steps: the hash says which, and without one it is the last.
        string? hash = Ask.Text(context, "sha256");
        ArtifactRecord? artifact = new RunRecord(run.Place.Folder).Artifacts.LastOrDefault(artifact => artifact.Name == name && (hash is null || artifact.Sha256 == hash));
        return artifact is null
            ? throw ApiException.NotFound($"run {run.Place.Id}: no artifact is named '{name}'. They are listed at /api/runs/{run.Place.Id}.")
            : Send(context, artifact.Sha256, "application/octet-stream", artifact.Name);
    }

    // Run.LogConfusionMatrix keeps each as an artifact of JSON.
    Task Confusion(HttpContext context)
    {
        RunRow run = RunsApi.Run(index, context);
        ArtifactRecord? matrix = new RunRecord(run.Place.Folder).Artifacts
            .Where(artifact => artifact.Name.StartsWith("confusion/", StringComparison.Ordinal) && (Ask.Text(context, "name") is not { } name || artifact.Name == $"confusion/{name}.json"))
            .MaxBy(artifact => artifact.Time);
        byte[]? bytes = matrix is null ? null : Bytes(matrix.Sha256);
        return Reply.Json(context, json =>
        {
            if (bytes is null)
            {
                json.WriteNullValue();
                return;
            }

            using JsonDocument document = JsonDocument.Parse(bytes);
            document.RootElement.WriteTo(json);
        });
    }

    /// <summary>Bytes of the store. What a run made is never shown as a page of ours: it comes as a file to keep, whatever it says it is.</summary>
    async Task Send(HttpContext context, string sha256, string type, string? name)
    {
        Stream stream = store(sha256) ?? throw ApiException.NotFound($"the store has no file {sha256}. It was deleted, or never brought along with the run.");
        await using (stream.ConfigureAwait(false))
        {
            context.Response.ContentType = type;
            context.Response.ContentLength = stream.Length;
            if (name is not null)
            {
                context.Response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(Path.GetFileName(name))}";
            }

            await stream.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    byte[]? Bytes(string sha256)
    {
        using Stream? stream = store(sha256);
        if (stream is null)
        {
            return null;
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
