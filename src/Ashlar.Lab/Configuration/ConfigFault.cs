namespace Ashlar.Lab.Configuration;

/// <summary>One thing that is wrong, gathered with others into a <see cref="ConfigurationException"/>.</summary>
sealed class ConfigFault(string message) : Exception(message);
