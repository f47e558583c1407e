using System.Text.Json.Serialization;

namespace Ashlar.Server.Api;

/// <summary>Single values as JSON text.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(double))]
sealed partial class PlainJson : JsonSerializerContext
{
}
