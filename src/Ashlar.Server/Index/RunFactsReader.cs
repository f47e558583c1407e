using System.Globalization;
using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Events;

namespace Ashlar.Server.Index;

/// <summary>Reads the small files of a run. Damage is told, never thrown: one bad folder must not hide the others.</summary>
static class RunFactsReader
{
    /// <summary>Reads a run.</summary>
    public static RunFacts Read(RunPlace place)
    {
        if (place.IsForeign)
        {
            // The first file bears the time at which it was begun.
            long begun = EventFolder.Files(place.Folder).Select(EventFileName.Time).FirstOrDefault(-1);
            return new RunFacts
            {
                Id = place.Id,
                Name = Uri.UnescapeDataString(place.Id.Replace('~', '%')),
                Start = begun is > 0 and < 60_000_000_000 ? 1000 * begun : new DateTimeOffset(Directory.GetCreationTimeUtc(place.Folder)).ToUnixTimeMilliseconds(),
            };
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

    /// <summary>The hyperparameters that another tool logged, as values of a configuration.</summary>
    public static SortedDictionary<string, JsonElement> Params(HyperparametersEvent settings)
    {
        var values = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach ((string name, object value) in settings.Values)
        {
            values[name] = value switch
            {
                double number when double.IsFinite(number) => JsonSerializer.SerializeToElement(number, IndexJson.Default.Double),
                bool truth => JsonSerializer.SerializeToElement(truth, IndexJson.Default.Boolean),
                _ => JsonSerializer.SerializeToElement(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", IndexJson.Default.String),
            };
        }

        return values;
    }
}
