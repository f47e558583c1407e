using System.Text.Json;

namespace Ashlar.Lab.Configuration;

/// <summary>Names of settings: <c>LearningRate</c>, <c>learningRate</c>, <c>learning-rate</c> and <c>learning_rate</c> are one.</summary>
static class ConfigName
{
    /// <summary>Equal for names that mean the same.</summary>
    public static string Plain(string name) => string.Concat(name.Where(letter => letter is not ('-' or '_'))).ToLowerInvariant();

    /// <summary>How a property is written in files.</summary>
    public static string Of(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    public static string Join(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}.{name}";
}
