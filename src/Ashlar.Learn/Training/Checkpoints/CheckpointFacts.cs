namespace Ashlar.Training;

/// <summary>Compares the facts of a checkpoint with those of the training that shall take it.</summary>
static class CheckpointFacts
{
    const int Before = 20;
    const int Shown = 60;

    /// <param name="wanted">Of the training.</param>
    /// <param name="given">Of the file.</param>
    public static IEnumerable<string> Differences(IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> given)
    {
        foreach ((string name, string value) in wanted)
        {
            if (!given.TryGetValue(name, out string? saved))
            {
                yield return $"no {name}, here {Part(OneLine(value), 0)}";
            }
            else if (saved != value)
            {
                (string there, string here) = (OneLine(saved), OneLine(value));
                int first = there.AsSpan().CommonPrefixLength(here);
                yield return $"{name} {Part(there, first)}, here {Part(here, first)}";
            }
        }

        foreach ((string name, string saved) in given.Where(pair => !wanted.ContainsKey(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            yield return $"{name} {Part(OneLine(saved), 0)}, here none";
        }
    }

    static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // Long texts, such as a model's, are shown from shortly before the first difference on.
    static string Part(string text, int first)
    {
        int begin = text.Length <= Shown ? 0 : Math.Max(0, first - Before);
        int end = Math.Min(text.Length, begin + Shown);
        return $"'{(begin > 0 ? "…" : "")}{text[begin..end]}{(end < text.Length ? "…" : "")}'";
    }
}
