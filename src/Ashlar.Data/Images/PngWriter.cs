using System.Buffers.Binary;
using System.IO.Compression;

namespace Ashlar.Data.Images;

/// <summary>Writes PNG files of 8 bits a sample, every row with the filter "up".</summary>
static class PngWriter
{
    public static void Write(Stream stream, int width, int height, int channels, ReadOnlySpan<byte> samples)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = (byte)ColourOf(channels);
        stream.Write(PngChunks.Signature);
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, Pack(samples, width * channels));
        WriteChunk(stream, "IEND"u8, []);
    }

    static PngColour ColourOf(int channels) => channels switch
    {
        1 => PngColour.Grey,
        2 => PngColour.GreyOpacity,
        3 => PngColour.Rgb,
        _ => PngColour.RgbOpacity,
    };

    static byte[] Pack(ReadOnlySpan<byte> samples, int rowBytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + rowBytes];
            row[0] = 2;
            for (int begin = 0; begin < samples.Length; begin += rowBytes)
            {
                for (int x = 0; x < rowBytes; x++)
                {
                    row[1 + x] = (byte)(samples[begin + x] - (begin == 0 ? 0 : samples[begin + x - rowBytes]));
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
