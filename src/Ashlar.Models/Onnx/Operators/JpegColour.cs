namespace Ashlar.Onnx.Operators;

/// <summary>From components to red, green, blue: halved colours are filled in by a triangle filter, then ITU-R 601 in 16-bit fixed point.</summary>
static class JpegColour
{
    public static byte[] Rgb(JpegComponent[] components, int height, int width)
    {
        byte[][] planes = [.. components.Select(component => Whole(component, height, width))];
        var rgb = new byte[height * width * 3];
        for (int i = 0; i < height * width; i++)
        {
            int y = planes[0][i];
            (int cb, int cr) = components.Length == 1 ? (0, 0) : (planes[1][i] - 128, planes[2][i] - 128);
            rgb[i * 3] = (byte)Math.Clamp(y + (((91881 * cr) + 32768) >> 16), 0, 255);
            rgb[(i * 3) + 1] = (byte)Math.Clamp(y + (((-22554 * cb) - (46802 * cr) + 32768) >> 16), 0, 255);
            rgb[(i * 3) + 2] = (byte)Math.Clamp(y + (((116130 * cb) + 32768) >> 16), 0, 255);
        }

        return rgb;
    }

    static byte[] Whole(JpegComponent c, int height, int width)
    {
        (int rows, int columns) = c.Extent;
        bool wide = columns != width;
        bool tall = rows != height;
        var plane = new byte[height * width];
        var line = new int[columns];
        for (int y = 0; y < height; y++)
        {
            // Rows: three parts of the nearer one, one of the next; columns likewise, rounded up and down in turn.
            int near = tall ? y / 2 : y;
            int far = !tall ? near : Math.Clamp(y % 2 == 0 ? near - 1 : near + 1, 0, rows - 1);
            for (int x = 0; x < columns; x++)
            {
                int sample = c.Samples[(near * c.Stride) + x];
                line[x] = tall ? (3 * sample) + c.Samples[(far * c.Stride) + x] : sample;
            }

            for (int x = 0; x < width; x++)
            {
                plane[(y * width) + x] = (byte)(wide ? Filled(line, x, tall) : tall ? (line[x] + (y % 2 == 0 ? 1 : 2)) >> 2 : line[x]);
            }
        }

        return plane;
    }

    static int Filled(int[] line, int x, bool tall)
    {
        int near = x / 2;
        bool left = x % 2 == 0;
        bool edge = left ? near == 0 : near == line.Length - 1;
        int far = edge ? near : left ? near - 1 : near + 1;
        return tall
            ? edge ? ((line[near] * 4) + (left ? 8 : 7)) >> 4 : ((line[near] * 3) + line[far] + (left ? 8 : 7)) >> 4
            : edge ? line[near] : ((line[near] * 3) + line[far] + (left ? 1 : 2)) >> 2;
    }
}
