using System.Text.RegularExpressions;

namespace Ashlar.House.Tests.Documents;

/// <summary>The table of docs/glossary.md: one word for each thing, and the words that are not used for it.</summary>
/// <param name="Forbidden">From a forbidden word, in the writing of a type name, to the word to use.</param>
sealed partial record Glossary(IReadOnlyDictionary<string, string> Forbidden)
{
    /// <summary>Rows of the form | word | meaning | not, these |.</summary>
    public static Glossary Parse(string text)
        => new(Row().Matches(text)
            .Where(row => row.Groups["not"].Value.Contains('`', StringComparison.Ordinal))
            .SelectMany(row => Quoted().Matches(row.Groups["not"].Value).Select(word => (Not: word.Groups[1].Value, Use: row.Groups["word"].Value.Trim())))
            .ToDictionary(pair => pair.Not, pair => pair.Use));

    /// <summary>What to say instead of a name that uses a forbidden word, or null.</summary>
    /// <param name="name">A type, member or parameter.</param>
    public string? Instead(string name)
    {
        string[] words = [.. Word().Matches(name).Select(word => char.ToUpperInvariant(word.Value[0]) + word.Value[1..])];
        for (int length = 1; length <= 2; length++)
        {
            for (int at = 0; at + length <= words.Length; at++)
            {
                if (Forbidden.TryGetValue(string.Concat(words[at..(at + length)]), out string? use))
                {
                    return $"{name}: say {use}";
                }
            }
        }

        return null;
    }

    [GeneratedRegex(@"^\|(?<word>[^|]+)\|[^|]+\|(?<not>[^|]+)\|\s*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Word();
}
