using System.Buffers.Binary;
using System.IO.Compression;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>TIFF 6.0 in strips of 8 bits: grey, palette or colour, one sample beside the other; uncompressed, PackBits or deflated, with or without differences along rows.</summary>
sealed class TiffPicture
{
    const int Width = 256, Height = 257, Bits = 258, Compression = 259, Meaning = 262, Offsets = 273, Samples = 277, RowsOfStrip = 278, Lengths = 279, Planes = 284, Predictor = 317, Palette = 320;

    readonly byte[] _file;
    readonly bool _littleEndian;
    readonly Dictionary<int, long[]> _fields = [];

    TiffPicture(byte[] file)
    {
        (_file, _littleEndian) = (file, file[0] == 'I');
        int directory = checked((int)Long(4));
        for (int i = 0; i < Short(directory); i++)
        {
            int at = directory + 2 + (i * 12);
            (int tag, int kind, long count) = (Short(at), Short(at + 2), Long(at + 4));
            int width = kind switch { 1 => 1, 3 => 2, 4 => 4, _ => 0 };
            if (width == 0 || count > file.Length / width)
            {
                continue;
            }

            int from = count * width <= 4 ? at + 8 : checked((int)Long(at + 8));
            _fields[tag] = [.. Enumerable.Range(0, (int)count).Select(k => kind switch { 1 => _file[from + k], 3 => Short(from + (2 * k)), _ => Long(from + (4 * k)) })];
        }
    }

    /// <exception cref="OnnxException">The file is damaged or of another kind.</exception>
    public static (int Height, int Width, byte[] Rgb) Read(byte[] file)
    {
        try
        {
            return new TiffPicture(file).Decode();
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException or InvalidDataException)
        {
            throw new OnnxException("ImageDecoder: the TIFF ends early or contradicts itself. The file is damaged; save it again.", e);
        }
    }

    (int Height, int Width, byte[] Rgb) Decode()
    {
        (int width, int height, int samples) = ((int)One(Width, 0), (int)One(Height, 0), (int)One(Samples, 1));
        (long compression, long meaning) = (One(Compression, 1), One(Meaning, 1));
        long[] bits = _fields.GetValueOrDefault(Bits, [1]);
        // The denser codings say up to 1032 bytes with one.
        if (width <= 0 || height <= 0 || samples is < 1 or > 4 || !Array.TrueForAll(bits, count => count == 8) || compression is not (1 or 8 or 32773 or 32946) || meaning is < 0 or > 3 || One(Planes, 1) != 1 || (long)width * height * samples > (long)_file.Length * 1032)
        {
            throw new OnnxException($"ImageDecoder: a TIFF of {width} x {height} pixels with {samples} samples of [{string.Join(", ", bits)}] bits, compression {compression} and meaning {meaning} in {_file.Length} bytes is not read. Save it uncompressed with 8 bits a sample.");
        }

        int rowBytes = width * samples;
        var pixels = new byte[HostLimits.Elements((long)height * rowBytes, "the picture")];
        int rows = (int)Math.Min(One(RowsOfStrip, height), height);
        (long[] offsets, long[] lengths) = (_fields[Offsets], _fields[Lengths]);
        for (int strip = 0; strip * rows < height; strip++)
        {
            Span<byte> target = pixels.AsSpan(strip * rows * rowBytes, Math.Min(rows, height - (strip * rows)) * rowBytes);
            Unpack(_file.AsSpan((int)offsets[strip], (int)lengths[strip]).ToArray(), target, compression);
        }

        if (One(Predictor, 1) == 2)
        {
            for (int i = 0; i < pixels.Length; i++)
            {
                pixels[i] += i % rowBytes < samples ? (byte)0 : pixels[i - samples];
            }
        }

        return (height, width, Colours(pixels, samples, meaning, width * height));
    }

    byte[] Colours(byte[] pixels, int samples, long meaning, int count)
    {
        var rgb = new byte[count * 3];
        for (int i = 0; i < rgb.Length; i++)
        {
            (int pixel, int channel) = (i / 3, i % 3);
            rgb[i] = meaning switch
            {
                0 => (byte)~pixels[pixel * samples],
                1 => pixels[pixel * samples],
                3 => (byte)(_fields[Palette][(channel * 256) + pixels[pixel * samples]] >> 8),
                _ => pixels[(pixel * samples) + channel],
            };
        }

        return rgb;
    }

    static void Unpack(byte[] packed, Span<byte> target, long compression)
    {
        switch (compression)
        {
            case 1:
                packed.AsSpan(0, target.Length).CopyTo(target);
                break;
            case 32773:
                for (int from = 0, to = 0; to < target.Length;)
                {
                    int count = (sbyte)packed[from++];
                    if (count >= 0)
                    {
                        packed.AsSpan(from, count + 1).CopyTo(target[to..]);
                        (from, to) = (from + count + 1, to + count + 1);
                    }
                    else if (count > -128)
                    {
                        target.Slice(to, 1 - count).Fill(packed[from++]);
                        to += 1 - count;
                    }
                }

                break;
            default:
                using (var stream = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress))
                {
                    int read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
                    if (read < target.Length)
                    {
                        throw new InvalidDataException();
                    }
                }

                break;
        }
    }

    long One(int tag, long missing) => _fields.TryGetValue(tag, out long[]? values) && values.Length > 0 ? values[0] : missing;

    int Short(int at) => _littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(at)) : BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    long Long(int at) => _littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(at)) : BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at));
}
