using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Configuration;
using Ashlar.Lab.Queries;

namespace Ashlar.Cli.Runs;

/// <summary>Runs as JSON, with the names of the studio's interface.</summary>
static class RunJson
{
    /// <summary>The facts of a row in a table.</summary>
    public static void Write(Utf8JsonWriter json, RunRecord run)
    {
        json.WriteStartObject();
        WriteFacts(json, run);
        json.WriteEndObject();
    }

    /// <summary>Everything but points and console.</summary>
    public static void WriteWhole(Utf8JsonWriter json, RunRecord run)
    {
        json.WriteStartObject();
        WriteFacts(json, run);
        json.WriteTexts("command", run.File.Command);
        json.WriteString("folder", run.File.Folder);
        json.WriteString("path", run.Folder);
        WriteNullable(json, "exitCode", run.File.ExitCode);
        json.WriteString("error", run.File.Error);
        json.WriteString("weights", run.Weights);
        json.WriteStartObject("config");
        foreach ((string name, ConfigValue value) in run.Config.Values)
        {
            json.WriteStartObject(name);
            json.WritePropertyName("value");
            value.Value.WriteTo(json);
            json.WriteString("source", value.Source);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteHost(json, run.Host);
        WriteCode(json, run.Code);
        WriteData(json, run.Data);
        json.WriteStartArray("artifacts");
        foreach (ArtifactRecord artifact in run.Artifacts)
        {
            json.WriteStartObject();
            json.WriteString("name", artifact.Name);
            json.WriteString("sha256", artifact.Sha256);
            json.WriteNumber("size", artifact.Size);
            json.WriteString("mediaType", artifact.MediaType);
            WriteNullable(json, "step", artifact.Step);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("chainLinks", run.Chain.Count());
        json.WriteString("chain", run.Chain.LastOrDefault()?.Hash);
        json.WriteTexts("faults", run.Faults);
        json.WriteEndObject();
    }

    public static void WriteValue(Utf8JsonWriter json, QueryValue value)
    {
        switch (value)
        {
            case QueryValue.Missing:
                json.WriteNullValue();
                break;
            case QueryValue.Number { Value: var number } when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case QueryValue.Truth truth:
                json.WriteBooleanValue(truth.Value);
                break;
            default:
                json.WriteStringValue(value.AsText());
                break;
        }
    }

    static void WriteFacts(Utf8JsonWriter json, RunRecord run)
    {
        json.WriteString("id", run.Id);
        json.WriteString("name", run.Name);
        json.WriteString("experiment", run.Experiment);
        json.WriteString("state", RunValues.TextOf(run.State));
        json.WriteString("start", new QueryValue.Time(run.Start).AsText());
        json.WriteString("end", run.End is { } end ? new QueryValue.Time(end).AsText() : null);
        json.WriteString("sweep", run.Sweep);
        json.WriteString("parent", run.Parent);
        json.WriteStartObject("tags");
        foreach ((string name, string value) in run.Tags)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("params");
        foreach ((string name, JsonElement value) in run.Settings)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteStartObject("metrics");
        foreach ((string name, MetricSummary summary) in run.Metrics)
        {
            json.WriteStartObject(name);
            json.WriteNumber("last", (double?)summary.Last);
            json.WriteNumber("min", (double?)summary.Min);
            json.WriteNumber("max", (double?)summary.Max);
            json.WriteNumber("step", summary.Step);
            json.WriteNumber("count", summary.Count);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    static void WriteHost(Utf8JsonWriter json, HostRecord host)
    {
        json.WriteStartObject("host");
        json.WriteString("machine", host.Machine);
        json.WriteString("system", host.System);
        json.WriteString("architecture", host.Architecture);
        json.WriteString("runtime", host.Runtime);
        json.WriteString("ashlar", host.Ashlar);
        json.WriteNumber("numerics", host.Numerics);
        json.WriteNumber("processors", host.Processors);
        json.WriteNumber("threads", host.Threads);
        json.WriteString("vector", host.Vector);
        json.WriteNumber("memory", host.Memory);
        json.WriteEndObject();
    }

    static void WriteCode(Utf8JsonWriter json, CodeRecord code)
    {
        json.WriteStartObject("code");
        json.WriteString("project", code.Project);
        json.WriteString("commit", code.Git?.Commit);
        json.WriteString("branch", code.Git?.Branch);
        json.WriteString("patch", code.Git?.Patch);
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
        json.WriteEndObject();
    }

    static void WriteData(Utf8JsonWriter json, DataRecord data)
    {
        json.WriteStartArray("data");
        foreach (DataFile file in data.Files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteString("path", file.Path);
            json.WriteString("sha256", file.Sha256);
            json.WriteNumber("size", file.Size);
            json.WriteString("fetch", file.Fetch);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteNullable(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
