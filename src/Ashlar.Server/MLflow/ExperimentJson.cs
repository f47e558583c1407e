using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ashlar.Server.MLflow;

/// <summary>The JSON of <c>experiments.json</c>.</summary>
[JsonSerializable(typeof(List<Experiment>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
sealed partial class ExperimentJson : JsonSerializerContext
{
    /// <summary>For people: no letter is escaped that need not be.</summary>
    public static ExperimentJson Readable { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
