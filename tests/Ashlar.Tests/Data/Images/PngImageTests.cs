using Ashlar.Data.Images;

namespace Ashlar.Tests.Data.Images;

public sealed class PngImageTests
{
    [Fact]
    public void Grey_is_the_luma_of_the_colours() =>
        Assert.Equal([76, 150, 29, 255], Rgb(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255).ToGrey().Pixels);

    [Fact]
    public void Transparent_pixels_show_the_background()
    {
        PngImage image = PngFile.Parse(new PngBuilder().Header(3, 1, 8, 4).Chunk("IDAT", PngBuilder.Pack(0, 100, 0, 100, 255, 100, 51)).End(), "p");
        Assert.Equal([255, 100, 224], image.ToGrey().Pixels);
        Assert.Equal([0, 100, 20], image.ToGrey(background: 0).Pixels);
    }

    static PngImage Rgb(params byte[] samples) =>
        PngFile.Parse(new PngBuilder().Header((uint)samples.Length / 3, 1, 8, 2).Chunk("IDAT", PngBuilder.Pack([0, .. samples])).End(), "p");
}
