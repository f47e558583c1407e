using Ashlar.Data.Images;
using Ashlar.Lab.Events;

namespace Ashlar.Lab;

/// <content>Pictures.</content>
public sealed partial class Run
{
    /// <summary>Logs a picture.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="image">[height, width], [height, width, channels] or [channels, height, width] with 1 (grey), 3 (red green blue) or 4 channels (those and opacity): uint8, bool, or floating from 0, dark, to 1. What lies outside is cut off.</param>
    /// <param name="step">Of the training.</param>
    /// <exception cref="ShapeException">The shape is no picture's.</exception>
    /// <exception cref="DTypeException">The dtype is no picture's.</exception>
    public void LogImage(string name, Tensor image, long step)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        bool first = image.Rank == 3 && image.Shape[2] is not (1 or 3 or 4) && image.Shape[0] is 1 or 3 or 4;
        if (image.Rank is not (2 or 3) || image.Size == 0 || (image.Rank == 3 && !first && image.Shape[2] is not (1 or 3 or 4)))
        {
            throw new ShapeException($"Run.LogImage: '{name}' has the shape {image.Shape}; a picture is [height, width], [height, width, channels] or [channels, height, width] with 1, 3 or 4 channels. Take one picture of a batch.");
        }

        if (image.DType is not (DType.UInt8 or DType.Bool) && !image.DType.IsFloating)
        {
            throw new DTypeException($"Run.LogImage: '{name}' is {image.DType.Name}; a picture is uint8, bool, or floating from 0 to 1. Convert it.");
        }

        if (IsRecording)
        {
            Tensor last = first ? image.Permute(1, 2, 0) : image;
            byte[] samples = Samples(last);
            Picture(name, last.Shape[1], last.Shape[0], last.Rank == 2 ? 1 : last.Shape[2], samples, step);
        }
    }

    /// <summary>Logs a picture in grey.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="image">The picture.</param>
    /// <param name="step">Of the training.</param>
    public void LogImage(string name, GreyImage image, long step)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Picture(name, image.Width, image.Height, 1, [.. image.Pixels], step);
    }

    /// <summary>Logs a picture that is a PNG file already.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="png">The whole file.</param>
    /// <param name="step">Of the training.</param>
    /// <exception cref="ParseException">The bytes are no PNG file.</exception>
    public void LogImage(string name, byte[] png, long step)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        PngImage image = PngFile.Parse(png, name);
        Write(new ImageEvent(name, step, 0, image.Width, image.Height, png));
    }

    // Packing takes longer than a step may wait.
    void Picture(string name, int width, int height, int channels, byte[] samples, long step)
    {
        if (_recorder is { IsFinished: false } recorder)
        {
            recorder.Later(() => recorder.Events.Write(new ImageEvent(name, step, 0, width, height, PngFile.Encode(width, height, channels, samples))));
        }
    }

    static byte[] Samples(Tensor image) => image.DType switch
    {
        DType.UInt8 => image.ToArray<byte>(),
        DType.Bool => [.. image.ToArray<bool>().Select(on => on ? byte.MaxValue : byte.MinValue)],
        _ => [.. image.To(DType.Float64).ToArray<double>().Select(value => (byte)Math.Round(255 * (value > 0 ? Math.Min(value, 1) : 0)))],
    };
}
