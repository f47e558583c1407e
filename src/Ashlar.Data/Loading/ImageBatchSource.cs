using Ashlar.Data.Datasets;

namespace Ashlar.Data.Loading;

/// <summary>Makes batches of images: pixels as float32 from 0 to 1, labels as int32.</summary>
public sealed class ImageBatchSource : IBatchSource<ImageBatch>
{
    readonly ImageSet _images;

    // pixel / maximum, rounded once.
    readonly float[] _scaled = new float[256];

    /// <param name="images">The images, not copied.</param>
    /// <param name="maximum">The pixel value that becomes 1, 1 to 255: <see cref="ImageDataset.Maximum"/>.</param>
    /// <exception cref="ArgumentException">The maximum is 0.</exception>
    public ImageBatchSource(ImageSet images, byte maximum)
    {
        if (maximum == 0)
        {
            throw new ArgumentException("ImageBatchSource: the maximum is 0, so no pixel can be scaled to 1. Pass the dataset's maximum.");
        }

        _images = images;
        for (int pixel = 0; pixel < _scaled.Length; pixel++)
        {
            _scaled[pixel] = (float)pixel / maximum;
        }
    }

    /// <inheritdoc/>
    public int Count => _images.Count;

    /// <inheritdoc/>
    public ImageBatch Take(ReadOnlySpan<int> indices)
    {
        int size = _images.Channels * _images.Height * _images.Width;
        var x = new float[indices.Length * size];
        var y = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<byte> image = _images.Image(indices[i]);
            for (int p = 0; p < size; p++)
            {
                x[(i * size) + p] = _scaled[image[p]];
            }

            y[i] = _images.Labels[indices[i]];
        }

        return new ImageBatch(Tensor.From(x, indices.Length, _images.Channels, _images.Height, _images.Width), Tensor.From(y, indices.Length));
    }
}
