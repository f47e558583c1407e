namespace Ashlar.House.Tests;

public sealed class LineDiffTests
{
    [Fact]
    public void A_changed_line_is_shown_under_its_heading()
        => Assert.Equal("  class B\n-     int X\n+     long X\n", LineDiff.Of("class A\n    int X\nclass B\n    int X\n    int Y\n", "class A\n    int X\nclass B\n    long X\n    int Y\n"));

    [Fact]
    public void A_new_heading_is_shown_once()
        => Assert.Equal("+ class B\n+     int X\n", LineDiff.Of("class A\n", "class A\nclass B\n    int X\n"));

    [Fact]
    public void Equal_texts_have_no_difference() => Assert.Empty(LineDiff.Of("a\nb\n", "a\nb\n"));
}
