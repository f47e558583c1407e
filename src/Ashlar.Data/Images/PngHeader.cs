using System.Buffers.Binary;

namespace Ashlar.Data.Images;

/// <summary>The IHDR chunk of a PNG file (W3C Portable Network Graphics, 11.2.1), checked.</summary>
readonly record struct PngHeader(int Width, int Height, int BitDepth, PngColour Colour, bool IsInterlaced)
{
    // 64 Mi pixels: 8192 x 8192. Four samples of each fit an array.
    const long MaxPixels = 1L << 26;

    /// <summary>Samples of a pixel as stored; a palette's number is one.</summary>
    public int Samples => Colour switch { PngColour.Grey or PngColour.Palette => 1, PngColour.GreyOpacity => 2, PngColour.Rgb => 3, _ => 4 };

    /// <summary>Bytes of a row of so many pixels, without its filter byte.</summary>
    public long RowBytes(int width) => (((long)width * Samples * BitDepth) + 7) / 8;

    /// <summary>Bytes from a sample to the same one of the pixel before, 1 or more, as the filters count.</summary>
    public int FilterDistance => Math.Max(1, Samples * BitDepth / 8);

    public static PngHeader Parse(ReadOnlySpan<byte> chunk, long at, string file)
    {
        if (chunk.Length != 13)
        {
            throw new ParseException(file, at, $"an IHDR chunk of {chunk.Length} bytes", "13", PngChunks.Damaged);
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(chunk);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        if (width == 0 || height == 0 || width > int.MaxValue || height > int.MaxValue || (long)width * height > MaxPixels)
        {
            throw new ParseException(file, at, $"a picture of {width} x {height} pixels", $"1 to {MaxPixels} pixels", "Reduce the picture.");
        }

        (int depth, var colour) = (chunk[8], (PngColour)chunk[9]);
        bool allowed = colour switch
        {
            PngColour.Grey => depth is 1 or 2 or 4 or 8 or 16,
            PngColour.Palette => depth is 1 or 2 or 4 or 8,
            PngColour.Rgb or PngColour.GreyOpacity or PngColour.RgbOpacity => depth is 8 or 16,
            _ => false,
        };
        if (!allowed)
        {
            throw new ParseException(file, at + 8, $"colour type {chunk[9]} with bit depth {depth}", "a pair that the format allows", PngChunks.Damaged);
        }

        if (chunk[10] != 0 || chunk[11] != 0 || chunk[12] > 1)
        {
            throw new ParseException(file, at + 10, $"compression {chunk[10]}, filter {chunk[11]}, interlace {chunk[12]}", "compression 0, filter 0, interlace 0 or 1", PngChunks.Damaged);
        }

        return new PngHeader((int)width, (int)height, depth, colour, chunk[12] == 1);
    }
}
