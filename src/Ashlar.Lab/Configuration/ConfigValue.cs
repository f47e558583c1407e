using System.Text.Json;

namespace Ashlar.Lab.Configuration;

/// <summary>One value of a resolved configuration.</summary>
/// <param name="Value">As JSON.</param>
/// <param name="Source">Where it comes from: <c>default</c>, <c>file</c> or <c>command line</c>.</param>
public readonly record struct ConfigValue(JsonElement Value, string Source);
