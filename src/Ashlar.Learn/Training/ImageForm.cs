using Ashlar.Data.Datasets;
using Ashlar.Data.Images;

namespace Ashlar.Training;

/// <summary>What the images of a classifier look like.</summary>
/// <param name="Channels">Colour channels, 1 or more.</param>
/// <param name="Height">Rows, 1 or more.</param>
/// <param name="Width">Columns, 1 or more.</param>
/// <param name="Maximum">The pixel value that stands for 1, 1 to 255.</param>
/// <param name="Preparation">How a picture from elsewhere is made into such an image, or null: then it must be one already.</param>
public sealed record ImageForm(int Channels, int Height, int Width, byte Maximum, ImagePreparation? Preparation = null)
{
    /// <summary>The form of a dataset's images. Square ones of one channel bring a preparation.</summary>
    public static ImageForm Of(ImageDataset data) => new(data.Channels, data.Height, data.Width, data.Maximum, PreparationOf(data));

    /// <summary>Makes a picture into one image of this form, labelled 0.</summary>
    /// <exception cref="ShapeException">There is no preparation and the picture has another size, or the classifier takes colour.</exception>
    /// <exception cref="ArgumentException">The picture has no ink (see <see cref="ImagePreparation.Apply"/>).</exception>
    public ImageSet Prepare(GreyImage picture)
    {
        GreyImage image = Preparation?.Apply(picture) ?? picture;
        var set = new ImageSet(image.Pixels, [0], 1, image.Height, image.Width);
        Check(set);
        return set;
    }

    /// <exception cref="ShapeException">The images have another form.</exception>
    /// <exception cref="ArgumentException">A pixel exceeds the maximum.</exception>
    internal void Check(ImageSet images)
    {
        if ((images.Channels, images.Height, images.Width) != (Channels, Height, Width))
        {
            throw new ShapeException($"ImageClassifier: the images are [{images.Channels}, {images.Height}, {images.Width}] and the model takes [{Channels}, {Height}, {Width}]. Pass images like those it was trained on.");
        }

        int wrong = images.Pixels.AsSpan().IndexOfAnyExceptInRange((byte)0, Maximum);
        if (wrong >= 0)
        {
            throw new ArgumentException($"ImageClassifier: a pixel is {images.Pixels[wrong]} and the model takes 0 to {Maximum}. Scale the pixels like those it was trained on.");
        }
    }

    static ImagePreparation? PreparationOf(ImageDataset data) => data.Name switch
    {
        _ when data.Channels != 1 || data.Height != data.Width => null,
        "mnist" => ImagePreparation.Mnist,
        _ => new ImagePreparation { Size = data.Height, Margin = 0, Maximum = data.Maximum },
    };
}
