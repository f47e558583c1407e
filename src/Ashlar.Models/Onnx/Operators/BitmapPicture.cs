using System.Buffers.Binary;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>BMP without compression, of 8 bits with a palette, 24 or 32 bits.</summary>
static class BitmapPicture
{
    /// <exception cref="OnnxException">The file is damaged or of another kind.</exception>
    public static (int Height, int Width, byte[] Rgb) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 54)
        {
            throw new OnnxException($"ImageDecoder: a BMP of {file.Length} bytes has no header. Give the whole file.");
        }

        int start = BinaryPrimitives.ReadInt32LittleEndian(file[10..]);
        int header = BinaryPrimitives.ReadInt32LittleEndian(file[14..]);
        int width = BinaryPrimitives.ReadInt32LittleEndian(file[18..]);
        int rows = BinaryPrimitives.ReadInt32LittleEndian(file[22..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(file[28..]);
        int compression = BinaryPrimitives.ReadInt32LittleEndian(file[30..]);
        int height = Math.Abs(rows);
        long stride = (((long)width * bits) + 31) / 32 * 4;
        if (compression is not (0 or 3) || bits is not (8 or 24 or 32) || width <= 0 || height <= 0 || start < 0 || start + (stride * height) > file.Length)
        {
            throw new OnnxException($"ImageDecoder: a BMP of {width} x {rows} pixels with {bits} bits and compression {compression} in {file.Length} bytes is not read. Save it with 24 bits and no compression.");
        }

        var rgb = new byte[height * width * 3];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = file.Slice((int)(start + ((rows > 0 ? height - 1 - y : y) * stride)), (int)stride);
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<byte> blueFirst = bits == 8 ? file.Slice(14 + header + (row[x] * 4), 3) : row.Slice(x * bits / 8, 3);
                int at = ((y * width) + x) * 3;
                (rgb[at], rgb[at + 1], rgb[at + 2]) = (blueFirst[2], blueFirst[1], blueFirst[0]);
            }
        }

        return (height, width, rgb);
    }
}
