namespace Ashlar.Lab.Configuration;

/// <summary>Given values do not make a configuration. The message lists everything that is wrong, each with key, text and what is wanted.</summary>
/// <param name="message">The whole text.</param>
public sealed class ConfigurationException(string message) : Exception(message)
{
    internal static ConfigurationException Of(IReadOnlyList<string> faults) =>
        new(faults.Count == 1 ? $"configuration: {faults[0]}" : $"configuration: {faults.Count} faults:\n{string.Join('\n', faults.Select(fault => $"  {fault}"))}");
}
