using System.Buffers.Binary;

namespace Ashlar.Data.Images;

/// <summary>Turns unfiltered rows into 8-bit samples: bit depth, palette and transparency resolved.</summary>
sealed class PngPixels
{
    readonly PngChunks _chunks;
    readonly PngHeader _header;
    readonly string _file;
    readonly int _channels;
    readonly byte[] _samples;

    public PngPixels(PngChunks chunks, string file)
    {
        _chunks = chunks;
        _header = chunks.Header;
        _file = file;
        _channels = (_header.Colour == PngColour.Palette ? 3 : _header.Samples) + (chunks.Transparency.Length > 0 ? 1 : 0);
        _samples = new byte[_header.Width * _header.Height * _channels];
    }

    public PngImage ToImage() => new(_header.Width, _header.Height, _channels, _samples);

    /// <summary>Puts row <paramref name="y"/> of a pass where it belongs.</summary>
    public void Place(ReadOnlySpan<byte> row, PngPass pass, int y)
    {
        int line = (pass.Row + (y * pass.RowStep)) * _header.Width;
        for (int x = 0; x < pass.Width; x++)
        {
            int at = (line + pass.Column + (x * pass.ColumnStep)) * _channels;
            Span<byte> pixel = _samples.AsSpan(at, _channels);
            if (_header.Colour == PngColour.Palette)
            {
                FromPalette(Sample(row, x), pixel);
            }
            else
            {
                FromSamples(row, x * _header.Samples, pixel);
            }
        }
    }

    void FromPalette(int number, Span<byte> pixel)
    {
        if (number >= _chunks.Palette.Length / 3)
        {
            throw new ParseException(_file, _chunks.DataOffset, $"a pixel of colour {number}", $"one of the palette's {_chunks.Palette.Length / 3} colours from 0", PngChunks.Damaged);
        }

        _chunks.Palette.AsSpan(3 * number, 3).CopyTo(pixel);
        if (pixel.Length == 4)
        {
            pixel[3] = number < _chunks.Transparency.Length ? _chunks.Transparency[number] : (byte)255;
        }
    }

    void FromSamples(ReadOnlySpan<byte> row, int first, Span<byte> pixel)
    {
        int most = (1 << _header.BitDepth) - 1;
        bool isTransparent = true;
        for (int s = 0; s < _header.Samples; s++)
        {
            int sample = Sample(row, first + s);
            isTransparent = isTransparent && pixel.Length > _header.Samples && sample == BinaryPrimitives.ReadUInt16BigEndian(_chunks.Transparency.AsSpan(2 * s));

            // Nearest of 0 to 255; exact below 8 bits, where 255 is a multiple of the largest sample.
            pixel[s] = (byte)(((2 * 255L * sample) + most) / (2L * most));
        }

        if (pixel.Length > _header.Samples)
        {
            pixel[^1] = isTransparent ? (byte)0 : (byte)255;
        }
    }

    int Sample(ReadOnlySpan<byte> row, int index)
    {
        switch (_header.BitDepth)
        {
            case 8:
                return row[index];
            case 16:
                return BinaryPrimitives.ReadUInt16BigEndian(row[(2 * index)..]);
            default:
                int bit = index * _header.BitDepth;
                return (row[bit / 8] >> (8 - _header.BitDepth - (bit % 8))) & ((1 << _header.BitDepth) - 1);
        }
    }
}
