namespace Ashlar.Tests;

public sealed class ParseExceptionTests
{
    [Fact]
    public void The_message_names_file_offset_found_expected_and_remedy()
    {
        var e = new ParseException("a.bin", 12, "the byte 7", "0 or 1", "Copy the file again.");

        Assert.Equal("a.bin: at byte 12: found the byte 7, expected 0 or 1. Copy the file again.", e.Message);
        Assert.Equal("a.bin", e.File);
        Assert.Equal(12, e.Offset);
    }

    [Fact]
    public void Without_a_place_the_message_names_no_byte()
    {
        var cause = new InvalidDataException();
        var e = new ParseException("a.bin", -1, "10 images", "12", "Copy the file again.", cause);

        Assert.Equal("a.bin: found 10 images, expected 12. Copy the file again.", e.Message);
        Assert.Same(cause, e.InnerException);
    }
}
