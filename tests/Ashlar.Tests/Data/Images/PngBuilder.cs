using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Ashlar.Tests.Data.Images;

/// <summary>Puts PNG files together chunk by chunk, right or wrong.</summary>
sealed class PngBuilder
{
    readonly MemoryStream _bytes = Start();

    public byte[] Bytes => _bytes.ToArray();

    public static byte[] HeaderOf(uint width, uint height, byte depth, byte colour, byte compression = 0, byte filter = 0, byte interlace = 0)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[10], header[11], header[12]) = (depth, colour, compression, filter, interlace);
        return header;
    }

    public static byte[] Pack(params byte[] rows)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        return packed.ToArray();
    }

    public PngBuilder Header(uint width, uint height, byte depth, byte colour) => Chunk("IHDR", HeaderOf(width, height, depth, colour));

    public PngBuilder Chunk(string name, params byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        _bytes.Write(number);
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. data];
        _bytes.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
        _bytes.Write(number);
        return this;
    }

    public byte[] End() => Chunk("IEND").Bytes;

    /// <summary>Writes every chunk's CRC anew, as far as the chunks can be followed.</summary>
    public static void RepairChecksums(byte[] file)
    {
        for (long at = 8; at + 12 <= file.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)at));
            if (length > file.Length - at - 12)
            {
                return;
            }

            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan((int)(at + 8 + length)), Crc(file.AsSpan((int)at + 4, (int)length + 4)));
            at += length + 12;
        }
    }

    // The bit-by-bit definition, ISO 3309.
    static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    static MemoryStream Start()
    {
        var bytes = new MemoryStream();
        bytes.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        return bytes;
    }
}
