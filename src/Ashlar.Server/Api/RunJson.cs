using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Server.Index;

namespace Ashlar.Server.Api;

/// <summary>Writes one run whole.</summary>
static class RunJson
{
    const int LargestSummary = 4 << 20;

    /// <summary>The table's row and everything else that the run's small files say.</summary>
    /// <param name="json">Takes it.</param>
    /// <param name="run">The run.</param>
    /// <param name="store">Opens bytes by SHA-256, or gives null.</param>
    public static void Write(Utf8JsonWriter json, RunRow run, Func<string, Stream?> store)
    {
        json.WriteStartObject();
        using (JsonDocument row = JsonDocument.Parse($"{{{run.Facts},\"metrics\":{run.Metrics}}}"))
        {
            foreach (JsonProperty member in row.RootElement.EnumerateObject())
            {
                member.WriteTo(json);
            }
        }

        string folder = run.Place.Folder;
        var record = new RunRecord(folder);
        RunFile? file = run.Place.IsForeign ? null : record.File;
        json.WriteString("folder", folder);
        json.WriteBoolean("foreign", run.Place.IsForeign);
        json.WriteStartArray("command");
        foreach (string word in file?.Command ?? [])
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
        json.WriteString("workingDirectory", file?.Folder);
        json.WriteString("weights", file?.Weights);
        json.WriteString("error", file?.Error);
        if (file?.ExitCode is int exitCode)
        {
            json.WriteNumber("exitCode", exitCode);
        }
        else
        {
            json.WriteNull("exitCode");
        }

        File(json, "host", Path.Combine(folder, "host.json"));
        File(json, "config", Path.Combine(folder, "config.json"));
        File(json, "data", Path.Combine(folder, "data.json"));
        File(json, "reproduce", Path.Combine(folder, "reproduce.json"));
        json.WriteString("summary", Summary(run.Place.IsForeign ? [] : [.. record.Artifacts], store));
        json.WriteStartArray("artifacts");
        foreach (ArtifactRecord artifact in run.Place.IsForeign ? [] : record.Artifacts)
        {
            json.WriteStartObject();
            json.WriteString("name", artifact.Name);
            json.WriteString("sha256", artifact.Sha256);
            json.WriteNumber("size", artifact.Size);
            json.WriteString("mediaType", artifact.MediaType);
            if (artifact.Step is long step)
            {
                json.WriteNumber("step", step);
            }
            else
            {
                json.WriteNull("step");
            }

            json.WriteString("time", RunRows.Time(artifact.Time.ToUnixTimeMilliseconds()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Run.LogModel keeps the layers as text beside the weights.
    static string? Summary(ArtifactRecord[] artifacts, Func<string, Stream?> store)
    {
        ArtifactRecord? text = Array.Find(artifacts, artifact => artifact.Name.EndsWith(".txt", StringComparison.Ordinal) && artifact.Size <= LargestSummary
            && artifacts.Any(weights => weights.Name == Path.ChangeExtension(artifact.Name, ".safetensors")));
        using Stream? stream = text is null ? null : store(text.Sha256);
        return stream is null ? null : new StreamReader(stream).ReadToEnd();
    }

    /// <summary>A file of JSON as it is, or null where it is missing or damaged.</summary>
    public static void File(Utf8JsonWriter json, string name, string path)
    {
        json.WritePropertyName(name);
        try
        {
            if (System.IO.File.Exists(path))
            {
                using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
                document.RootElement.WriteTo(json);
                return;
            }
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            // The run's faults name the file; here it is as if it were not there.
        }

        json.WriteNullValue();
    }
}
