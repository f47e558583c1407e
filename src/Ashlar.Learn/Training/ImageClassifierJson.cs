using System.Text.Json.Serialization;

namespace Ashlar.Training;

/// <summary>Reading and writing without reflection, as ahead-of-time compilation wants it.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(string[]))]
sealed partial class ImageClassifierJson : JsonSerializerContext;
