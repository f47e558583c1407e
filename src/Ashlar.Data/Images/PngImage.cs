namespace Ashlar.Data.Images;

/// <summary>A decoded picture: 8 bits a sample, palette and bit depth resolved.</summary>
public sealed class PngImage
{
    internal PngImage(int width, int height, int channels, byte[] samples)
    {
        Width = width;
        Height = height;
        Channels = channels;
        Samples = samples;
    }

    /// <summary>Columns, 1 or more.</summary>
    public int Width { get; }

    /// <summary>Rows, 1 or more.</summary>
    public int Height { get; }

    /// <summary>1 grey, 2 grey and opacity, 3 red green blue, 4 those and opacity.</summary>
    public int Channels { get; }

    /// <summary>[Height, Width, Channels] row-major, uint8; opacity is not multiplied in.</summary>
    public byte[] Samples { get; }

    /// <summary>The picture in grey: luma 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), on a background where it is transparent; integer arithmetic.</summary>
    /// <param name="background">Grey value behind transparent pixels, 0 to 255; 255 is paper.</param>
    public GreyImage ToGrey(byte background = 255)
    {
        var grey = new byte[Width * Height];
        bool hasOpacity = Channels is 2 or 4;
        for (int i = 0; i < grey.Length; i++)
        {
            ReadOnlySpan<byte> s = Samples.AsSpan(i * Channels, Channels);
            int luma = Channels < 3 ? s[0] : ((299 * s[0]) + (587 * s[1]) + (114 * s[2]) + 500) / 1000;
            int opacity = hasOpacity ? s[^1] : 255;
            grey[i] = (byte)(((luma * opacity) + (background * (255 - opacity)) + 127) / 255);
        }

        return new GreyImage(Width, Height, grey);
    }
}
