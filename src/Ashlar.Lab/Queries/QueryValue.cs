using System.Globalization;
using System.Text.Json;

namespace Ashlar.Lab.Queries;

/// <summary>A value in a filter, or that a run has for a field: missing, number, text, truth or time.</summary>
public abstract record QueryValue
{
    QueryValue()
    {
    }

    /// <summary>The run has no such tag, parameter or metric.</summary>
    public static QueryValue None { get; } = new Missing();

    /// <summary>A value of the configuration. Lists and objects are their text in JSON.</summary>
    /// <param name="value">Any JSON value; null is missing.</param>
    public static QueryValue From(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => None,
        JsonValueKind.Number => new Number(value.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => new Truth(value.GetBoolean()),
        JsonValueKind.String => new Text(value.GetString()!),
        _ => new Text(value.GetRawText()),
    };

    /// <summary>A text, or missing for null.</summary>
    public static QueryValue From(string? value) => value is null ? None : new Text(value);

    /// <summary>The value as a number: of a number itself, of a text that writes one; else null.</summary>
    public double? AsNumber() => this switch
    {
        Number number => number.Value,
        Text text when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => null,
    };

    /// <summary>The value as a text: numbers in their shortest exact form, <c>true</c>, <c>false</c>, times in UTC with milliseconds; null when missing.</summary>
    public string? AsText() => this switch
    {
        Text text => text.Value,
        Number number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        Truth truth => truth.Value ? "true" : "false",
        Time time => time.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>As it is written in a filter.</summary>
    public sealed override string ToString() => this switch
    {
        Text or Time => $"'{AsText()!.Replace("'", "''", StringComparison.Ordinal)}'",
        Number { Value: double.NaN } => "nan",
        Number { Value: double.PositiveInfinity } => "inf",
        Number { Value: double.NegativeInfinity } => "-inf",
        _ => AsText() ?? "missing",
    };

    /// <summary>There is none.</summary>
    public sealed record Missing : QueryValue
    {
    }

    /// <summary>A number, NaN and infinities included.</summary>
    public sealed record Number(double Value) : QueryValue
    {
    }

    /// <summary>A text.</summary>
    public sealed record Text(string Value) : QueryValue
    {
    }

    /// <summary>True or false.</summary>
    public sealed record Truth(bool Value) : QueryValue
    {
    }

    /// <summary>A time.</summary>
    public sealed record Time(DateTimeOffset Value) : QueryValue
    {
    }
}
