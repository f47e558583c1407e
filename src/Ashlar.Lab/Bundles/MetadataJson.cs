using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ashlar.Lab.Bundles;

/// <summary>Linked data as text.</summary>
static class MetadataJson
{
    public static string Text(JsonObject root)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            root.WriteTo(json);
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    public static JsonObject Reference(string id) => new() { ["@id"] = id };

    public static JsonArray Array(IEnumerable<JsonNode> nodes) => [.. nodes];
}
