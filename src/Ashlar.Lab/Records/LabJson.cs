using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ashlar.Lab.Configuration;

namespace Ashlar.Lab;

/// <summary>The JSON of a run's files. Generated when building: programs that run from one file have no reflection for it.</summary>
[JsonSerializable(typeof(RunFile))]
[JsonSerializable(typeof(ConfigFile))]
[JsonSerializable(typeof(HostRecord))]
[JsonSerializable(typeof(CodeRecord))]
[JsonSerializable(typeof(DataRecord))]
[JsonSerializable(typeof(ArtifactRecord))]
[JsonSerializable(typeof(ChainLink))]
[JsonSerializable(typeof(ReproductionRequest))]
sealed partial class LabJson : JsonSerializerContext
{
    /// <summary>For whole files.</summary>
    public static LabJson Files { get; } = new(Form(indented: true));

    /// <summary>For files of a value a line.</summary>
    public static LabJson Lines { get; } = new(Form(indented: false));

    // Readable by people as they are: no letter is escaped that need not be. A file that lacks something is refused, not filled with nothing.
    static JsonSerializerOptions Form(bool indented) => new()
    {
        WriteIndented = indented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new LabTime(), new JsonStringEnumConverter<RunState>(JsonNamingPolicy.CamelCase) },
    };
}
