using System.Globalization;
using System.Text.Json;

namespace Ashlar.Training;

/// <summary>The text that a model file keeps, which may come from anywhere.</summary>
/// <param name="values">Metadata of the file.</param>
/// <param name="file">The name for messages.</param>
sealed class ModelMetadata(IReadOnlyDictionary<string, string> values, string file)
{
    const string Remedy = "Take a file as `ashlar train` wrote it.";

    /// <summary>The value of a key.</summary>
    /// <exception cref="ParseException">It is missing.</exception>
    public string this[string key] => values.TryGetValue(key, out string? value) ? value : throw new ParseException(file, -1, $"no '{key}' in the metadata", "the metadata of an image classifier", Remedy);

    /// <summary>Whether a key has a value.</summary>
    public bool Has(string key) => values.ContainsKey(key);

    /// <exception cref="ParseException">The key has another value.</exception>
    public void Expect(string key, string wanted)
    {
        if (this[key] != wanted)
        {
            throw new ParseException(file, -1, $"the {key} '{this[key]}'", $"'{wanted}'", "Use the version of Ashlar that wrote the file.");
        }
    }

    /// <summary>Whole numbers between spaces.</summary>
    /// <exception cref="ParseException">They are not as many, or one lies outside <paramref name="least"/> to 65 536.</exception>
    public int[] Numbers(string key, int count, int least)
    {
        string[] parts = this[key].Split(' ');
        var numbers = new int[parts.Length];
        bool valid = parts.Length == count;
        for (int i = 0; i < parts.Length; i++)
        {
            valid &= int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) && numbers[i] >= least && numbers[i] <= 65536;
        }

        return valid ? numbers : throw new ParseException(file, -1, $"the {key} '{this[key]}'", $"{count} numbers from {least} to 65536", Remedy);
    }

    /// <summary>A JSON array of texts, at least one.</summary>
    /// <exception cref="ParseException">It is none.</exception>
    public string[] Names(string key)
    {
        try
        {
            string[]? names = JsonSerializer.Deserialize(this[key], ImageClassifierJson.Default.StringArray);
            return names is { Length: > 0 } && Array.TrueForAll(names, name => name is not null) ? names : throw Wrong(key, null);
        }
        catch (JsonException e)
        {
            throw Wrong(key, e);
        }
    }

    ParseException Wrong(string key, Exception? cause) => new(file, -1, $"the {key} '{this[key]}'", "a JSON array of names", Remedy, cause);
}
