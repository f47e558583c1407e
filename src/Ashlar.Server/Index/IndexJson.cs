using System.Text.Json.Serialization;

namespace Ashlar.Server.Index;

/// <summary>Single values as JSON.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(bool))]
sealed partial class IndexJson : JsonSerializerContext
{
}
