using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;

namespace Ashlar.Lab.Configuration;

/// <summary>One filling of a record: takes given values, notes which were taken, gathers faults.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2067:UnrecognizedReflectionPattern", Justification = "Types of settings are kept whole by the caller's annotation; their nested types by their use.")]
[UnconditionalSuppressMessage("Trimming", "IL2072:UnrecognizedReflectionPattern", Justification = "As above.")]
sealed class ConfigFilling
{
    readonly Dictionary<string, (string Key, ConfigValue Value)> _given = new(StringComparer.Ordinal);
    readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    readonly List<string> _faults = [];
    readonly string _section;

    public ConfigFilling(ConfigFile given, string section)
    {
        _section = section;
        string prefix = section.Length == 0 ? "" : ConfigName.Plain(section) + '.';
        foreach ((string key, ConfigValue value) in given.Values)
        {
            string plain = ConfigName.Plain(key);
            if (plain.StartsWith(prefix, StringComparison.Ordinal))
            {
                _given[plain] = (key, value);
            }
        }
    }

    /// <summary>Gives the properties of an object their values. Of a record a copy is filled: its default may be shared.</summary>
    public object Fill(object target, Type type, string prefix)
    {
        bool owned = false;
        foreach (PropertyInfo property in ConfigReader.Properties(type))
        {
            string name = ConfigName.Join(prefix, ConfigName.Of(property.Name));
            if (!IsGiven(name))
            {
                continue;
            }

            if (!owned)
            {
                target = type.GetMethod("<Clone>$")?.Invoke(target, null) ?? target;
                owned = true;
            }

            try
            {
                property.SetValue(target, ValueOf(property.PropertyType, name, property.GetValue(target)));
            }
            catch (ConfigFault fault)
            {
                _faults.Add(fault.Message);
            }
            catch (TargetInvocationException e)
            {
                _faults.Add($"'{name}' is refused: {e.InnerException!.Message}");
            }
        }

        return target;
    }

    /// <summary>Throws if anything is wrong: faults, and names that nothing took.</summary>
    public void Finish(Type type, object filled)
    {
        string[] unknown = [.. _given.Where(pair => !_taken.Contains(pair.Key)).Select(pair => pair.Value.Key)];
        if (unknown.Length > 0)
        {
            string[] names = [.. Names(type, filled, _section, 0)];
            _faults.AddRange(unknown.Select(key =>
                $"unknown key '{key}' ({_given[ConfigName.Plain(key)].Value.Source}). {(NearestName.To(key, names) is { } nearest ? $"Did you mean '{nearest}'?" : $"{type.Name} has no settings.")}"));
        }

        if (_faults.Count > 0)
        {
            throw ConfigurationException.Of(_faults);
        }
    }

    /// <summary>Every value of a filled object with its source.</summary>
    public ConfigFile Resolve(object filled)
    {
        var values = new OrderedDictionary<string, ConfigValue>(StringComparer.Ordinal);
        Resolve(filled, _section, values, 0);
        return new ConfigFile(values);
    }

    void Resolve(object filled, string prefix, OrderedDictionary<string, ConfigValue> values, int depth)
    {
        foreach (PropertyInfo property in ConfigReader.Properties(filled.GetType()))
        {
            string name = ConfigName.Join(prefix, ConfigName.Of(property.Name));
            object? value = property.GetValue(filled);
            switch (value is null ? ConfigKind.Leaf : ConfigConversion.KindOf(property.PropertyType))
            {
                case ConfigKind.Nested when depth < ConfigConversion.MaxDepth:
                    Resolve(value!, name, values, depth + 1);
                    break;
                case ConfigKind.Map:
                    foreach (DictionaryEntry entry in ConfigConversion.Entries(value!))
                    {
                        string key = ConfigName.Join(name, (string)entry.Key);
                        values[key] = new ConfigValue(ConfigConversion.ToJson(entry.Value), SourceOf(key));
                    }

                    break;
                default:
                    values[name] = new ConfigValue(ConfigConversion.ToJson(value), SourceOf(name));
                    break;
            }
        }
    }

    object? ValueOf(Type type, string name, object? present)
    {
        switch (ConfigConversion.KindOf(type))
        {
            case ConfigKind.Nested:
                return NestedOf(type, name, present);
            case ConfigKind.Map:
                return MapOf(type, name);
            default:
                (string key, ConfigValue given) = Take(name) ?? throw new ConfigFault($"'{name}' has no settings of its own; {ConfigType.Wanted(type)} is wanted.");
                return ConfigConversion.FromJson(given.Value, type, key, given.Source);
        }
    }

    object? NestedOf(Type type, string name, object? present) => Take(name) switch
    {
        null => Fill(present ?? ConfigConversion.Create(type, name), Nullable.GetUnderlyingType(type) ?? type, name),
        { Value.Value.ValueKind: JsonValueKind.Null } => null,
        { Value.Value.ValueKind: JsonValueKind.Object } => present ?? ConfigConversion.Create(type, name),
        { Value: var value } => throw new ConfigFault($"'{name}' is {ConfigFile.KindOf(value.Value)} ({value.Source}) and has settings of its own: {string.Join(", ", Names(type, present, name, 0).Take(5))}."),
    };

    object? MapOf(Type type, string name)
    {
        if (Take(name) is { Value: var whole } && whole.Value.ValueKind != JsonValueKind.Object)
        {
            return whole.Value.ValueKind == JsonValueKind.Null ? null : throw new ConfigFault($"'{name}' is {ConfigFile.KindOf(whole.Value)} ({whole.Source}); names and values are wanted, such as {name}.key=value.");
        }

        string prefix = ConfigName.Plain(name) + '.';
        Type item = ConfigConversion.ItemOf(type);
        IDictionary map = ConfigConversion.CreateMap(item);
        foreach ((string plain, (string key, ConfigValue value)) in _given.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            _taken.Add(plain);
            map.Add(string.Join('.', key.Split('.').Skip(name.Split('.').Length)), ConfigConversion.FromJson(value.Value, item, key, value.Source));
        }

        return map;
    }

    static IEnumerable<string> Names(Type type, object? present, string prefix, int depth)
    {
        foreach (PropertyInfo property in ConfigReader.Properties(type))
        {
            string name = ConfigName.Join(prefix, ConfigName.Of(property.Name));
            if (ConfigConversion.KindOf(property.PropertyType) == ConfigKind.Nested && depth < ConfigConversion.MaxDepth)
            {
                foreach (string inner in Names(property.PropertyType, present is null ? null : property.GetValue(present), name, property.PropertyType == type ? ConfigConversion.MaxDepth : depth + 1))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return name;
            }
        }
    }

    (string Key, ConfigValue Value)? Take(string name)
    {
        string plain = ConfigName.Plain(name);
        _taken.Add(plain);
        return _given.TryGetValue(plain, out (string, ConfigValue) value) ? value : null;
    }

    bool IsGiven(string name)
    {
        string plain = ConfigName.Plain(name);
        return _given.ContainsKey(plain) || _given.Keys.Any(key => key.StartsWith(plain + '.', StringComparison.Ordinal));
    }

    string SourceOf(string name) => _given.TryGetValue(ConfigName.Plain(name), out (string Key, ConfigValue Value) given) ? given.Value.Source : ConfigFile.Default;
}
