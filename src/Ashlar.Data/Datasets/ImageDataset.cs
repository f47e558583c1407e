namespace Ashlar.Data.Datasets;

/// <summary>A set of labelled images with a fixed train and test part, held in memory.</summary>
public sealed class ImageDataset
{
    /// <param name="name">As commands and run records name it, for example <c>digits</c>.</param>
    /// <param name="train">The part to learn from.</param>
    /// <param name="test">The part to measure on.</param>
    /// <param name="maximum">The pixel value that stands for 1, 1 to 255.</param>
    /// <param name="classNames">A name for every label, by number.</param>
    /// <exception cref="ShapeException">The images of the two parts differ in shape.</exception>
    /// <exception cref="ArgumentException">A label names no class, or a pixel exceeds the maximum.</exception>
    public ImageDataset(string name, ImageSet train, ImageSet test, byte maximum, IReadOnlyList<string> classNames)
    {
        if ((train.Channels, train.Height, train.Width) != (test.Channels, test.Height, test.Width))
        {
            throw new ShapeException($"{name}: train images are [{train.Channels}, {train.Height}, {train.Width}] and test images [{test.Channels}, {test.Height}, {test.Width}]. Take both parts from one source.");
        }

        foreach ((string part, ImageSet set) in new[] { ("train", train), ("test", test) })
        {
            Check($"{name}, {part}: label", set.Labels, classNames.Count - 1, $"The {classNames.Count} classes have the labels 0 to {classNames.Count - 1}; pass the right number of classes.");
            Check($"{name}, {part}: pixel", set.Pixels, maximum, $"Pixels run from 0 to {maximum}; pass the right maximum.");
        }

        Name = name;
        Train = train;
        Test = test;
        Maximum = maximum;
        ClassNames = classNames;
    }

    /// <summary>As commands and run records name it.</summary>
    public string Name { get; }

    /// <summary>The part to learn from.</summary>
    public ImageSet Train { get; }

    /// <summary>The part to measure on.</summary>
    public ImageSet Test { get; }

    /// <summary>The pixel value that stands for 1.</summary>
    public byte Maximum { get; }

    /// <summary>The name of every label, by number.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Number of classes; labels run from 0 to one less.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>Colour channels of an image.</summary>
    public int Channels => Train.Channels;

    /// <summary>Rows of an image.</summary>
    public int Height => Train.Height;

    /// <summary>Columns of an image.</summary>
    public int Width => Train.Width;

    static void Check(string what, ReadOnlySpan<byte> values, int maximum, string remedy)
    {
        int wrong = maximum < 0 ? 0 : values.IndexOfAnyExceptInRange((byte)0, (byte)Math.Min(maximum, 255));
        if (wrong >= 0 && wrong < values.Length)
        {
            throw new ArgumentException($"{what} {wrong} is {values[wrong]}. {remedy}");
        }
    }
}
