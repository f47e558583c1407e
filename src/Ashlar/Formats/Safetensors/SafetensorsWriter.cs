using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ashlar;

/// <summary>Writes named tensors as a safetensors file. Equal tensors and metadata give equal bytes.</summary>
/// <remarks>
/// Layout: the header's length (uint64 little-endian), the header (JSON, padded with spaces to a multiple of 8), the elements of all tensors
/// without gaps. Metadata and tensors stand in ordinal order of their names (by UTF-16 code units). Every NaN is written as the canonical quiet one:
/// 0x7FC00000 (float32), 0x7FF8000000000000 (float64).
/// </remarks>
public static class SafetensorsWriter
{
    /// <summary>Saves a file so that a process killed on the way leaves the previous file intact (see <see cref="AtomicFile"/>).</summary>
    /// <param name="path">Where the file shall appear. Its folder must exist.</param>
    /// <param name="tensors">Any order; every name once.</param>
    /// <param name="metadata">Text to keep with them, or null.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or the header exceeds 100 000 000 bytes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata));

    /// <summary>Writes the bytes of a file to a stream.</summary>
    /// <param name="stream">Takes the bytes; stays open.</param>
    /// <param name="tensors">Any order; every name once.</param>
    /// <param name="metadata">Text to keep with them, or null.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or the header exceeds 100 000 000 bytes.</exception>
    public static void Write(Stream stream, IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        SafetensorsTensor[] sorted = SafetensorsTensor.Sort(tensors);
        ReadOnlySpan<byte> header = Header(sorted, metadata ?? new Dictionary<string, string>());
        int padding = -header.Length & 7;
        if (header.Length + padding > SafetensorsHeader.MaxBytes)
        {
            throw new ArgumentException($"safetensors: the header of {sorted.Length} tensors takes {header.Length} bytes, more than the {SafetensorsHeader.MaxBytes} that readers accept. Split the file or shorten the metadata.");
        }

        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length + padding);
        stream.Write(length);
        stream.Write(header);
        stream.Write("       "u8[..padding]);
        foreach (SafetensorsTensor tensor in sorted)
        {
            CanonicalBytes.Write(tensor, stream.Write);
        }
    }

    static ReadOnlySpan<byte> Header(SafetensorsTensor[] sorted, IReadOnlyDictionary<string, string> metadata)
    {
        var text = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        if (metadata.Count > 0)
        {
            json.WriteStartObject(SafetensorsHeader.MetadataName);
            foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        long begin = 0;
        foreach (SafetensorsTensor tensor in sorted)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", SafetensorsDType.NameOf(tensor.DType));
            json.WriteStartArray("shape");
            foreach (int extent in tensor.Shape)
            {
                json.WriteNumberValue(extent);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(begin);
            json.WriteNumberValue(begin += tensor.Data.Length);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return text.WrittenSpan;
    }
}
