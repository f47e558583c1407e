namespace Ashlar.Data.Images;

/// <summary>Makes of a drawn character what the datasets of handwritten characters hold: light ink on black, centred, of one size.</summary>
/// <remarks>
/// A picture with a light border is inverted; the box around the ink is cut out, centred in a square and reduced by area averaging, with an
/// empty margin around it, and scaled so that its strongest ink is full ink. Integer arithmetic.
/// </remarks>
public sealed record ImagePreparation
{
    /// <summary>As the bundled digits: 8 × 8 without margin, 0 to 16.</summary>
    public static ImagePreparation Digits { get; } = new() { Size = 8, Margin = 0, Maximum = 16 };

    /// <summary>As MNIST: 28 × 28 with the character in the inner 20 × 20, 0 to 255.</summary>
    public static ImagePreparation Mnist { get; } = new() { Size = 28, Margin = 4, Maximum = 255 };

    /// <summary>Rows and columns of the result, in pixels, more than twice the margin.</summary>
    public int Size { get; init; } = 28;

    /// <summary>Empty rows and columns on each side, in pixels of the result, 0 or more.</summary>
    public int Margin { get; init; } = 4;

    /// <summary>The value of full ink, 1 to 255.</summary>
    public byte Maximum { get; init; } = 255;

    /// <summary>Prepares one picture.</summary>
    /// <param name="image">One character, dark on light or light on dark, of any size.</param>
    /// <returns>Size × Size; 0 is paper and <see cref="Maximum"/> the strongest ink.</returns>
    /// <exception cref="ArgumentException">The picture has one grey value only, its ink is lost in the reduction, or the margin leaves no pixel.</exception>
    public GreyImage Apply(GreyImage image)
    {
        int inner = Size - (2 * Margin);
        if (Margin < 0 || inner < 1)
        {
            throw new ArgumentException($"ImagePreparation: a margin of {Margin} in a picture of {Size} leaves {inner} pixels for the character. Take a size of more than twice the margin.");
        }

        GreyImage ink = Stretch(BorderIsLight(image) ? image.Invert() : image);
        GreyImage square = Square(ink);
        GreyImage small = square.Resize(inner, inner).Crop(-Margin, -Margin, Size, Size);

        // A stroke thinner than a pixel of the result is averaged down with the paper beside it; the strongest ink is full ink again.
        int strongest = small.Pixels.Max();
        if (strongest == 0)
        {
            throw new ArgumentException($"ImagePreparation: the ink is lost when {square.Width} x {square.Height} pixels are reduced to {inner} x {inner}. Draw with a thicker stroke.");
        }

        return new GreyImage(Size, Size, [.. small.Pixels.Select(pixel => (byte)(((2 * pixel * Maximum) + strongest) / (2 * strongest)))]);
    }

    static bool BorderIsLight(GreyImage image)
    {
        long sum = 0;
        for (int x = 0; x < image.Width; x++)
        {
            sum += image[0, x] + image[image.Height - 1, x];
        }

        for (int y = 0; y < image.Height; y++)
        {
            sum += image[y, 0] + image[y, image.Width - 1];
        }

        return sum * 2 > 255L * 2 * (image.Width + image.Height);
    }

    /// <summary>The picture's darkest value becomes 0 and its lightest 255, so that pencil on grey paper counts like ink on white.</summary>
    static GreyImage Stretch(GreyImage image)
    {
        int low = image.Pixels.Min();
        int range = image.Pixels.Max() - low;
        return range > 0
            ? new GreyImage(image.Width, image.Height, [.. image.Pixels.Select(pixel => (byte)(((510 * (pixel - low)) + range) / (2 * range)))])
            : throw new ArgumentException($"ImagePreparation: every one of the {image.Width} x {image.Height} pixels has one grey value, so there is no character. Draw one, dark on light or light on dark.");
    }

    /// <summary>The smallest square around the ink, with the ink in its centre; ink is what exceeds a quarter of the strongest.</summary>
    static GreyImage Square(GreyImage image)
    {
        const int Ink = 64;
        (int top, int bottom, int left, int right) = (image.Height, -1, image.Width, -1);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                if (image[y, x] >= Ink)
                {
                    (top, bottom, left, right) = (Math.Min(top, y), y, Math.Min(left, x), Math.Max(right, x));
                }
            }
        }

        (int height, int width) = (bottom - top + 1, right - left + 1);
        int side = Math.Max(height, width);
        GreyImage box = image.Crop(top, left, height, width);
        return box.Crop(-((side - height) / 2), -((side - width) / 2), side, side);
    }
}
