using System.Text.Json;
using Ashlar.Lab;

namespace Ashlar.Server.Index;

/// <summary>Reads the small files of a run. Damage is told, never thrown: one bad folder must not hide the others.</summary>
static class RunFactsReader
{
    /// <summary>Reads a run.</summary>
    public static RunFacts Read(RunPlace place)
    {
        if (place.IsForeign)
        {
            return new RunFacts { Id = place.Id, Name = Uri.UnescapeDataString(place.Id.Replace('~', '%')), Start = new DateTimeOffset(Directory.GetCreationTimeUtc(place.Folder)).ToUnixTimeMilliseconds() };
        }

        var record = new RunRecord(place.Folder);
        RunFile file = record.File;
        IReadOnlyDictionary<string, JsonElement> values = record.Settings;
        return new RunFacts
        {
            Id = place.Id,
            Name = file.Name,
            Experiment = file.Experiment,
            State = record.State.ToString().ToLowerInvariant(),
            Start = file.Start.ToUnixTimeMilliseconds(),
            End = file.End?.ToUnixTimeMilliseconds(),
            Parent = file.Parent,
            Sweep = file.Sweep,
            Weights = file.Weights,
            Tags = file.Tags,
            Params = values,
            Metrics = file.Metrics,
            Damage = record.Faults.Count == 0 ? null : string.Join(' ', record.Faults),
        };
    }
}
