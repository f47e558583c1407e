using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Onnx;
using Ashlar.Onnx.Values;
using Ashlar.Server.Index;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ashlar.Server.Api;

/// <summary>ONNX models that runs kept, as graphs with the types and shapes of all values.</summary>
/// <remarks>
/// A file may come from anywhere. What it declares is always shown; shapes are told from recording it only where nothing in it can take long: files of some size, and without branches and loops of their own.
/// </remarks>
/// <param name="index">Knows the runs.</param>
/// <param name="store">Opens bytes by SHA-256, or gives null.</param>
sealed class OnnxApi(RunIndex index, Func<string, Stream?> store) : IDisposable
{
    const long LargestShown = 1L << 30;
    const long LargestRecorded = 256L << 20;
    const int MostKept = 8;

    readonly SemaphoreSlim _one = new(1, 1);
    readonly List<(string Sha256, byte[] Answer)> _kept = [];

    /// <summary>Adds the route.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/runs/{id}/onnx", Graph);

    public void Dispose() => _one.Dispose();

    async Task Graph(HttpContext context)
    {
        RunRow run = RunsApi.Run(index, context);
        string name = Ask.Needed(context, "name");
        ArtifactRecord artifact = new RunRecord(run.Place.Folder).Artifacts.LastOrDefault(artifact => artifact.Name == name && artifact.Name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
            ?? throw ApiException.NotFound($"run {run.Place.Id}: no ONNX model is named '{name}'. Artifacts are listed at /api/runs/{run.Place.Id}.");

        // A model takes memory while it is looked at: one at a time, and what was found is kept.
        await _one.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        byte[] answer;
        try
        {
            answer = _kept.Find(kept => kept.Sha256 == artifact.Sha256).Answer ?? Read(run, artifact);
            _kept.RemoveAll(kept => kept.Sha256 == artifact.Sha256);
            _kept.Add((artifact.Sha256, answer));
            if (_kept.Count > MostKept)
            {
                _kept.RemoveAt(0);
            }
        }
        finally
        {
            _one.Release();
        }

        using JsonDocument document = JsonDocument.Parse(answer);
        await Reply.Json(context, document.RootElement.WriteTo).ConfigureAwait(false);
    }

    byte[] Read(RunRow run, ArtifactRecord artifact)
    {
        using Stream stream = store(artifact.Sha256) ?? throw ApiException.NotFound($"the store has no file {artifact.Sha256}. It was deleted, or never brought along with the run.");
        if (stream.Length > LargestShown)
        {
            throw new ApiException(413, $"run {run.Place.Id}: {artifact.Name} has {stream.Length} bytes and is not shown here. Look at it with: ashlar onnx show FILE --nodes");
        }

        try
        {
            OnnxGraph graph = OnnxGraph.Read(stream, artifact.Name);
            OnnxModel? model = null;
            if (stream.Length <= LargestRecorded && !graph.HasBodies)
            {
                try
                {
                    stream.Position = 0;
                    model = OnnxModel.Load(stream, artifact.Name);
                    graph = model.Graph();
                }
                catch (Exception e) when (e is OnnxException or OutOfMemoryException)
                {
                    // Unknown operators, weights in files that are not there, values beyond all memory: what the file declares is shown.
                }
            }

            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes))
            {
                OnnxGraphJson.Write(json, graph, model);
            }

            return bytes.ToArray();
        }
        catch (OnnxException e)
        {
            throw new ApiException(422, $"run {run.Place.Id}: {e.Message}");
        }
    }
}
