using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Server.Index;

namespace Ashlar.Server.MLflow;

/// <summary>A run as clients see it.</summary>
sealed record MlflowRun
{
    const string NameTag = "mlflow.runName";
    const string UserTag = "mlflow.user";

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>As runs name it.</summary>
    public required string Experiment { get; init; }

    /// <summary>As the protocol names it.</summary>
    public required string Status { get; init; }

    public required long Start { get; init; }

    public long? End { get; init; }

    public bool IsDeleted { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    public required IReadOnlyList<SeriesRow> Metrics { get; init; }

    /// <summary>Of a run in the index. Its event files must have been followed.</summary>
    public static MlflowRun Of(SqlSession session, RunRow run)
    {
        using JsonDocument facts = JsonDocument.Parse($"{{{run.Facts}}}");
        JsonElement root = facts.RootElement;
        return new MlflowRun
        {
            Id = run.Place.Id,
            Name = root.GetProperty("name").GetString()!,
            Experiment = root.GetProperty("experiment").GetString()!,
            Status = StatusOf(run.State),
            Start = root.GetProperty("start").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            End = root.GetProperty("end").ValueKind == JsonValueKind.String ? root.GetProperty("end").GetDateTimeOffset().ToUnixTimeMilliseconds() : null,
            Tags = root.GetProperty("tags").EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString()!),
            Parameters = root.GetProperty("params").EnumerateObject().ToDictionary(value => value.Name, value => TextOf(value.Value)),
            Metrics = SeriesRow.All(session, run.Number),
        };
    }

    /// <summary>Of a run in the bin.</summary>
    public static MlflowRun Of(RunRecord run) => new()
    {
        Id = run.Id,
        Name = run.Name,
        Experiment = run.Experiment,
        Status = StatusOf(Ashlar.Lab.Queries.RunValues.TextOf(run.State)),
        Start = run.Start.ToUnixTimeMilliseconds(),
        End = run.End?.ToUnixTimeMilliseconds(),
        IsDeleted = true,
        Tags = run.Tags,
        Parameters = run.Settings.ToDictionary(value => value.Key, value => TextOf(value.Value)),
        Metrics = [.. run.Metrics.Select(metric => new SeriesRow(0, metric.Key, metric.Value.Count, metric.Value.Last, metric.Value.Min, metric.Value.Max, metric.Value.Step, 0, (run.End ?? run.Start).ToUnixTimeMilliseconds() / 1000.0))],
    };

    /// <summary>The state in our files for a status of the protocol, or null.</summary>
    public static RunState? StateOf(string status) => status switch
    {
        "RUNNING" or "SCHEDULED" or "1" or "2" => RunState.Running,
        "FINISHED" or "3" => RunState.Finished,
        "FAILED" or "4" => RunState.Failed,
        "KILLED" or "5" => RunState.Interrupted,
        _ => null,
    };

    /// <summary>The status of the protocol for a state in our files.</summary>
    public static string StatusOf(string state) => state switch
    {
        "running" => "RUNNING",
        "finished" => "FINISHED",
        "failed" => "FAILED",
        _ => "KILLED",
    };

    /// <summary>A parameter as text: MLflow knows only texts.</summary>
    public static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>Writes it: info and data.</summary>
    public void Write(Utf8JsonWriter json, string experimentId)
    {
        json.WriteStartObject();
        json.WritePropertyName("info");
        WriteInfo(json, experimentId);
        json.WriteStartObject("data");
        json.WriteStartArray("metrics");
        foreach (SeriesRow metric in Metrics)
        {
            WriteMetric(json, metric.Name, new Point(metric.Step, metric.Time, metric.Last));
        }

        json.WriteEndArray();
        WritePairs(json, "params", Parameters);
        WritePairs(json, "tags", Tags.ContainsKey(NameTag) ? Tags : Tags.Append(new(NameTag, Name)));
        json.WriteEndObject();
        json.WriteStartObject("inputs");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes its info alone.</summary>
    public void WriteInfo(Utf8JsonWriter json, string experimentId)
    {
        json.WriteStartObject();
        json.WriteString("run_uuid", Id);
        json.WriteString("run_id", Id);
        json.WriteString("run_name", Name);
        json.WriteString("experiment_id", experimentId);
        json.WriteString("user_id", Tags.GetValueOrDefault(UserTag, ""));
        json.WriteString("status", Status);
        json.WriteNumber("start_time", Start);
        if (End is long end)
        {
            json.WriteNumber("end_time", end);
        }

        json.WriteString("artifact_uri", $"mlflow-artifacts:/{experimentId}/{Id}/artifacts");
        json.WriteString("lifecycle_stage", IsDeleted ? "deleted" : "active");
        json.WriteEndObject();
    }

    /// <summary>Writes a metric. Numbers that JSON does not know are texts, as protobuf's JSON has them.</summary>
    public static void WriteMetric(Utf8JsonWriter json, string key, in Point point)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        if (double.IsFinite(point.Value))
        {
            json.WriteNumber("value", point.Value);
        }
        else
        {
            json.WriteString("value", double.IsNaN(point.Value) ? "NaN" : point.Value > 0 ? "Infinity" : "-Infinity");
        }

        json.WriteNumber("timestamp", (long)Math.Round(point.Time * 1000));
        json.WriteNumber("step", point.Step);
        json.WriteEndObject();
    }

    /// <summary>Writes a list of key and value.</summary>
    public static void WritePairs(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartArray(name);
        foreach ((string key, string value) in pairs)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
