namespace Ashlar.Data.Images;

/// <summary>A picture of one channel.</summary>
public sealed class GreyImage
{
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="pixels">[height, width] row-major, uint8; not copied.</param>
    /// <exception cref="ShapeException">The number of pixels is not width · height, or an extent is not positive.</exception>
    public GreyImage(int width, int height, byte[] pixels)
    {
        if (width < 1 || height < 1 || pixels.Length != (long)width * height)
        {
            throw new ShapeException($"GreyImage: {pixels.Length} pixels do not make {height} rows of {width}. Extents are 1 or more and their product is the number of pixels.");
        }

        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>[Height, Width] row-major, uint8.</summary>
    public byte[] Pixels { get; }

    /// <summary>The pixel of a row and a column.</summary>
    public byte this[int row, int column] => Pixels[(row * Width) + column];

    /// <summary>255 less every pixel: light becomes dark.</summary>
    public GreyImage Invert() => new(Width, Height, [.. Pixels.Select(pixel => (byte)(255 - pixel))]);

    /// <summary>A rectangle of the picture; what lies outside the picture is 0.</summary>
    /// <param name="row">First row; may be negative.</param>
    /// <param name="column">First column; may be negative.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="width">Columns, 1 or more.</param>
    public GreyImage Crop(int row, int column, int height, int width)
    {
        var pixels = new byte[checked(width * height)];
        for (int y = Math.Max(0, -row); y < height && row + y < Height; y++)
        {
            for (int x = Math.Max(0, -column); x < width && column + x < Width; x++)
            {
                pixels[(y * width) + x] = this[row + y, column + x];
            }
        }

        return new GreyImage(width, height, pixels);
    }

    /// <summary>Another size by area averaging: each new pixel is the mean of the area it covers, rounded half up; integer arithmetic.</summary>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    public GreyImage Resize(int width, int height)
    {
        // In units of 1/width of a column the old columns are width long and the new ones Width; rows alike. All weights are integers.
        var narrow = new long[checked(Height * width)];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int old = (int)((long)x * Width / width); (long)old * width < (long)(x + 1) * Width; old++)
                {
                    narrow[(y * width) + x] += Overlap(x, Width, old, width) * this[y, old];
                }
            }
        }

        var pixels = new byte[checked(height * width)];
        long area = (long)Width * Height;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                long sum = 0;
                for (int old = (int)((long)y * Height / height); (long)old * height < (long)(y + 1) * Height; old++)
                {
                    sum += Overlap(y, Height, old, height) * narrow[(old * width) + x];
                }

                pixels[(y * width) + x] = (byte)(((2 * sum) + area) / (2 * area));
            }
        }

        return new GreyImage(width, height, pixels);
    }

    // Length shared by [i·size, (i+1)·size) and [j·other, (j+1)·other).
    static long Overlap(int i, int size, int j, int other) =>
        Math.Min((long)(i + 1) * size, (long)(j + 1) * other) - Math.Max((long)i * size, (long)j * other);
}
