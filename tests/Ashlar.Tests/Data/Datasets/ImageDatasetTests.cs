using Ashlar.Data.Datasets;

namespace Ashlar.Tests.Data.Datasets;

public sealed class ImageDatasetTests
{
    static readonly ImageSet Two = new([1, 2], [0, 1], 1, 1, 1);

    [Fact]
    public void Extents_and_classes_are_those_of_the_parts()
    {
        var data = new ImageDataset("two", Two, Two, 2, ["a", "b"]);
        Assert.Equal((2, 1, 1, 1), (data.Classes, data.Channels, data.Height, data.Width));
    }

    [Fact]
    public void Parts_of_different_shapes_are_refused()
    {
        var e = Assert.Throws<ShapeException>(() => new ImageDataset("two", Two, new ImageSet([1, 2], [0], 1, 2, 1), 2, ["a", "b"]));
        Assert.Equal("two: train images are [1, 1, 1] and test images [1, 2, 1]. Take both parts from one source.", e.Message);
    }

    [Fact]
    public void A_label_without_class_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => new ImageDataset("two", Two, Two, 2, ["a"]));
        Assert.Equal("two, train: label 1 is 1. The 1 classes have the labels 0 to 0; pass the right number of classes.", e.Message);
    }

    [Fact]
    public void A_pixel_above_the_maximum_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => new ImageDataset("two", new ImageSet([0, 0], [0, 1], 1, 1, 1), Two, 1, ["a", "b"]));
        Assert.Equal("two, test: pixel 1 is 2. Pixels run from 0 to 1; pass the right maximum.", e.Message);
    }
}
