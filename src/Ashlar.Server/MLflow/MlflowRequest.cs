using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Ashlar.Server.MLflow;

/// <summary>What a client asks: the members of the body, or the query of a GET. Whole numbers may be texts, as protobuf's JSON has them.</summary>
/// <param name="body">An object.</param>
/// <param name="query">The query.</param>
sealed class MlflowRequest(JsonElement body, IQueryCollection query)
{
    /// <summary>The run; old clients call it run_uuid.</summary>
    public string RunId => Text("run_id") ?? Text("run_uuid") ?? throw MlflowException.Needed("run_id");

    /// <summary>A text, or null.</summary>
    public string? Text(string name) => Member(name) is { } value
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => throw MlflowException.Invalid($"Invalid value {Short(value)} for parameter '{name}' supplied: Value was of type '{value.ValueKind}' but must be of type 'string'."),
        }
        : query.TryGetValue(name, out var texts) && texts.Count > 0 ? texts[0] : null;

    /// <summary>A text that must be there and not be empty.</summary>
    public string Needed(string name) => Text(name) is { Length: > 0 } text ? text : throw MlflowException.Needed(name);

    /// <summary>A whole number, or null.</summary>
    public long? Whole(string name) => Text(name) is not { Length: > 0 } text
        ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw MlflowException.Invalid($"Invalid value '{text}' for parameter '{name}' supplied. It must be a whole number.");

    /// <summary>A whole number within bounds.</summary>
    public int Whole(string name, int usual, int low, int high) => Whole(name) is not { } number
        ? usual
        : number >= low && number <= high ? (int)number : throw MlflowException.Invalid($"Invalid value {number} for parameter '{name}' supplied. It must be from {low} to {high}.");

    /// <summary>Texts.</summary>
    public IReadOnlyList<string> Texts(string name) => Member(name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())]
        : query.TryGetValue(name, out var texts) ? [.. texts.OfType<string>()] : [];

    /// <summary>Pairs of key and value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string name)
    {
        if (Member(name) is not { } list)
        {
            return [];
        }

        var pairs = new List<KeyValuePair<string, string>>();
        foreach (JsonElement item in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw MlflowException.Invalid($"Invalid value {Short(list)} for parameter '{name}' supplied. It must be a list."))
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw MlflowException.Invalid($"Invalid value {Short(item)} in parameter '{name}' supplied. It must be an object with key and value.");
            }

            var inner = new MlflowRequest(item, query);
            pairs.Add(new(inner.Member("key") is null ? throw MlflowException.Needed($"{name}.key") : inner.Text("key")!, inner.Member("value") is null ? "" : inner.Text("value")!));
        }

        return pairs;
    }

    JsonElement? Member(string name) => body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    static string Short(JsonElement value) => value.GetRawText() is { Length: > 80 } text ? text[..80] + "…" : value.GetRawText();
}
