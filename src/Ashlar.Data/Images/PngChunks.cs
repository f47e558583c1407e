using System.Buffers.Binary;
using System.Text;

namespace Ashlar.Data.Images;

/// <summary>The chunks of a PNG file that decide its pixels, gathered and checked; all others are skipped.</summary>
sealed class PngChunks
{
    public const string Damaged = "The file is damaged; save the picture again as PNG.";

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    readonly List<(int Begin, int Length)> _data = [];

    public PngHeader Header { get; private set; }

    /// <summary>Three bytes a colour; empty without palette.</summary>
    public byte[] Palette { get; private set; } = [];

    /// <summary>Opacity of the palette's first colours, or the one transparent colour in two bytes a sample; empty without.</summary>
    public byte[] Transparency { get; private set; } = [];

    /// <summary>Where the compressed pixels begin in the file, for messages.</summary>
    public long DataOffset => _data[0].Begin;

    /// <summary>The compressed pixels of all IDAT chunks.</summary>
    public byte[] Data(byte[] bytes)
    {
        using var joined = new MemoryStream();
        foreach ((int begin, int length) in _data)
        {
            joined.Write(bytes, begin, length);
        }

        return joined.ToArray();
    }

    public static PngChunks Parse(byte[] bytes, string file)
    {
        if (!bytes.AsSpan().StartsWith(Signature))
        {
            throw new ParseException(file, 0, $"the bytes {Convert.ToHexString(bytes.AsSpan(0, Math.Min(8, bytes.Length)))}", $"{Convert.ToHexString(Signature)}, which begin a PNG file", "Save the picture as PNG.");
        }

        var chunks = new PngChunks();
        string name = "";
        string previous = "";
        for (int at = Signature.Length; name != "IEND";)
        {
            int length = Length(bytes, at, file);
            name = Name(bytes.AsSpan(at + 4, 4), at, file);
            chunks.Take(name, previous, bytes.AsSpan(at + 8, length), at + 8, file);
            previous = name;
            at += length + 12;
        }

        return chunks;
    }

    static int Length(byte[] bytes, int at, string file)
    {
        if (bytes.Length - at < 12)
        {
            throw new ParseException(file, bytes.Length, "the end of the file", "a chunk; the last one is IEND", "The file was not copied whole; copy it again.");
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
        if (length > bytes.Length - at - 12)
        {
            throw new ParseException(file, at, $"a chunk of {length} bytes", $"at most the {bytes.Length - at - 12} that the file has left for it", "The file is damaged or was not copied whole; copy it again.");
        }

        uint found = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 8 + (int)length));
        uint expected = Crc32.Append(0, bytes.AsSpan(at + 4, 4 + (int)length));
        return found == expected
            ? (int)length
            : throw new ParseException(file, at + 8 + (int)length, $"the CRC {found:x8}", $"{expected:x8} for the chunk at byte {at}", Damaged);
    }

    static string Name(ReadOnlySpan<byte> name, int at, string file)
    {
        foreach (byte letter in name)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                throw new ParseException(file, at + 4, $"the chunk name {Convert.ToHexString(name)}", "four letters", Damaged);
            }
        }

        return Encoding.ASCII.GetString(name);
    }

    void Take(string name, string previous, ReadOnlySpan<byte> chunk, int at, string file)
    {
        if ((name == "IHDR") != (previous.Length == 0))
        {
            throw new ParseException(file, at - 4, $"the chunk {name}", previous.Length == 0 ? "IHDR as the first" : "IHDR as the first only", Damaged);
        }

        switch (name)
        {
            case "IHDR":
                Header = PngHeader.Parse(chunk, at, file);
                break;
            case "PLTE":
                Palette = TakePalette(chunk, at, file);
                break;
            case "tRNS":
                Transparency = TakeTransparency(chunk, at, file);
                break;
            case "IDAT":
                TakeData(previous, chunk.Length, at, file);
                break;
            case "IEND":
                if (_data.Count == 0)
                {
                    throw new ParseException(file, at - 4, "the end of the picture", "an IDAT chunk with pixels", Damaged);
                }

                break;
            default:
                // The case of the first letter says whether a reader that does not know a chunk may skip it.
                if (char.IsAsciiLetterUpper(name[0]))
                {
                    throw new ParseException(file, at - 4, $"the critical chunk {name}", "IHDR, PLTE, IDAT or IEND", "Save the picture as plain PNG.");
                }

                break;
        }
    }

    byte[] TakePalette(ReadOnlySpan<byte> chunk, int at, string file)
    {
        int most = 3 * (Header.Colour == PngColour.Palette ? 1 << Header.BitDepth : 256);
        return chunk.Length % 3 == 0 && chunk.Length > 0 && chunk.Length <= most && Palette.Length == 0 && _data.Count == 0 && Header.Colour is not (PngColour.Grey or PngColour.GreyOpacity)
            ? chunk.ToArray()
            : throw new ParseException(file, at, $"a PLTE chunk of {chunk.Length} bytes", $"one before the pixels, of colours of 3 bytes up to {most}, in a picture with colour", Damaged);
    }

    byte[] TakeTransparency(ReadOnlySpan<byte> chunk, int at, string file)
    {
        bool fits = Header.Colour switch
        {
            PngColour.Grey => chunk.Length == 2,
            PngColour.Rgb => chunk.Length == 6,
            PngColour.Palette => chunk.Length > 0 && chunk.Length <= Palette.Length / 3,
            _ => false,
        };
        return fits && Transparency.Length == 0 && _data.Count == 0
            ? chunk.ToArray()
            : throw new ParseException(file, at, $"a tRNS chunk of {chunk.Length} bytes", "one before the pixels: 2 bytes in grey, 6 in RGB, up to one a colour behind a palette, none beside opacity", Damaged);
    }

    void TakeData(string previous, int length, int at, string file)
    {
        if (_data.Count > 0 && previous != "IDAT")
        {
            throw new ParseException(file, at - 4, $"an IDAT chunk behind {previous}", "all IDAT chunks in a row", Damaged);
        }

        if (Header.Colour == PngColour.Palette && Palette.Length == 0)
        {
            throw new ParseException(file, at - 4, "pixels without a palette", "a PLTE chunk before them", Damaged);
        }

        _data.Add((at, length));
    }
}
