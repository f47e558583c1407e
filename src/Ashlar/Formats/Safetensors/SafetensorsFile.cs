using System.Buffers.Binary;

namespace Ashlar;

/// <summary>A safetensors file open for reading. The header is checked at once, tensors are read when asked for.</summary>
/// <remarks>
/// The file may come from anywhere: a header that breaks the format in any way is refused, and no more memory is taken than the file itself has
/// bytes for. Not for use by several threads at once.
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    readonly Stream _stream;
    readonly string _file;
    readonly Dictionary<string, SafetensorsEntry> _byName;

    SafetensorsFile(Stream stream, string file, SafetensorsHeader header)
    {
        _stream = stream;
        _file = file;
        Entries = header.Entries;
        Metadata = header.Metadata;
        _byName = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The tensors, in ordinal order of their names (by UTF-16 code units).</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>The text kept with the tensors; empty without.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Where the tensor of a name lies.</summary>
    /// <exception cref="KeyNotFoundException">The file has no tensor of the name.</exception>
    public SafetensorsEntry this[string name] => _byName.TryGetValue(name, out SafetensorsEntry? entry)
        ? entry
        : throw new KeyNotFoundException($"{_file}: no tensor is named '{name}'. It holds {Entries.Count}: {string.Join(", ", Entries.Take(20).Select(e => e.Name))}{(Entries.Count > 20 ? ", …" : "")}.");

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="ParseException">The file is no valid safetensors file, or holds a dtype that is not supported.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        FileStream stream = File.OpenRead(path);
        try
        {
            return Open(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens the bytes of a file.</summary>
    /// <param name="stream">Seekable, the file from its position 0; disposed with the result.</param>
    /// <param name="file">The name for messages.</param>
    /// <exception cref="ParseException">The bytes are no valid safetensors file, or hold a dtype that is not supported.</exception>
    public static SafetensorsFile Open(Stream stream, string file)
    {
        if (stream.Length < 8)
        {
            throw new ParseException(file, 0, $"a file of {stream.Length} bytes", "at least the 8 bytes of the header's length", "Check that it is a safetensors file and was copied whole.");
        }

        Span<byte> prefix = stackalloc byte[8];
        stream.Position = 0;
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > SafetensorsHeader.MaxBytes)
        {
            throw new ParseException(file, 0, $"a header of {length} bytes", $"at most {SafetensorsHeader.MaxBytes}", "Check that it is a safetensors file.");
        }

        if ((long)length > stream.Length - 8)
        {
            throw new ParseException(file, 0, $"a header of {length} bytes", $"at most the {stream.Length - 8} that follow in the file", "Check that the file was copied whole.");
        }

        var json = new byte[(int)length];
        stream.ReadExactly(json);
        return new SafetensorsFile(stream, file, SafetensorsHeader.Parse(json, stream.Length - 8 - json.Length, file));
    }

    /// <summary>Reads one tensor.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="KeyNotFoundException">The file has no tensor of the name.</exception>
    /// <exception cref="ParseException">A bool is neither 0 nor 1, or the tensor takes more than 2 147 483 591 bytes.</exception>
    public SafetensorsTensor Read(string name)
    {
        SafetensorsEntry entry = this[name];
        if (entry.Length > Array.MaxLength)
        {
            throw new ParseException(_file, entry.Offset, $"tensor '{name}' of {entry.Length} bytes", $"at most {Array.MaxLength}", "Split the tensor.");
        }

        var data = new byte[(int)entry.Length];
        _stream.Position = entry.Offset;
        _stream.ReadExactly(data);
        int wrong = entry.DType == DType.Bool ? data.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)1) : -1;
        return wrong < 0
            ? new SafetensorsTensor(name, entry.DType, entry.Shape, data)
            : throw new ParseException(_file, entry.Offset + wrong, $"the byte {data[wrong]} in the bool tensor '{name}'", "0 or 1", "Write the tensor again, or store it as U8.");
    }

    /// <summary>Reads all tensors, in ordinal order of their names.</summary>
    /// <exception cref="ParseException">As for <see cref="Read"/>.</exception>
    public SafetensorsTensor[] ReadAll() => [.. Entries.Select(entry => Read(entry.Name))];

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();
}
