using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ashlar.Lab.Configuration;

/// <summary>What <c>config.json</c> holds: values by name with their sources, given or resolved.</summary>
/// <param name="Values">By name, nested ones with dots.</param>
public sealed record ConfigFile(IReadOnlyDictionary<string, ConfigValue> Values)
{
    /// <summary>The source of values that nobody gave.</summary>
    public const string Default = "default";

    /// <summary>The source of values from a file.</summary>
    public const string File = "file";

    /// <summary>The source of values from the command line.</summary>
    public const string CommandLine = "command line";

    /// <summary>Without a value.</summary>
    public static ConfigFile Empty { get; } = new(new Dictionary<string, ConfigValue>());

    /// <summary>The values of a JSON object; objects in it are taken apart into names with dots.</summary>
    /// <param name="json">Such as <c>{"model": {"width": 64}, "lr": 1e-3}</c>; comments and trailing commas may stand in it.</param>
    /// <param name="name">What the text is, for messages: the file's name.</param>
    /// <param name="source">Their source.</param>
    /// <exception cref="ConfigurationException">The text is no JSON object, or names a value twice.</exception>
    public static ConfigFile FromJson(string json, string name, string source = File)
    {
        var values = new OrderedDictionary<string, ConfigValue>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ConfigurationException($"configuration: {name} holds {KindOf(document.RootElement)}; an object of names and values is wanted, such as {{\"lr\": 0.001}}.");
            }

            Flatten(document.RootElement, "", (key, value) =>
            {
                if (!names.TryAdd(ConfigName.Plain(key), key))
                {
                    throw new ConfigurationException($"configuration: {name} gives '{key}' twice, also as '{names[ConfigName.Plain(key)]}'. Remove one.");
                }

                values[key] = new ConfigValue(value.Clone(), source);
            });
        }
        catch (JsonException e)
        {
            throw new ConfigurationException($"configuration: {name} is no JSON: {e.Message}");
        }

        return new ConfigFile(values);
    }

    /// <summary>Reads a file of this form, such as <c>config.json</c>: <c>{"values": {"lr": {"value": 0.001, "source": "file"}}}</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConfigurationException">The file cannot be read or has another form.</exception>
    public static ConfigFile Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllBytes(path));
            var values = new OrderedDictionary<string, ConfigValue>(StringComparer.Ordinal);
            foreach (JsonProperty property in document.RootElement.GetProperty("values").EnumerateObject())
            {
                values[property.Name] = new ConfigValue(property.Value.GetProperty("value").Clone(), property.Value.GetProperty("source").GetString() ?? File);
            }

            return new ConfigFile(values);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"configuration: {path} cannot be read as a file of values with sources: {e.Message}");
        }
    }

    /// <summary>The values of arguments <c>key=value</c>; of a key that is given twice the last. A value that reads as JSON is that, any other is text.</summary>
    /// <param name="arguments">Such as <c>lr=1e-3</c>, <c>model.width=64</c>, <c>sizes=[1,2]</c>, <c>name=first try</c>.</param>
    /// <exception cref="ConfigurationException">An argument has no <c>=</c>, or nothing before it.</exception>
    public static ConfigFile FromArguments(IEnumerable<string> arguments)
    {
        ConfigFile all = Empty;
        foreach (string argument in arguments)
        {
            int at = argument.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw new ConfigurationException($"configuration: '{argument}' is no setting. Write key=value, such as lr=0.001.");
            }

            var values = new OrderedDictionary<string, ConfigValue>(StringComparer.Ordinal);
            Flatten(Element(argument[(at + 1)..]), argument[..at], (key, value) => values[key] = new ConfigValue(value, CommandLine));
            all = all.With(new ConfigFile(values));
        }

        return all;
    }

    /// <summary>These values and others; where both have a name, in whatever casing, the other's.</summary>
    /// <param name="later">The others.</param>
    public ConfigFile With(ConfigFile later)
    {
        HashSet<string> replaced = [.. later.Values.Keys.Select(ConfigName.Plain)];
        var values = new OrderedDictionary<string, ConfigValue>(StringComparer.Ordinal);
        foreach ((string key, ConfigValue value) in Values.Where(pair => !replaced.Contains(ConfigName.Plain(pair.Key))).Concat(later.Values))
        {
            values[key] = value;
        }

        return new ConfigFile(values);
    }

    /// <summary>The values as one JSON object, nested at the dots: what <see cref="FromJson"/> reads.</summary>
    public string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            WriteObject(json, [.. Values.Select(pair => (pair.Key.Split('.'), pair.Value.Value))], 0);
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    internal static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    static void WriteObject(Utf8JsonWriter json, IReadOnlyList<(string[] Parts, JsonElement Value)> values, int depth)
    {
        json.WriteStartObject();
        foreach (IGrouping<string, (string[] Parts, JsonElement Value)> group in values.GroupBy(value => value.Parts[depth]))
        {
            json.WritePropertyName(group.Key);
            if (group.First().Parts.Length == depth + 1)
            {
                group.First().Value.WriteTo(json);
            }
            else
            {
                WriteObject(json, [.. group.Where(value => value.Parts.Length > depth + 1)], depth + 1);
            }
        }

        json.WriteEndObject();
    }

    static void Flatten(JsonElement value, string name, Action<string, JsonElement> take)
    {
        if (value.ValueKind != JsonValueKind.Object || (name.Length > 0 && !value.EnumerateObject().Any()))
        {
            take(name, value);
            return;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            Flatten(property.Value, name.Length == 0 ? property.Name : $"{name}.{property.Name}", take);
        }
    }

    static JsonElement Element(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return ConfigConversion.Text(text);
        }
    }
}
