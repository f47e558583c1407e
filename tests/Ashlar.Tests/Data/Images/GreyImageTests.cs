using Ashlar.Data.Images;
using FsCheck;
using FsCheck.Fluent;

namespace Ashlar.Tests.Data.Images;

public sealed class GreyImageTests
{
    [Fact]
    public void Halving_takes_the_mean_of_four_rounded_half_up() =>
        Assert.Equal([3, 11], new GreyImage(4, 2, [1, 2, 10, 11, 3, 4, 12, 11]).Resize(2, 1).Pixels);

    [Fact]
    public void Pixels_that_lie_across_a_border_count_by_their_share() =>
        Assert.Equal([40, 140], new GreyImage(3, 1, [0, 120, 150]).Resize(2, 1).Pixels);

    [Fact]
    public void Enlarging_repeats_pixels() =>
        Assert.Equal([1, 1, 5, 5, 1, 1, 5, 5], new GreyImage(2, 1, [1, 5]).Resize(4, 2).Pixels);

    [Fact]
    public void A_resized_picture_agrees_with_the_mean_over_the_common_refinement()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<(byte Width, byte Height, byte NewWidth, byte NewHeight, byte Seed)>(), drawn =>
        {
            (int w, int h, int nw, int nh) = (1 + (drawn.Width % 9), 1 + (drawn.Height % 9), 1 + (drawn.NewWidth % 9), 1 + (drawn.NewHeight % 9));
            var image = new GreyImage(w, h, [.. Enumerable.Range(0, w * h).Select(i => (byte)((i * 89) + drawn.Seed))]);
            GreyImage small = image.Resize(nw, nh);
            return Enumerable.Range(0, nw * nh).All(i =>
            {
                long sum = 0;
                for (int y = i / nw * h; y < ((i / nw) + 1) * h; y++)
                {
                    for (int x = i % nw * w; x < ((i % nw) + 1) * w; x++)
                    {
                        sum += image[y / nh, x / nw];
                    }
                }

                return small.Pixels[i] == (int)Math.Floor((sum / (double)(w * h)) + 0.5);
            });
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_crop_beyond_the_picture_is_filled_with_0() =>
        Assert.Equal([0, 0, 0, 0, 1, 2, 0, 3, 4], new GreyImage(2, 2, [1, 2, 3, 4]).Crop(-1, -1, 3, 3).Pixels);

    [Fact]
    public void Inverting_turns_light_to_dark() =>
        Assert.Equal([255, 0, 55], new GreyImage(3, 1, [0, 255, 200]).Invert().Pixels);

    [Fact]
    public void Pixels_that_do_not_fill_the_extents_are_refused()
    {
        var e = Assert.Throws<ShapeException>(() => new GreyImage(2, 3, new byte[5]));
        Assert.Equal("GreyImage: 5 pixels do not make 3 rows of 2. Extents are 1 or more and their product is the number of pixels.", e.Message);
    }
}
