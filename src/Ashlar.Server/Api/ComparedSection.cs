using System.Text.Json;

namespace Ashlar.Server.Api;

/// <summary>A table of what is alike and what differs: a row for each name, a column for each run.</summary>
/// <param name="name">Of the section.</param>
/// <param name="runs">Columns.</param>
sealed class ComparedSection(string name, int runs)
{
    // Values as JSON text: equal texts are equal values, since one writer wrote them.
    readonly SortedDictionary<string, string?[]> _rows = new(StringComparer.Ordinal);

    public void Add(int run, string row, string? text)
    {
        if (text is not null)
        {
            Put(run, row, JsonSerializer.Serialize(text, PlainJson.Default.String));
        }
    }

    public void Add(int run, string row, double value) => Put(run, row, double.IsFinite(value) ? JsonSerializer.Serialize(value, PlainJson.Default.Double) : "null");

    /// <summary>A row for each member of an object.</summary>
    public void AddMembers(int run, JsonElement members)
    {
        foreach (JsonProperty member in members.EnumerateObject())
        {
            Put(run, member.Name, member.Value.GetRawText());
        }
    }

    /// <summary>A row for each member of the object in a file, if there is one.</summary>
    public void AddFile(int run, string path)
    {
        try
        {
            using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
            AddMembers(run, file.RootElement);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // A run without the file has empty cells.
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteStartArray("rows");
        foreach ((string row, string?[] values) in _rows)
        {
            json.WriteStartObject();
            json.WriteString("name", row);
            json.WriteStartArray("values");
            foreach (string? value in values)
            {
                json.WriteRawValue(value ?? "null");
            }

            json.WriteEndArray();
            json.WriteBoolean("differs", values.Any(value => value != values[0]));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    void Put(int run, string row, string json)
    {
        if (!_rows.TryGetValue(row, out string?[]? values))
        {
            _rows.Add(row, values = new string?[runs]);
        }

        values[run] = json;
    }
}
