using System.Text.Json;
using Ashlar.Lab;

namespace Ashlar.Server.Index;

/// <summary>What <c>run.json</c> and <c>config.json</c> say of a run, as far as they can be read.</summary>
sealed record RunFacts
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Experiment { get; init; } = "default";

    /// <summary><c>running</c>, <c>finished</c>, <c>failed</c> or <c>interrupted</c>.</summary>
    public string State { get; init; } = "finished";

    /// <summary>Milliseconds since 1970.</summary>
    public long Start { get; init; }

    public long? End { get; init; }

    public string? Parent { get; init; }

    public string? Sweep { get; init; }

    public string? Weights { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Values of the configuration as JSON.</summary>
    public IReadOnlyDictionary<string, JsonElement> Params { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Figures of metrics as the run's own program wrote them.</summary>
    public IReadOnlyDictionary<string, MetricSummary> Metrics { get; init; } = new Dictionary<string, MetricSummary>();

    /// <summary>What cannot be read, as sentences; or null.</summary>
    public string? Damage { get; init; }
}
