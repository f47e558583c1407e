using System.Buffers.Binary;
using System.IO.Compression;

namespace Ashlar.Data.Idx;

/// <summary>Unpacks one gzip member (RFC 1952) just as far as it is read, so that a small file cannot fill the memory.</summary>
sealed class GzipBytes : IIdxBytes
{
    // No deflate stream unpacks to more than 1032 times its size: 258 bytes from 2 bits.
    const int LargestRatio = 1032;

    readonly byte[] _bytes;
    readonly GZipStream _unpacked;
    uint _crc;

    public GzipBytes(byte[] bytes, string file)
    {
        _bytes = bytes;
        Name = $"{file} (unpacked)";
        _unpacked = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
    }

    public string Name { get; }

    public long Position { get; private set; }

    public long Available => ((long)_bytes.Length * LargestRatio) - Position;

    public static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes.Length >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B;

    public void Fill(Span<byte> destination, string expected)
    {
        int read = Read(destination);
        if (read < destination.Length)
        {
            throw new ParseException(Name, Position, "the end of the file", expected, "The file was not copied whole; fetch it again.");
        }
    }

    public void End()
    {
        Span<byte> next = stackalloc byte[1];
        long length = Position;
        if (Read(next) > 0)
        {
            throw new ParseException(Name, length, "bytes behind the last element", "the end of the file", "The file is damaged; fetch it again.");
        }

        // The unpacker stops at the member's end without a look behind it, and accepts a file that ends there early. The last eight bytes must be
        // the member's own checksum and length.
        ReadOnlySpan<byte> trailer = _bytes.AsSpan(Math.Max(0, _bytes.Length - 8));
        if (trailer.Length < 8 || BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _crc || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)length)
        {
            throw new ParseException(Name, length, "other bytes than the checksum and length of the unpacked data at the end of the gzip file", $"CRC-32 {_crc:x8} and {length} bytes", "The file is damaged, cut off or followed by something else; fetch it again.");
        }
    }

    public void Dispose() => _unpacked.Dispose();

    int Read(Span<byte> destination)
    {
        try
        {
            int read = _unpacked.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            _crc = Crc32.Append(_crc, destination[..read]);
            Position += read;
            return read;
        }
        catch (InvalidDataException e)
        {
            throw new ParseException(Name, Position, "gzip data that cannot be unpacked", "a valid gzip file", "The file is damaged; fetch it again.", e);
        }
    }
}
