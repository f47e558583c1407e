using Ashlar.Data.Images;

namespace Ashlar.Onnx.Operators;

/// <summary>Encoded pictures to pixels.</summary>
static class ImageOperators
{
    public static Operator[] All { get; } =
    [
        new("ImageDecoder", 20, Decode),
    ];

    static Results Decode(OperatorCall c)
    {
        byte[] bytes = c[0].ToArray<byte>();
        (int height, int width, byte[] rgb) = bytes switch
        {
            [0x89, (byte)'P', ..] => FromPng(PngFile.Parse(bytes, "ImageDecoder")),
            [(byte)'B', (byte)'M', ..] => BitmapPicture.Read(bytes),
            [0xff, 0xd8, ..] => JpegPicture.Read(bytes),
            [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => TiffPicture.Read(bytes),
            [(byte)'P', >= (byte)'1' and <= (byte)'6', ..] => PortablePicture.Read(bytes),
            _ => throw OperatorCall.Fault("the stream is neither PNG, JPEG, TIFF, BMP nor PNM. Convert the picture before."),
        };
        string format = c.Text("pixel_format", "RGB");
        Tensor pixels = Tensor.FromBytes(rgb, DType.UInt8, new Shape(height, width, 3));
        return format switch
        {
            "BGR" => pixels.Flip(2),
            "Grayscale" => Grey(pixels),
            _ => pixels,
        };
    }

    // ITU-R 601 luma in the integer arithmetic that encoders use.
    static Tensor Grey(Tensor pixels)
    {
        Tensor wide = pixels.To(DType.Int32);
        Tensor sum = (wide.Slice(2, 0, 1) * 19595) + (wide.Slice(2, 1, 1) * 38470) + (wide.Slice(2, 2, 1) * 7471) + 0x8000;
        return (sum >> 16).To(DType.UInt8);
    }

    static (int Height, int Width, byte[] Rgb) FromPng(PngImage png)
    {
        var rgb = new byte[png.Height * png.Width * 3];
        for (int i = 0; i < png.Height * png.Width; i++)
        {
            for (int k = 0; k < 3; k++)
            {
                rgb[(i * 3) + k] = png.Samples[(i * png.Channels) + (png.Channels >= 3 ? k : 0)];
            }
        }

        return (png.Height, png.Width, rgb);
    }
}
