using Ashlar.Data.Datasets;

namespace Ashlar.Tests.Data.Datasets;

public sealed class ImageSetTests
{
    [Fact]
    public void An_image_is_a_part_of_the_pixels()
    {
        var set = new ImageSet([1, 2, 3, 4], [0, 1], 1, 1, 2);
        Assert.Equal(2, set.Count);
        Assert.Equal([3, 4], set.Image(1).ToArray());
    }

    [Fact]
    public void Pixels_that_do_not_fit_the_labels_are_refused()
    {
        var e = Assert.Throws<ShapeException>(() => new ImageSet(new byte[12], new byte[2], 1, 2, 2));
        Assert.Equal("ImageSet: 2 labels with images of [1, 2, 2] make 8 pixels, and there are 12. Pass one label for each image.", e.Message);
    }

    [Fact]
    public void Images_without_pixels_are_refused()
    {
        var e = Assert.Throws<ShapeException>(() => new ImageSet([], [], 1, 0, 2));
        Assert.Equal("ImageSet: images of [1, 0, 2] have no pixels. Extents are 1 or more.", e.Message);
    }
}
