using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ashlar.Lab.Reproduction;

/// <summary>What repeating a run came to.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Level">How much was repeated.</param>
/// <param name="Rows">Claim by claim.</param>
/// <param name="Time">When it was finished.</param>
public sealed record ReproductionReport(string Run, ReproductionLevel Level, IReadOnlyList<VerdictRow> Rows, DateTimeOffset Time)
{
    /// <summary>The name of the file in the run's folder that keeps the last report.</summary>
    public const string FileName = "reproduce.json";

    /// <summary><see cref="Verdict.Differs"/> where a claim does; else <see cref="Verdict.Failed"/> where one could not be found out; else <see cref="Verdict.Equal"/>.</summary>
    public Verdict Verdict => Rows.Any(row => row.Verdict == Verdict.Differs) ? Verdict.Differs : Rows.Any(row => row.Verdict == Verdict.Failed) ? Verdict.Failed : Verdict.Equal;

    /// <summary>One JSON object: <c>run</c>, <c>level</c>, <c>time</c>, <c>verdict</c>, <c>claims</c>.</summary>
    /// <param name="indented">Whether for people.</param>
    public string ToJson(bool indented = false)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = indented, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("run", Run);
            json.WriteNumber("level", (int)Level);
            json.WriteString("time", LabTime.Text(Time));
            json.WriteString("verdict", new VerdictRow("", "", "", "", Verdict).Word);
            json.WriteStartArray("claims");
            foreach (VerdictRow row in Rows)
            {
                json.WriteStartObject();
                json.WriteString("claim", row.Claim);
                json.WriteString("recorded", row.Recorded);
                json.WriteString("reproduced", row.Reproduced);
                json.WriteString("difference", row.Difference);
                json.WriteString("verdict", row.Word);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
