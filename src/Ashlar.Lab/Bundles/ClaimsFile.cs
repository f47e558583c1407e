using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ashlar.Lab.Bundles;

/// <summary><c>claims.yaml</c>: what runs claim, number by number. It follows from the records, so that whoever verifies writes it again and compares.</summary>
static class ClaimsFile
{
    public const string FileName = "claims.yaml";

    public static string Of(IEnumerable<RunRecord> runs)
    {
        var text = new StringBuilder("# What is claimed. `ashlar verify` runs everything again and compares each line, bit by bit.\nclaims:\n");
        foreach (RunRecord run in runs)
        {
            foreach ((string name, MetricSummary metric) in run.Metrics.Where(metric => !BundleStory.IsOfMachine(metric.Key)).OrderBy(metric => metric.Key, StringComparer.Ordinal))
            {
                Claim(text, run, Quoted($"metric {name}"), Value(metric.Last), metric.Step);
            }

            if (run.Chain.LastOrDefault() is { } link)
            {
                Claim(text, run, "chain", Quoted(link.Hash), link.Step);
            }

            if (run.Weights is { } weights)
            {
                Claim(text, run, "weights", Quoted(weights), null);
            }
        }

        return text.ToString();
    }

    static void Claim(StringBuilder text, RunRecord run, string what, string value, long? step)
    {
        text.Append(CultureInfo.InvariantCulture, $"  - run: {run.Id}\n    claim: {what}\n    value: {value}\n");
        if (step is { } number)
        {
            text.Append(CultureInfo.InvariantCulture, $"    step: {number}\n");
        }
    }

    // YAML 1.2 spells numbers that are none with a point.
    static string Value(double value) => double.IsNaN(value) ? ".nan" : double.IsInfinity(value) ? value > 0 ? ".inf" : "-.inf" : BundleStory.Number(value);

    // A JSON text is a YAML text.
    static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
