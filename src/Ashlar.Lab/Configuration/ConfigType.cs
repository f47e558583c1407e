using System.Globalization;

namespace Ashlar.Lab.Configuration;

/// <summary>Types of single settings: from text and back, in the invariant culture.</summary>
static class ConfigType
{
    static readonly (string Unit, double Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("us", TimeSpan.TicksPerMicrosecond), ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour), ("d", TimeSpan.TicksPerDay),
    ];

    static readonly Dictionary<Type, Func<string, object?>> Parsers = new()
    {
        [typeof(string)] = text => text,
        [typeof(char)] = text => text.Length == 1 ? text[0] : null,
        [typeof(bool)] = text => bool.TryParse(text, out bool value) ? value : null,
        [typeof(byte)] = text => Whole(text) is { } value and >= byte.MinValue and <= byte.MaxValue ? (byte)value : null,
        [typeof(sbyte)] = text => Whole(text) is { } value and >= sbyte.MinValue and <= sbyte.MaxValue ? (sbyte)value : null,
        [typeof(short)] = text => Whole(text) is { } value and >= short.MinValue and <= short.MaxValue ? (short)value : null,
        [typeof(ushort)] = text => Whole(text) is { } value and >= ushort.MinValue and <= ushort.MaxValue ? (ushort)value : null,
        [typeof(int)] = text => Whole(text) is { } value and >= int.MinValue and <= int.MaxValue ? (int)value : null,
        [typeof(uint)] = text => Whole(text) is { } value and >= uint.MinValue and <= uint.MaxValue ? (uint)value : null,
        [typeof(long)] = text => Whole(text) is { } value and >= long.MinValue and <= long.MaxValue ? (long)value : null,
        [typeof(ulong)] = text => Whole(text) is { } value and >= ulong.MinValue and <= ulong.MaxValue ? (ulong)value : null,
        [typeof(decimal)] = text => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value : null,
        [typeof(Half)] = text => Half.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out Half value) && IsMeant(text, Half.IsFinite(value)) ? value : null,
        [typeof(float)] = text => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && IsMeant(text, float.IsFinite(value)) ? value : null,
        [typeof(double)] = text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && IsMeant(text, double.IsFinite(value)) ? value : null,
        [typeof(TimeSpan)] = text => Time(text),
    };

    public static bool IsKnown(Type type) => Parsers.ContainsKey(type);

    /// <summary>The value, or null if the text is none.</summary>
    public static object? Parse(string text, Type type) => !type.IsEnum ? Parsers[type](text)
        : Enum.GetNames(type).FirstOrDefault(name => ConfigName.Plain(name) == ConfigName.Plain(text)) is { } known ? Enum.Parse(type, known) : null;

    public static string Format(object value) => value switch
    {
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        Enum => ConfigName.Of(value.ToString()!),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>What a type takes, with an example.</summary>
    public static string Wanted(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        string wanted = bare switch
        {
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(bare).Select(ConfigName.Of))}",
            _ when bare == typeof(bool) => "true or false",
            _ when bare == typeof(TimeSpan) => "a time such as 00:10:00, 90s, 1.5h",
            _ when bare == typeof(char) => "one character",
            _ when bare == typeof(float) || bare == typeof(double) || bare == typeof(Half) || bare == typeof(decimal) => $"a number ({Word(bare)}) such as 0.001",
            _ when IsKnown(bare) => $"an integer ({Word(bare)}) such as 3",
            _ => $"{bare.Name}",
        };
        return bare == type ? wanted : $"{wanted}, or null,";
    }

    static string Word(Type type) => type.Name switch
    {
        "Int32" => "int",
        "Int64" => "long",
        "Int16" => "short",
        "Single" => "float",
        string name => name.ToLowerInvariant(),
    };

    // 1e3 and 60_000 are whole numbers too.
    static decimal? Whole(string text) =>
        decimal.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out decimal value) && decimal.IsInteger(value) ? value : null;

    // A number too large for its type reads as infinity, which nobody wrote.
    static bool IsMeant(string text, bool isFinite) => isFinite || !text.Any(char.IsAsciiDigit);

    static TimeSpan? Time(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time))
        {
            return time;
        }

        foreach ((string unit, double ticks) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase) && double.TryParse(text[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            {
                double all = number * ticks;
                return Math.Abs(all) < long.MaxValue ? TimeSpan.FromTicks((long)Math.Round(all)) : null;
            }
        }

        return null;
    }
}
