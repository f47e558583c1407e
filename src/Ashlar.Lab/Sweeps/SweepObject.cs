using System.Globalization;
using System.Text.Json;
using Ashlar.Lab.Configuration;

namespace Ashlar.Lab.Sweeps;

/// <summary>An object of a sweep's file: hands out its fields, gathers faults, and knows which fields nobody asked for.</summary>
/// <param name="where">Its place in the file, for messages; empty for the whole.</param>
/// <param name="value">The object.</param>
/// <param name="faults">Takes sentences without a full stop.</param>
sealed class SweepObject(string where, JsonElement value, List<string> faults)
{
    readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Whether a field is there, and not null.</summary>
    public bool Has(string name) => Field(name) is not null;

    /// <summary>A field, or null.</summary>
    public JsonElement? Field(string name)
    {
        _asked.Add(name);
        return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement field) && field.ValueKind != JsonValueKind.Null ? field : null;
    }

    /// <summary>A text, or null.</summary>
    public string? Text(string name) => Take(name, field => field.ValueKind == JsonValueKind.String ? field.GetString() : null, "a text");

    /// <summary>A text that must be there.</summary>
    public string Required(string name, string example)
    {
        if (!Has(name))
        {
            faults.Add($"{Place(name)} is missing; write such as {name}: {example}");
        }

        return Text(name) ?? "";
    }

    /// <summary>A truth value; false when absent.</summary>
    public bool Truth(string name) => Take(name, field => field.ValueKind is JsonValueKind.True or JsonValueKind.False ? (bool?)field.GetBoolean() : null, "true or false") ?? false;

    /// <summary>A finite number, or null.</summary>
    public double? Number(string name) => Take(name, field => field.ValueKind == JsonValueKind.Number && double.IsFinite(field.GetDouble()) ? (double?)field.GetDouble() : null, "a number");

    /// <summary>A whole number within bounds, or null.</summary>
    public long? Whole(string name, long least, long most = int.MaxValue) =>
        Take(name, field => field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out long number) && number >= least && number <= most ? (long?)number : null, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    /// <summary>One of some words; the first when absent or wrong.</summary>
    public string Word(string name, params string[] words) => Take(name, field => field.ValueKind == JsonValueKind.String && words.Contains(field.GetString()) ? field.GetString() : null, string.Join(" or ", words)) ?? words[0];

    /// <summary>An object or null.</summary>
    public SweepObject? Inner(string name) => Take(name, field => field.ValueKind == JsonValueKind.Object ? new SweepObject(Place(name), field, faults) : null, "an object");

    /// <summary>The fields of this object, all of which count as asked for.</summary>
    public IEnumerable<JsonProperty> All()
    {
        foreach (JsonProperty property in value.EnumerateObject())
        {
            _asked.Add(property.Name);
            yield return property;
        }
    }

    /// <summary>Adds a fault of this object.</summary>
    public void Fault(string sentence) => faults.Add(where.Length == 0 ? sentence : $"{where}: {sentence}");

    /// <summary>Faults every field that nobody asked for.</summary>
    public void Finish()
    {
        foreach (JsonProperty property in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().ToArray() : [])
        {
            if (!_asked.Contains(property.Name))
            {
                faults.Add($"{Place(property.Name)} is unknown; did you mean '{NearestName.To(property.Name, _asked)}'?");
            }
        }
    }

    string Place(string name) => where.Length == 0 ? name : $"{where}.{name}";

    T? Take<T>(string name, Func<JsonElement, T?> take, string wanted)
    {
        if (Field(name) is not { } field)
        {
            return default;
        }

        T? taken = take(field);
        if (taken is null)
        {
            faults.Add($"{Place(name)} is {field.GetRawText()}; {wanted} is wanted");
        }

        return taken;
    }
}
