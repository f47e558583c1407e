using System.Text.Json;
using System.Text.Unicode;

namespace Ashlar;

/// <summary>The checked header of a safetensors file: what it holds and where.</summary>
sealed class SafetensorsHeader
{
    public const string MetadataName = "__metadata__";

    /// <summary>The limit of the format's first implementation, against headers made to exhaust memory.</summary>
    public const int MaxBytes = 100_000_000;

    const string Damaged = "The file is damaged or its writer broke the format; write it again.";

    SafetensorsHeader(List<SafetensorsEntry> entries, Dictionary<string, string> metadata)
    {
        Entries = entries;
        Metadata = metadata;
    }

    /// <summary>In ordinal order of the names; the offsets count from the start of the file.</summary>
    public List<SafetensorsEntry> Entries { get; }

    public Dictionary<string, string> Metadata { get; }

    /// <param name="json">The header's bytes, which begin at byte 8 of the file.</param>
    /// <param name="dataLength">Bytes of the file behind the header.</param>
    /// <param name="file">The name for messages.</param>
    /// <exception cref="ParseException">The header breaks the format.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength, string file)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            string found = json.IsEmpty ? "an empty header" : $"the byte 0x{json[0]:X2}";
            throw new ParseException(file, 8, found, "'{', which begins the header", "Check that it is a safetensors file.");
        }

        if (!Utf8.IsValid(json))
        {
            throw new ParseException(file, 8 + FirstInvalid(json), "bytes that are not UTF-8", "the header's text", Damaged);
        }

        var reader = new SafetensorsHeaderReader(json, file);
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        reader.Next(JsonTokenType.StartObject, "'{', which begins the header");
        while (reader.NextName() is { } name)
        {
            if (!names.Add(name))
            {
                throw reader.Error($"'{name}' for the second time", "every name once", Damaged);
            }

            if (name == MetadataName)
            {
                reader.ReadMetadata(metadata);
            }
            else
            {
                entries.Add(reader.ReadEntry(name, dataLength, 8L + json.Length));
            }
        }

        reader.End();
        CheckCover(entries, 8L + json.Length, dataLength, file);
        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new SafetensorsHeader(entries, metadata);
    }

    /// <summary>The tensors must fill the data without overlap, gap or rest, so that no byte has two meanings or none.</summary>
    static void CheckCover(List<SafetensorsEntry> entries, long dataStart, long dataLength, string file)
    {
        entries.Sort((a, b) => (a.Offset, a.Length).CompareTo((b.Offset, b.Length)));
        long end = dataStart;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Offset != end)
            {
                string found = entry.Offset < end
                    ? $"tensor '{entry.Name}' overlapping the one before it by {end - entry.Offset} bytes"
                    : $"a gap of {entry.Offset - end} bytes before tensor '{entry.Name}'";
                throw new ParseException(file, Math.Min(entry.Offset, end), found, "tensors that follow each other without gap or overlap", Damaged);
            }

            end += entry.Length;
        }

        if (end != dataStart + dataLength)
        {
            throw new ParseException(file, end, $"{dataStart + dataLength - end} bytes behind the last tensor", "the end of the file", Damaged);
        }
    }

    static long FirstInvalid(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (System.Text.Rune.DecodeFromUtf8(text[at..], out _, out int consumed) == System.Buffers.OperationStatus.Done)
        {
            at += consumed;
        }

        return at;
    }
}
