namespace Ashlar.Lab.Configuration;

/// <summary>A configuration with where its values come from.</summary>
/// <typeparam name="T">Its type.</typeparam>
/// <param name="Value">Filled.</param>
/// <param name="File">Every value by name, defaults included.</param>
public sealed record Resolved<T>(T Value, ConfigFile File);
