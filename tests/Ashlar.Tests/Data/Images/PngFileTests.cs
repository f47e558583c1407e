using Ashlar.Data.Images;

namespace Ashlar.Tests.Data.Images;

public sealed class PngFileTests
{
    const string Damaged = "The file is damaged; save the picture again as PNG.";

    static readonly byte[] TwoGrey = PngBuilder.Pack(0, 10, 20);

    [Theory]
    [InlineData("nofilter")]
    [InlineData("sub")]
    [InlineData("up")]
    [InlineData("avg")]
    [InlineData("paeth")]
    public void Every_filter_is_undone(string filter) =>
        Expect($"grey8 {filter}", 1, (x, y, _) => Sample(x, y, 0));

    [Fact]
    public void Colours_and_opacity_are_read()
    {
        Expect("LA", 2, Sample);
        Expect("RGBA", 4, Sample);
    }

    [Fact]
    public void Interlaced_pictures_are_read()
    {
        Expect("rgb8 interlace", 3, Sample);
        Expect("bits interlace", 1, (x, y, _) => Sample(x, y, 0) / 128 * 255);
    }

    [Fact]
    public void Other_bit_depths_become_8_by_the_nearest_value()
    {
        Expect("grey2", 1, (x, y, _) => Sample(x, y, 0) / 64 * 85);
        Expect("grey16 interlace", 1, (x, y, _) => (int)Math.Floor((((Sample(x, y, 0) * 256) + Sample(y, x, 0)) / 257.0) + 0.5));
    }

    [Fact]
    public void A_palette_is_resolved_with_its_opacity()
    {
        byte[] opacity = [0, 100, 200];
        Expect("P4 tRNS", 4, (x, y, c) => Sample(x, y, 0) / 16 is var colour && c < 3 ? Sample(colour, 0, c) : colour < 3 ? opacity[colour] : 255);
    }

    [Fact]
    public void One_colour_may_be_transparent() =>
        Expect("L tRNS", 2, (x, y, c) => c == 0 ? Sample(x, y, 0) : Sample(x, y, 0) == 128 ? 0 : 255);

    [Fact]
    public void Chunks_of_no_concern_and_what_follows_the_end_are_skipped()
    {
        byte[] file = [.. new PngBuilder().Header(2, 1, 8, 0).Chunk("tEXt", 1, 2).Chunk("IDAT", TwoGrey[..3]).Chunk("IDAT").Chunk("IDAT", TwoGrey[3..]).Chunk("tIME").End(), 1, 2, 3];
        Assert.Equal([10, 20], PngFile.Parse(file, "p").Samples);
    }

    [Fact]
    public void What_was_written_is_read()
    {
        using var folder = new TemporaryFolder();
        var image = new GreyImage(31, 17, [.. Enumerable.Range(0, 31 * 17).Select(i => (byte)(i * i))]);

        PngFile.Write(folder.File("p.png"), image);
        PngImage read = PngFile.Read(folder.File("p.png"));

        Assert.Equal((31, 17, 1), (read.Width, read.Height, read.Channels));
        Assert.Equal(image.Pixels, read.Samples);
    }

    [Fact]
    public void A_file_that_is_no_PNG_is_refused() =>
        Refuse([0xFF, 0xD8, 0xFF], 0, "the bytes FFD8FF", "89504E470D0A1A0A, which begin a PNG file", "Save the picture as PNG.");

    [Fact]
    public void A_file_that_ends_early_is_refused()
    {
        byte[] file = new PngBuilder().Header(2, 1, 8, 0).Bytes;
        Refuse(file, 33, "the end of the file", "a chunk; the last one is IEND", "The file was not copied whole; copy it again.");
        Refuse(file[..32], 8, "a chunk of 13 bytes", "at most the 12 that the file has left for it", "The file is damaged or was not copied whole; copy it again.");
    }

    [Fact]
    public void A_wrong_checksum_is_refused()
    {
        byte[] file = new PngBuilder().Header(2, 1, 8, 0).End();
        file[^1] ^= 1;
        Refuse(file, 41, "the CRC ae426083", "ae426082 for the chunk at byte 33", Damaged);
    }

    [Theory]
    [InlineData(0, 1, "0 x 1")]
    [InlineData(3, 0, "3 x 0")]
    [InlineData(uint.MaxValue, 1, "4294967295 x 1")]
    [InlineData(65536, 65536, "65536 x 65536")]
    public void Extents_out_of_range_are_refused_before_memory_is_taken(uint width, uint height, string found) =>
        Refuse(new PngBuilder().Header(width, height, 8, 0).End(), 16, $"a picture of {found} pixels", "1 to 67108864 pixels", "Reduce the picture.");

    [Fact]
    public void Extents_that_the_packed_pixels_cannot_fill_are_refused_before_memory_is_taken() =>
        Refuse(new PngBuilder().Header(8192, 8192, 8, 0).Chunk("IDAT", TwoGrey).End(), 41, $"{TwoGrey.Length} bytes of packed pixels", "enough for the 67117056 bytes of 8192 x 8192 pixels", Damaged);

    [Fact]
    public void A_header_out_of_form_is_refused()
    {
        Refuse(new PngBuilder().Chunk("IHDR", 1, 2).End(), 16, "an IHDR chunk of 2 bytes", "13", Damaged);
        Refuse(new PngBuilder().Header(1, 1, 4, 2).End(), 24, "colour type 2 with bit depth 4", "a pair that the format allows", Damaged);
        Refuse(new PngBuilder().Header(1, 1, 8, 5).End(), 24, "colour type 5 with bit depth 8", "a pair that the format allows", Damaged);
        Refuse(new PngBuilder().Header(1, 1, 3, 0).End(), 24, "colour type 0 with bit depth 3", "a pair that the format allows", Damaged);
        Refuse(new PngBuilder().Header(1, 1, 16, 3).End(), 24, "colour type 3 with bit depth 16", "a pair that the format allows", Damaged);
        Refuse(new PngBuilder().Chunk("IHDR", PngBuilder.HeaderOf(1, 1, 8, 0, 1, 2, 3)).End(), 26, "compression 1, filter 2, interlace 3", "compression 0, filter 0, interlace 0 or 1", Damaged);
    }

    [Fact]
    public void Chunks_out_of_order_are_refused()
    {
        Refuse(new PngBuilder().Chunk("IDAT").End(), 12, "the chunk IDAT", "IHDR as the first", Damaged);
        Refuse(new PngBuilder().Header(1, 1, 8, 0).Header(1, 1, 8, 0).End(), 37, "the chunk IHDR", "IHDR as the first only", Damaged);
        Refuse(new PngBuilder().Header(1, 1, 8, 0).End(), 37, "the end of the picture", "an IDAT chunk with pixels", Damaged);
        Refuse(new PngBuilder().Header(1, 1, 8, 0).Chunk("IDAT").Chunk("tEXt").Chunk("IDAT").End(), 61, "an IDAT chunk behind tEXt", "all IDAT chunks in a row", Damaged);
        Refuse(new PngBuilder().Header(1, 1, 8, 3).Chunk("IDAT").End(), 37, "pixels without a palette", "a PLTE chunk before them", Damaged);
    }

    [Fact]
    public void Unknown_critical_chunks_and_names_that_are_no_letters_are_refused()
    {
        Refuse(new PngBuilder().Header(1, 1, 8, 0).Chunk("NEWS").End(), 37, "the critical chunk NEWS", "IHDR, PLTE, IDAT or IEND", "Save the picture as plain PNG.");
        Refuse(new PngBuilder().Header(1, 1, 8, 0).Chunk("a1b2").End(), 37, "the chunk name 61316232", "four letters", Damaged);
    }

    [Fact]
    public void A_palette_or_transparency_out_of_form_is_refused()
    {
        Refuse(new PngBuilder().Header(1, 1, 1, 3).Chunk("PLTE", new byte[9]).End(), 41, "a PLTE chunk of 9 bytes", "one before the pixels, of colours of 3 bytes up to 6, in a picture with colour", Damaged);
        Refuse(new PngBuilder().Header(1, 1, 8, 0).Chunk("tRNS", 1).End(), 41, "a tRNS chunk of 1 bytes", "one before the pixels: 2 bytes in grey, 6 in RGB, up to one a colour behind a palette, none beside opacity", Damaged);
    }

    [Fact]
    public void Pixels_that_do_not_unpack_to_the_picture_are_refused()
    {
        Refuse(new PngBuilder().Header(3, 1, 8, 0).Chunk("IDAT", TwoGrey).End(), 41, "pixels that unpack to 3 bytes", "4", Damaged);
        Refuse(new PngBuilder().Header(1, 1, 8, 0).Chunk("IDAT", TwoGrey).End(), 41, "pixels that unpack to more than 2 bytes", "2", Damaged);
        Refuse(new PngBuilder().Header(2, 1, 8, 0).Chunk("IDAT", 1, 2, 3).End(), 41, "packed pixels that cannot be unpacked", "a valid zlib stream", Damaged);
    }

    [Fact]
    public void Unknown_filters_and_colours_are_refused()
    {
        Refuse(new PngBuilder().Header(1, 2, 8, 0).Chunk("IDAT", PngBuilder.Pack(0, 1, 5, 1)).End(), 41, "the filter 5 for row 1", "0 to 4", Damaged);
        Refuse(new PngBuilder().Header(1, 1, 8, 3).Chunk("PLTE", 1, 2, 3).Chunk("IDAT", PngBuilder.Pack(0, 1)).End(), 56, "a pixel of colour 1", "one of the palette's 1 colours from 0", Damaged);
    }

    static int Sample(int x, int y, int c) => ((37 * x) + (91 * y) + (53 * c)) % 256;

    static void Expect(string name, int channels, Func<int, int, int, int> sample)
    {
        PngImage image = PngFile.Parse(RecordedPng.Of(name), name);
        Assert.Equal((9, 7, channels), (image.Width, image.Height, image.Channels));
        Assert.Equal(Enumerable.Range(0, 63 * channels).Select(i => (byte)sample(i / channels % 9, i / channels / 9, i % channels)), image.Samples);
    }

    static void Refuse(byte[] file, long offset, string found, string expected, string remedy)
    {
        var e = Assert.Throws<ParseException>(() => PngFile.Parse(file, "p"));
        Assert.Equal($"p: at byte {offset}: found {found}, expected {expected}. {remedy}", e.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Encoded_samples_come_back(int channels)
    {
        byte[] samples = [.. Enumerable.Range(0, 5 * 3 * channels).Select(i => (byte)(i * 37))];

        PngImage image = PngFile.Parse(PngFile.Encode(5, 3, channels, samples), "memory");

        Assert.Equal((5, 3, channels), (image.Width, image.Height, image.Channels));
        Assert.Equal(samples, image.Samples);
    }

    [Theory]
    [InlineData(2, 2, 5, 20)]
    [InlineData(2, 2, 3, 11)]
    [InlineData(0, 2, 1, 0)]
    public void Samples_that_make_no_picture_are_refused(int width, int height, int channels, int count)
        => Assert.StartsWith($"PngFile.Encode: {count} samples do not make {height} rows of {width} pixels with {channels} channels.", Assert.Throws<ShapeException>(() => PngFile.Encode(width, height, channels, new byte[count])).Message, StringComparison.Ordinal);
}
