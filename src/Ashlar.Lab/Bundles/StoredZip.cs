using System.Buffers.Binary;
using System.Text;
using Ashlar.Data;

namespace Ashlar.Lab.Bundles;

/// <summary>Writes zip files whose bytes depend on names and contents alone: nothing is compressed, since compressors change between versions, every time is the first of 1980, and no system leaves its mark.</summary>
/// <remarks>Layout: .ZIP File Format Specification 6.3.10, sections 4.3.7, 4.3.12, 4.3.16. Files and whole are below 4 GiB.</remarks>
/// <param name="stream">Takes the bytes; can be sought in.</param>
sealed class StoredZip(Stream stream)
{
    const ushort Version = 20;
    const ushort Utf8Names = 1 << 11;
    const uint FirstOf1980 = 0x0021_0000;
    const int MostFiles = 65_534;

    readonly List<(byte[] Name, uint Crc, uint Size, uint Offset)> _entries = [];

    /// <summary>Adds a file.</summary>
    /// <param name="name">In the order in which names shall stand.</param>
    /// <param name="content">Read to its end.</param>
    /// <exception cref="LabException">The whole is too large for the format.</exception>
    public void Add(string name, Stream content)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        uint offset = Small(stream.Position);
        Header(utf8, 0, 0);
        (uint crc, long size) = (0, 0);
        var bytes = new byte[1 << 16];
        for (int read; (read = content.Read(bytes)) > 0;)
        {
            crc = Crc32.Append(crc, bytes.AsSpan(0, read));
            size += read;
            stream.Write(bytes, 0, read);
        }

        long end = stream.Position;
        stream.Position = offset;
        Header(utf8, crc, Small(size));
        stream.Position = end;
        _entries.Add((utf8, crc, (uint)size, offset));
    }

    /// <summary>Writes the directory of all files.</summary>
    public void Finish()
    {
        if (_entries.Count > MostFiles)
        {
            throw new LabException($"bundle: {_entries.Count} files are more than the {MostFiles} that a zip file holds. Pack fewer runs.");
        }

        uint begin = Small(stream.Position);
        foreach ((byte[] name, uint crc, uint size, uint offset) in _entries)
        {
            UInt32(0x0201_4B50);
            UInt16(Version);
            Common(name, crc, size);
            UInt16(0);
            UInt16(0);
            UInt16(0);
            UInt32(0);
            UInt32(offset);
            stream.Write(name);
        }

        uint length = Small(stream.Position - begin);
        UInt32(0x0605_4B50);
        UInt32(0);
        UInt16((ushort)_entries.Count);
        UInt16((ushort)_entries.Count);
        UInt32(length);
        UInt32(begin);
        UInt16(0);
    }

    void Header(byte[] name, uint crc, uint size)
    {
        UInt32(0x0403_4B50);
        Common(name, crc, size);
        stream.Write(name);
    }

    // Version needed, flags, method 0 (stored), time and date, checksum, size twice, lengths of name and extra field.
    void Common(byte[] name, uint crc, uint size)
    {
        UInt16(Version);
        UInt16(Utf8Names);
        UInt16(0);
        UInt32(FirstOf1980);
        UInt32(crc);
        UInt32(size);
        UInt32(size);
        UInt16((ushort)name.Length);
        UInt16(0);
    }

    static uint Small(long number) => number < uint.MaxValue ? (uint)number : throw new LabException("bundle: it grows beyond 4 GiB, more than a zip file holds. Pack fewer runs, or leave data to be fetched.");

    void UInt16(ushort number)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, number);
        stream.Write(bytes);
    }

    void UInt32(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        stream.Write(bytes);
    }
}
