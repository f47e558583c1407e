using System.Buffers.Binary;
using System.IO.Compression;

namespace Ashlar.Data.Images;

/// <summary>Writes 8-bit grey PNG files, every row with the filter "up".</summary>
static class PngWriter
{
    public static void Write(Stream stream, GreyImage image)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8;
        stream.Write(PngChunks.Signature);
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, Pack(image));
        WriteChunk(stream, "IEND"u8, []);
    }

    static byte[] Pack(GreyImage image)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var above = new byte[image.Width];
            var row = new byte[1 + image.Width];
            row[0] = 2;
            for (int y = 0; y < image.Height; y++)
            {
                for (int x = 0; x < image.Width; x++)
                {
                    row[1 + x] = (byte)(image[y, x] - above[x]);
                    above[x] = image[y, x];
                }

                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    static void WriteChunk(Stream stream, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(name);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(Crc32.Append(0, name), data));
        stream.Write(number);
    }
}
