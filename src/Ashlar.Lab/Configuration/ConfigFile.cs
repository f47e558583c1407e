namespace Ashlar.Lab.Configuration;

/// <summary>What <c>config.json</c> holds: a resolved configuration.</summary>
/// <param name="Values">By name, nested ones with dots.</param>
public sealed record ConfigFile(IReadOnlyDictionary<string, ConfigValue> Values)
{
    /// <summary>Without a value.</summary>
    public static ConfigFile Empty { get; } = new(new Dictionary<string, ConfigValue>());
}
