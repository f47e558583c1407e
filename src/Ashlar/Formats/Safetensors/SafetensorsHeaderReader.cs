using System.Text;
using System.Text.Json;

namespace Ashlar;

/// <summary>Reads the header's JSON token by token; whatever the format does not allow at a place is an error there.</summary>
ref struct SafetensorsHeaderReader
{
    const string Damaged = "The file is damaged or its writer broke the format; write it again.";

    readonly string _file;
    readonly ReadOnlySpan<byte> _text;
    Utf8JsonReader _json;

    public SafetensorsHeaderReader(ReadOnlySpan<byte> json, string file)
    {
        _file = file;
        _text = json;
        _json = new Utf8JsonReader(json);
    }

    /// <summary>The next name of the object being read, or null at its end.</summary>
    public string? NextName()
    {
        Advance("'}' or a name with its ':'");
        return _json.TokenType == JsonTokenType.EndObject ? null : Text();
    }

    public void Next(JsonTokenType type, string expected)
    {
        Advance(expected);
        if (_json.TokenType != type)
        {
            throw Unexpected(expected);
        }
    }

    public void End()
    {
        try
        {
            // Behind the outermost '}' the JSON reader accepts white space only.
            _json.Read();
        }
        catch (JsonException e)
        {
            throw NotJson("nothing but spaces behind the header's '}'", e);
        }
    }

    public void ReadMetadata(Dictionary<string, string> metadata)
    {
        Next(JsonTokenType.StartObject, "'{', which begins the metadata");
        while (NextName() is { } key)
        {
            if (metadata.ContainsKey(key))
            {
                throw Error($"the metadata key '{key}' for the second time", "every key once", Damaged);
            }

            Next(JsonTokenType.String, $"text as the value of the metadata key '{key}'");
            metadata.Add(key, Text());
        }
    }

    public SafetensorsEntry ReadEntry(string name, long dataLength, long dataStart)
    {
        Next(JsonTokenType.StartObject, $"'{{', which begins the description of tensor '{name}'");
        DType? type = null;
        Shape? shape = null;
        (long Begin, long End)? offsets = null;
        long offsetsAt = 0;
        while (NextName() is { } field)
        {
            if (field switch { "dtype" => type.HasValue, "shape" => shape is not null, "data_offsets" => offsets.HasValue, _ => false })
            {
                throw Error($"the field '{field}' of tensor '{name}' for the second time", "every field once", Damaged);
            }

            switch (field)
            {
                case "dtype":
                    type = ReadDType(name);
                    break;
                case "shape":
                    shape = ReadShape(name);
                    break;
                case "data_offsets":
                    offsets = ReadOffsets(name, dataLength);
                    offsetsAt = 8 + _json.TokenStartIndex;
                    break;
                default:
                    throw Error($"the field '{field}' of tensor '{name}'", "dtype, shape and data_offsets only", Damaged);
            }
        }

        if (type is not { } dtype || shape is null || offsets is not { } range)
        {
            string missing = string.Join(" and ", ((string?[])[type is null ? "dtype" : null, shape is null ? "shape" : null, offsets is null ? "data_offsets" : null]).OfType<string>());
            throw Error($"tensor '{name}' without {missing}", "dtype, shape and data_offsets", Damaged);
        }

        long length = (long)dtype.ItemSize * shape.Size;
        return range.End - range.Begin == length
            ? new SafetensorsEntry(name, dtype, shape, dataStart + range.Begin, length)
            : throw new ParseException(_file, offsetsAt, $"data_offsets [{range.Begin}, {range.End}] of {range.End - range.Begin} bytes for tensor '{name}'", $"the {length} bytes of {dtype.Name} {shape}", Damaged);
    }

    public readonly ParseException Error(string found, string expected, string remedy, Exception? cause = null) =>
        new(_file, 8 + _json.TokenStartIndex, found, expected, remedy, cause);

    DType ReadDType(string name)
    {
        Next(JsonTokenType.String, $"text as the dtype of tensor '{name}'");
        string found = Text();
        return SafetensorsDType.Find(found)
            ?? throw Error($"the dtype '{found}' of tensor '{name}'", SafetensorsDType.Supported, "Convert the tensor to one of these before saving it.");
    }

    Shape ReadShape(string name)
    {
        string expected = $"an extent of tensor '{name}' from 0 to {int.MaxValue}";
        Next(JsonTokenType.StartArray, $"'[', which begins the shape of tensor '{name}'");
        var extents = new List<int>();
        long size = 1;
        for (Advance(expected); _json.TokenType != JsonTokenType.EndArray; Advance(expected))
        {
            long extent = Integer(expected, int.MaxValue);
            size *= extent;
            if (size > int.MaxValue)
            {
                throw Error($"a shape of tensor '{name}' with {size} elements or more", $"at most {int.MaxValue}", "Split the tensor.");
            }

            if (extents.Count == Shape.MaxRank)
            {
                throw Error($"a shape of tensor '{name}' with more than {Shape.MaxRank} extents", $"at most {Shape.MaxRank}", Damaged);
            }

            extents.Add((int)extent);
        }

        return new Shape(extents.ToArray());
    }

    (long Begin, long End) ReadOffsets(string name, long dataLength)
    {
        string expected = $"an offset of tensor '{name}' from 0 to {dataLength}, the bytes behind the header";
        Next(JsonTokenType.StartArray, $"'[', which begins the data_offsets of tensor '{name}'");
        Advance(expected);
        long begin = Integer(expected, dataLength);
        Advance(expected);
        long end = Integer(expected, dataLength);
        if (end < begin)
        {
            throw Error($"data_offsets [{begin}, {end}] of tensor '{name}'", "an end not before the begin", Damaged);
        }

        Next(JsonTokenType.EndArray, $"']' behind two data_offsets of tensor '{name}'");
        return (begin, end);
    }

    readonly long Integer(string expected, long maximum) =>
        _json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out long value) && value >= 0 && value <= maximum ? value : throw Unexpected(expected);

    void Advance(string expected)
    {
        try
        {
            if (!_json.Read())
            {
                throw new ParseException(_file, 8 + _text.Length, "the end of the header", expected, Damaged);
            }
        }
        catch (JsonException e)
        {
            throw NotJson(expected, e);
        }
    }

    readonly string Text()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw Error("half of a surrogate pair as an escape", "valid text", Damaged, e);
        }
    }

    readonly ParseException Unexpected(string expected) => Error(Quote(_json.TokenStartIndex), expected, Damaged);

    readonly ParseException NotJson(string expected, JsonException cause)
    {
        long at = Math.Min(_json.BytesConsumed, _text.Length);
        return new ParseException(_file, 8 + at, at == _text.Length ? "the end of the header" : $"{Quote(at)}, which is not JSON", expected, Damaged, cause);
    }

    readonly string Quote(long at)
    {
        ReadOnlySpan<byte> rest = _text[(int)at..];
        return $"'{Encoding.UTF8.GetString(rest[..Math.Min(24, rest.Length)])}'";
    }
}
