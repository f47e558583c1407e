namespace Ashlar.Data.Datasets;

/// <summary>Images with their labels: one part of an <see cref="ImageDataset"/>.</summary>
public sealed class ImageSet
{
    /// <param name="pixels">[N, C, H, W] row-major, uint8; not copied.</param>
    /// <param name="labels">[N], uint8; not copied.</param>
    /// <param name="channels">C ≥ 1.</param>
    /// <param name="height">H ≥ 1.</param>
    /// <param name="width">W ≥ 1.</param>
    /// <exception cref="ShapeException">The number of pixels is not N · C · H · W, or an extent is not positive.</exception>
    public ImageSet(byte[] pixels, byte[] labels, int channels, int height, int width)
    {
        if (channels < 1 || height < 1 || width < 1)
        {
            throw new ShapeException($"ImageSet: images of [{channels}, {height}, {width}] have no pixels. Extents are 1 or more.");
        }

        long expected = (long)labels.Length * channels * height * width;
        if (pixels.Length != expected)
        {
            throw new ShapeException($"ImageSet: {labels.Length} labels with images of [{channels}, {height}, {width}] make {expected} pixels, and there are {pixels.Length}. Pass one label for each image.");
        }

        Pixels = pixels;
        Labels = labels;
        Channels = channels;
        Height = height;
        Width = width;
    }

    /// <summary>[N, C, H, W] row-major, uint8.</summary>
    public byte[] Pixels { get; }

    /// <summary>[N], uint8.</summary>
    public byte[] Labels { get; }

    /// <summary>Number of images, N.</summary>
    public int Count => Labels.Length;

    /// <summary>Colour channels of an image, C.</summary>
    public int Channels { get; }

    /// <summary>Rows of an image, H.</summary>
    public int Height { get; }

    /// <summary>Columns of an image, W.</summary>
    public int Width { get; }

    /// <summary>[C, H, W] of one image, shared with <see cref="Pixels"/>.</summary>
    public ReadOnlySpan<byte> Image(int index)
    {
        int size = Channels * Height * Width;
        return Pixels.AsSpan(index * size, size);
    }

    /// <summary>The first images, copied.</summary>
    /// <param name="count">1 to <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many.</exception>
    public ImageSet First(int count) => count >= 1 && count <= Count
        ? new ImageSet(Pixels[..(count * Channels * Height * Width)], Labels[..count], Channels, Height, Width)
        : throw new ArgumentOutOfRangeException(nameof(count), $"ImageSet.First: {count} of {Count} images are asked for. Ask for 1 to {Count}.");
}
