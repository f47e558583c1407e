using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ashlar.Lab.Bundles;

/// <summary>The JSON of a manifest.</summary>
[JsonSerializable(typeof(BundleManifest))]
sealed partial class BundleJson : JsonSerializerContext
{
    public static BundleJson Manifest { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });
}
