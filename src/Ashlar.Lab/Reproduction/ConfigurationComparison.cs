using System.Globalization;
using System.Text.Json;

namespace Ashlar.Lab.Reproduction;

/// <summary>The settings that a record claims, beside those that the recorded command gives.</summary>
static class ConfigurationComparison
{
    public static IEnumerable<VerdictRow> Rows(RunRecord recorded, RunRecord reproduced)
    {
        IReadOnlyDictionary<string, JsonElement> was = recorded.Settings, now = reproduced.Settings;
        string[] names = [.. was.Keys.Union(now.Keys).Order(StringComparer.Ordinal)];
        int equal = 0;
        foreach (string name in names)
        {
            string a = Text(was, name), b = Text(now, name);
            if (a == b)
            {
                equal++;
            }
            else
            {
                yield return VerdictRow.Differs($"setting {name}", a, b, "the recorded command and sources give another value than the record claims");
            }
        }

        if (equal > 0)
        {
            yield return VerdictRow.Equal("configuration", string.Create(CultureInfo.InvariantCulture, $"{equal} settings"));
        }
    }

    static string Text(IReadOnlyDictionary<string, JsonElement> settings, string name) => settings.TryGetValue(name, out JsonElement value) ? value.GetRawText() : "";
}
