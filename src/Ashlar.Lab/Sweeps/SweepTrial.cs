using System.Text.Json;

namespace Ashlar.Lab.Sweeps;

/// <summary>One trial: a number and the settings it gets.</summary>
/// <param name="Number">From 0, in the order in which trials begin.</param>
/// <param name="Values">Names and values of the parameters, in the order of the sweep; with halving the budget last.</param>
/// <param name="Rung">With halving: 0 for the first trials; 0 otherwise.</param>
/// <param name="Earlier">With halving: the trial with the same values on the rung before, or null.</param>
public sealed record SweepTrial(int Number, IReadOnlyList<KeyValuePair<string, JsonElement>> Values, int Rung = 0, int? Earlier = null)
{
    /// <summary>The settings as <c>ashlar run</c> takes them, with a blank between: <c>lr=0.01 width=64</c>.</summary>
    public override string ToString() => string.Join(' ', Values.Select(Argument));

    /// <summary>A setting as <c>ashlar run</c> takes it: <c>lr=0.01</c>. A text that would read as something else stands in quotes.</summary>
    /// <param name="value">Name and value.</param>
    public static string Argument(KeyValuePair<string, JsonElement> value) => $"{value.Key}={Text(value.Value)}";

    /// <summary>A value as <c>ashlar run</c> takes it.</summary>
    /// <param name="value">Of a setting.</param>
    public static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String && !ReadsAsJson(value.GetString()!) ? value.GetString()! : value.GetRawText();

    static bool ReadsAsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
