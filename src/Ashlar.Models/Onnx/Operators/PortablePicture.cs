using System.Globalization;
using Ashlar.Onnx.Values;

namespace Ashlar.Onnx.Operators;

/// <summary>The portable any-map family: P1 to P6 with 8 bits.</summary>
static class PortablePicture
{
    /// <exception cref="OnnxException">The file is damaged or has more than 8 bits.</exception>
    public static (int Height, int Width, byte[] Rgb) Read(byte[] file)
    {
        int kind = file[1] - '0';
        int at = 2;
        (int width, int height) = (Number(file, ref at), Number(file, ref at));
        int top = kind is 1 or 4 ? 1 : Number(file, ref at);
        int channels = kind is 3 or 6 ? 3 : 1;
        if (top is <= 0 or > 255 || (long)width * height * 3 > int.MaxValue || (long)width * height > (long)file.Length * 8)
        {
            throw new OnnxException($"ImageDecoder: a PNM of {width} x {height} pixels up to {top} in {file.Length} bytes is not read. Save it with 8 bits a sample.");
        }

        at++;
        var rgb = new byte[height * width * 3];
        for (int i = 0; i < height * width; i++)
        {
            for (int k = 0; k < 3; k++)
            {
                int sample = k < channels ? kind switch
                {
                    4 => 1 - ((file[at + (i / width * ((width + 7) / 8)) + (i % width / 8)] >> (7 - (i % width % 8))) & 1),
                    5 or 6 => file[at + (i * channels) + k],
                    1 => 1 - Number(file, ref at),
                    _ => Number(file, ref at),
                } : -1;
                rgb[(i * 3) + k] = sample < 0 ? rgb[i * 3] : (byte)(sample * 255 / top);
            }
        }

        return (height, width, rgb);
    }

    static int Number(byte[] file, ref int at)
    {
        while (at < file.Length && (char.IsWhiteSpace((char)file[at]) || file[at] == '#'))
        {
            at = file[at] == '#' ? Math.Max(at, Array.IndexOf(file, (byte)'\n', at)) + 1 : at + 1;
        }

        int start = at;
        while (at < file.Length && char.IsAsciiDigit((char)file[at]))
        {
            at++;
        }

        return int.TryParse(System.Text.Encoding.ASCII.GetString(file, start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : throw new OnnxException($"ImageDecoder: the PNM has no number at byte {start}. The file is damaged; save it again.");
    }
}
