using Ashlar.Data.Images;

namespace Ashlar.Tests.Data.Images;

public sealed class ImagePreparationTests
{
    [Fact]
    public void Dark_on_light_and_light_on_dark_give_one_result()
    {
        GreyImage drawn = Bar(40, 60, top: 10, left: 5, height: 32, width: 8, paper: 255, ink: 0);

        Assert.Equal(ImagePreparation.Mnist.Apply(drawn).Pixels, ImagePreparation.Mnist.Apply(drawn.Invert()).Pixels);
    }

    [Fact]
    public void The_character_fills_the_inner_square_from_wherever_it_was_drawn()
    {
        GreyImage result = ImagePreparation.Mnist.Apply(Bar(80, 100, top: 50, left: 60, height: 40, width: 10, paper: 230, ink: 30));

        Assert.Equal((28, 28), (result.Width, result.Height));
        for (int y = 0; y < 28; y++)
        {
            for (int x = 0; x < 28; x++)
            {
                // 40 x 10 becomes 20 x 5 in the centre: its 15 empty columns are 7.5 on either side.
                int expected = y is < 4 or > 23 ? 0 : x is >= 12 and <= 15 ? 255 : x is 11 or 16 ? 128 : 0;
                Assert.Equal(expected, result[y, x]);
            }
        }
    }

    [Fact]
    public void The_digits_preparation_gives_8_x_8_up_to_16()
    {
        GreyImage result = ImagePreparation.Digits.Apply(Bar(50, 50, top: 1, left: 20, height: 48, width: 12, paper: 255, ink: 0));

        Assert.Equal(Enumerable.Repeat<byte[]>([0, 0, 0, 16, 16, 0, 0, 0], 8).SelectMany(row => row), result.Pixels);
    }

    [Fact]
    public void A_stroke_thinner_than_a_pixel_of_the_result_is_full_ink()
    {
        GreyImage result = ImagePreparation.Digits.Apply(Bar(200, 200, top: 20, left: 90, height: 160, width: 3, paper: 200, ink: 100));

        Assert.Equal(16, result.Pixels.Max());
        Assert.Equal(0, result.Pixels.Min());
    }

    [Fact]
    public void Faint_smudges_beside_the_character_do_not_shrink_it()
    {
        GreyImage clean = Bar(50, 50, top: 10, left: 20, height: 30, width: 10, paper: 255, ink: 0);
        var smudged = new GreyImage(50, 50, [.. clean.Pixels]);
        smudged.Pixels[0] = 240;

        Assert.Equal(ImagePreparation.Digits.Apply(clean).Pixels, ImagePreparation.Digits.Apply(smudged).Pixels);
    }

    [Fact]
    public void An_empty_picture_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => ImagePreparation.Mnist.Apply(new GreyImage(3, 2, [7, 7, 7, 7, 7, 7])));
        Assert.Equal("ImagePreparation: every one of the 3 x 2 pixels has one grey value, so there is no character. Draw one, dark on light or light on dark.", e.Message);
    }

    [Fact]
    public void Ink_that_is_lost_in_the_reduction_is_refused()
    {
        var specks = new GreyImage(1000, 1000, new byte[1_000_000]);
        specks.Pixels[0] = 255;
        specks.Pixels[^1] = 255;
        var e = Assert.Throws<ArgumentException>(() => ImagePreparation.Digits.Apply(specks));
        Assert.Equal("ImagePreparation: the ink is lost when 1000 x 1000 pixels are reduced to 8 x 8. Draw with a thicker stroke.", e.Message);
    }

    [Fact]
    public void A_margin_that_leaves_no_room_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => new ImagePreparation { Size = 8, Margin = 4 }.Apply(new GreyImage(2, 1, [0, 255])));
        Assert.Equal("ImagePreparation: a margin of 4 in a picture of 8 leaves 0 pixels for the character. Take a size of more than twice the margin.", e.Message);
    }

    static GreyImage Bar(int columns, int rows, int top, int left, int height, int width, byte paper, byte ink) =>
        new(columns, rows, [.. Enumerable.Range(0, columns * rows).Select(i => i / columns >= top && i / columns < top + height && i % columns >= left && i % columns < left + width ? ink : paper)]);
}
