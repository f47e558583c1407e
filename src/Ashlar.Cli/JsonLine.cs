using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ashlar.Cli;

/// <summary>What <c>--json</c> prints: one line on standard output.</summary>
static class JsonLine
{
    static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Form))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    public static void Print(Action<Utf8JsonWriter> write) => Console.Out.WriteLine(Of(write));

    /// <summary>A number of a metric; NaN and infinities, which JSON has no form for, as texts.</summary>
    public static void WriteNumber(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else if (double.IsFinite(value.Value))
        {
            json.WriteNumber(name, value.Value);
        }
        else
        {
            json.WriteString(name, double.IsNaN(value.Value) ? "NaN" : value.Value > 0 ? "Infinity" : "-Infinity");
        }
    }

    /// <summary>A list of texts under a name.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
