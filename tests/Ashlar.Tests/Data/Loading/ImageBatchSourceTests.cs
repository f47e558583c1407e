using Ashlar.Data.Datasets;
using Ashlar.Data.Loading;

namespace Ashlar.Tests.Data.Loading;

public sealed class ImageBatchSourceTests
{
    [Fact]
    public void A_batch_holds_the_images_in_the_order_asked_for_scaled_by_one_division()
    {
        var source = new ImageBatchSource(new ImageSet([0, 1, 7, 255], [3, 4], 1, 1, 2), 255);

        (Tensor x, Tensor y) = source.Take([1, 0, 1]);

        Assert.Equal((DType.Float32, new Shape(3, 1, 1, 2)), (x.DType, x.Shape));
        Assert.Equal([7 / 255f, 1, 0, 1 / 255f, 7 / 255f, 1], x.ToArray<float>());
        Assert.Equal((DType.Int32, new Shape(3)), (y.DType, y.Shape));
        Assert.Equal([4, 3, 4], y.ToArray<int>());
    }

    [Fact]
    public void A_loader_deals_all_digits()
    {
        ImageDataset digits = Digits.Load();
        var loader = new DataLoader<ImageBatch>(new ImageBatchSource(digits.Train, digits.Maximum), new DataLoaderOptions { BatchSize = 100, Seed = 1 });
        var labels = new List<int>();
        foreach ((Tensor x, Tensor y) in loader)
        {
            Assert.Equal(new Shape(y.Size, 1, 8, 8), x.Shape);
            labels.AddRange(y.ToArray<int>());
        }

        Assert.Equal(digits.Train.Labels.Select(label => (int)label).Order(), labels.Order());
    }

    [Fact]
    public void A_maximum_of_0_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => new ImageBatchSource(new ImageSet([1], [0], 1, 1, 1), 0));
        Assert.Equal("ImageBatchSource: the maximum is 0, so no pixel can be scaled to 1. Pass the dataset's maximum.", e.Message);
    }
}
