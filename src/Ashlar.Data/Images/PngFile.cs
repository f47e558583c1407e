using System.IO.Compression;

namespace Ashlar.Data.Images;

/// <summary>Reads PNG files of every colour type, bit depth and interlacing (W3C Portable Network Graphics, second edition); writes 8 bits a sample.</summary>
/// <remarks>
/// A file may come from anywhere: whatever breaks the format is refused, and no memory is taken for rows that the file cannot hold (at most
/// 1032 bytes from one; the samples made of them take up to 256 MiB). What follows the IEND chunk is not looked at, as in other readers. Colour spaces and gamma are not applied.
/// </remarks>
public static class PngFile
{
    // No deflate stream unpacks to more than 1032 times its size: 258 bytes from 2 bits.
    const int LargestRatio = 1032;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="ParseException">The file is no valid PNG file, or has more than 67 108 864 pixels.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PngImage Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="file">The name for messages.</param>
    /// <exception cref="ParseException">The bytes are no valid PNG file, or make more than 67 108 864 pixels.</exception>
    public static PngImage Parse(byte[] bytes, string file)
    {
        PngChunks chunks = PngChunks.Parse(bytes, file);
        byte[] packed = chunks.Data(bytes);
        PngPass[] passes = PngPass.Of(chunks.Header);
        long length = passes.Sum(pass => pass.Height * (1 + chunks.Header.RowBytes(pass.Width)));
        if (length > (long)packed.Length * LargestRatio)
        {
            throw new ParseException(file, chunks.DataOffset, $"{packed.Length} bytes of packed pixels", $"enough for the {length} bytes of {chunks.Header.Width} x {chunks.Header.Height} pixels", PngChunks.Damaged);
        }

        byte[] rows = Unpack(packed, (int)length, chunks.DataOffset, file);
        var pixels = new PngPixels(chunks, file);
        int at = 0;
        foreach (PngPass pass in passes)
        {
            int rowBytes = (int)chunks.Header.RowBytes(pass.Width);
            PngFilter.Undo(rows.AsSpan(at, pass.Height * (1 + rowBytes)), rowBytes, chunks.Header.FilterDistance, chunks.DataOffset, file);
            for (int y = 0; y < pass.Height; y++, at += 1 + rowBytes)
            {
                pixels.Place(rows.AsSpan(at + 1, rowBytes), pass, y);
            }
        }

        return pixels.ToImage();
    }

    /// <summary>Writes a picture, 8-bit grey.</summary>
    /// <remarks>The pixels come back exactly; the packed bytes may differ between versions of the runtime.</remarks>
    /// <param name="path">Where the file shall appear; a file there is replaced whole or not at all.</param>
    /// <param name="image">The picture.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, GreyImage image) => AtomicFile.Write(path, stream => PngWriter.Write(stream, image.Width, image.Height, 1, image.Pixels));

    /// <summary>The bytes of a file: a picture in grey or colour, with or without opacity.</summary>
    /// <remarks>The samples come back exactly; the packed bytes may differ between versions of the runtime.</remarks>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="channels">1 grey, 2 grey and opacity, 3 red green blue, 4 those and opacity.</param>
    /// <param name="samples">[height, width, channels] row-major, uint8.</param>
    /// <exception cref="ShapeException">The number of samples is not height · width · channels, an extent is not positive, or there are more than four channels.</exception>
    public static byte[] Encode(int width, int height, int channels, ReadOnlySpan<byte> samples)
    {
        if (width < 1 || height < 1 || channels is < 1 or > 4 || samples.Length != (long)width * height * channels)
        {
            throw new ShapeException($"PngFile.Encode: {samples.Length} samples do not make {height} rows of {width} pixels with {channels} channels. Extents are 1 or more, channels 1 to 4, and their product is the number of samples.");
        }

        using var bytes = new MemoryStream();
        PngWriter.Write(bytes, width, height, channels, samples);
        return bytes.ToArray();
    }

    static byte[] Unpack(byte[] packed, int length, long offset, string file)
    {
        var rows = new byte[length];
        using var unpacked = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        try
        {
            int read = unpacked.ReadAtLeast(rows, length, throwOnEndOfStream: false);
            if (read < length)
            {
                throw new ParseException(file, offset, $"pixels that unpack to {read} bytes", $"{length}", PngChunks.Damaged);
            }

            return unpacked.ReadByte() < 0
                ? rows
                : throw new ParseException(file, offset, $"pixels that unpack to more than {length} bytes", $"{length}", PngChunks.Damaged);
        }
        catch (InvalidDataException e)
        {
            throw new ParseException(file, offset, "packed pixels that cannot be unpacked", "a valid zlib stream", PngChunks.Damaged, e);
        }
    }
}
