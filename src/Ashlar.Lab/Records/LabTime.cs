using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ashlar.Lab;

/// <summary>Times in files: ISO 8601, UTC, milliseconds.</summary>
sealed class LabTime : JsonConverter<DateTimeOffset>
{
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));
}
