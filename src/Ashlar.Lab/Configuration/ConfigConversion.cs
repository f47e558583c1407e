using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ashlar.Lab.Configuration;

/// <summary>Values of settings from JSON and back.</summary>
[UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Lists and dictionaries of the types that a record of settings has; the runtime shares their code.")]
[UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Types of settings are kept whole by the caller's annotation.")]
[UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "As above.")]
static class ConfigConversion
{
    /// <summary>Objects within objects.</summary>
    public const int MaxDepth = 16;

    static readonly Type[] Lists = [typeof(List<>), typeof(IList<>), typeof(IReadOnlyList<>), typeof(IEnumerable<>), typeof(ICollection<>), typeof(IReadOnlyCollection<>), typeof(ImmutableArray<>)];

    static readonly Type[] Maps = [typeof(Dictionary<,>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)];

    public static ConfigKind KindOf(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return IsLeaf(bare) ? ConfigKind.Leaf
            : type.IsArray ? (type.GetArrayRank() == 1 && KindOf(ItemOf(type)) != ConfigKind.None ? ConfigKind.List : ConfigKind.None)
            : IsOne(type, Lists) ? (KindOf(ItemOf(type)) != ConfigKind.None ? ConfigKind.List : ConfigKind.None)
            : IsOne(type, Maps) ? (type.GetGenericArguments()[0] == typeof(string) && KindOf(ItemOf(type)) is ConfigKind.Leaf or ConfigKind.List ? ConfigKind.Map : ConfigKind.None)
            : IsNested(bare) ? ConfigKind.Nested : ConfigKind.None;
    }

    /// <summary>What a list or dictionary holds.</summary>
    public static Type ItemOf(Type type) => type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[^1];

    /// <summary>A new nested object: by a constructor that takes nothing, or by one whose parameters all have defaults.</summary>
    public static object Create(Type type, string name)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsValueType || bare.GetConstructor(Type.EmptyTypes) is not null)
        {
            return Activator.CreateInstance(bare)!;
        }

        ConstructorInfo? constructor = bare.GetConstructors().FirstOrDefault(candidate => candidate.GetParameters().All(parameter => parameter.HasDefaultValue));
        return constructor?.Invoke([.. constructor.GetParameters().Select(parameter => parameter.DefaultValue)])
            ?? throw new ConfigFault($"'{name}' cannot be made: no constructor of {bare.Name} takes nothing. Give its parameters defaults.");
    }

    public static IDictionary CreateMap(Type item) => (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), item))!;

    public static IEnumerable<DictionaryEntry> Entries(object map)
    {
        foreach (object pair in (IEnumerable)map)
        {
            Type type = pair.GetType();
            yield return new DictionaryEntry(type.GetProperty("Key")!.GetValue(pair)!, type.GetProperty("Value")!.GetValue(pair));
        }
    }

    /// <param name="value">Given.</param>
    /// <param name="type">Wanted.</param>
    /// <param name="where">The key, for messages.</param>
    /// <param name="source">Where the value comes from, for messages.</param>
    public static object? FromJson(JsonElement value, Type type, string where, string source)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (value.ValueKind == JsonValueKind.Null)
        {
            return bare != type || !type.IsValueType ? null : throw Wrong();
        }

        return KindOf(type) switch
        {
            ConfigKind.Leaf => Leaf(value, bare) ?? throw Wrong(),
            ConfigKind.List => ListOf(value, type, where, source),
            ConfigKind.Nested when value.ValueKind == JsonValueKind.Object => Nested(value, type, where, source),
            _ => throw Wrong(),
        };

        ConfigFault Wrong() => new($"'{where}' is '{(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText())}' ({source}); {ConfigType.Wanted(type)} is wanted.");
    }

    public static JsonElement Text(string text) => Written(json => json.WriteStringValue(text));

    public static JsonElement ToJson(object? value) => Written(json => Write(json, value));

    static object Nested(JsonElement value, Type type, string where, string source)
    {
        try
        {
            var filling = new ConfigFilling(ConfigFile.FromJson(value.GetRawText(), where, source), "");
            object filled = filling.Fill(Create(type, where), Nullable.GetUnderlyingType(type) ?? type, "");
            filling.Finish(type, filled);
            return filled;
        }
        catch (ConfigurationException e)
        {
            throw new ConfigFault($"in '{where}': {e.Message["configuration: ".Length..]}");
        }
    }

    // On a command line 1,2,3 is an array too, and one value is an array of one.
    static object ListOf(JsonElement value, Type type, string where, string source)
    {
        JsonElement[] items = value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray()],
            JsonValueKind.String when value.GetString()!.Contains(',', StringComparison.Ordinal) => [.. value.GetString()!.Split(',', StringSplitOptions.TrimEntries).Select(Text)],
            JsonValueKind.String when value.GetString()!.Length == 0 => [],
            _ => [value],
        };
        Type item = ItemOf(type);
        var array = Array.CreateInstance(item, items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            array.SetValue(FromJson(items[i], item, $"{where}[{i.ToString(CultureInfo.InvariantCulture)}]", source), i);
        }

        return type.IsArray || type.IsInterface ? array
            : type.GetGenericTypeDefinition() == typeof(List<>) ? Activator.CreateInstance(type, array)!
            : typeof(ImmutableArray).GetMethods().Single(method => method.Name == "Create" && method.GetParameters() is [{ ParameterType.IsArray: true }]).MakeGenericMethod(item).Invoke(null, [array])!;
    }

    static object? Leaf(JsonElement value, Type type)
    {
        string? text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        return text is null ? null : ConfigType.Parse(text, type);
    }

    static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }

        using JsonDocument document = JsonDocument.Parse(bytes.ToArray());
        return document.RootElement.Clone();
    }

    static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case Enum or TimeSpan or char:
                json.WriteStringValue(ConfigType.Format(value));
                break;
            case IFormattable number when IsLeaf(number.GetType()):
                WriteNumber(json, ConfigType.Format(number));
                break;
            case IDictionary map:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    json.WritePropertyName((string)entry.Key);
                    Write(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (object? item in items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStartObject();
                foreach (PropertyInfo property in ConfigReader.Properties(value.GetType()))
                {
                    json.WritePropertyName(ConfigName.Of(property.Name));
                    Write(json, property.GetValue(value));
                }

                json.WriteEndObject();
                break;
        }
    }

    // NaN and infinity are no JSON numbers.
    static void WriteNumber(Utf8JsonWriter json, string text)
    {
        if (text.Any(char.IsAsciiDigit))
        {
            json.WriteRawValue(text);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }

    static bool IsLeaf(Type type) => type.IsEnum || ConfigType.IsKnown(type);

    static bool IsOne(Type type, Type[] shapes) => type.IsGenericType && shapes.Contains(type.GetGenericTypeDefinition());

    static bool IsNested(Type type) =>
        !type.IsAbstract && !type.IsInterface && !type.IsPrimitive && !typeof(Delegate).IsAssignableFrom(type) && !typeof(IEnumerable).IsAssignableFrom(type)
        && type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true && type.Namespace != "Ashlar";
}
