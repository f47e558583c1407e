using Ashlar.Lab.Queries;

namespace Ashlar.Lab.Tests.Queries;

public sealed class TextDiffTests
{
    [Fact]
    public void Equal_texts_have_no_difference() => Assert.Equal("", TextDiff.Of("a\r\nb\n", "a\nb\n"));

    [Fact]
    public void A_changed_line_has_three_lines_around_it()
        => Assert.Equal("@@ -2,7 +2,8 @@\n 2\n 3\n 4\n-5\n+five\n+and a half\n 6\n 7\n 8\n", TextDiff.Of("1\n2\n3\n4\n5\n6\n7\n8\n9", "1\n2\n3\n4\nfive\nand a half\n6\n7\n8\n9"));

    [Fact]
    public void Changes_that_are_far_apart_have_hunks_of_their_own()
    {
        string[] lines = [.. Enumerable.Range(1, 30).Select(i => $"{i}")];
        string before = string.Join('\n', lines);
        (lines[1], lines[27]) = ("two", "twenty-eight");

        Assert.Equal("@@ -1,5 +1,5 @@\n 1\n-2\n+two\n 3\n 4\n 5\n@@ -25,6 +25,6 @@\n 25\n 26\n 27\n-28\n+twenty-eight\n 29\n 30\n", TextDiff.Of(before, string.Join('\n', lines)));
    }

    [Fact]
    public void A_new_file_is_all_new() => Assert.Equal("@@ -1,1 +1,2 @@\n-\n+a\n+b\n", TextDiff.Of("", "a\nb"));

    [Fact]
    public void Texts_too_long_for_a_table_of_pairs_are_given_whole()
    {
        string[] a = [.. Enumerable.Range(0, 6000).Select(i => $"a{i}")], b = [.. Enumerable.Range(0, 6000).Select(i => $"b{i}")];

        Assert.Equal(12_002, TextDiff.Of(string.Join('\n', a), string.Join('\n', b)).Split('\n').Length);
    }
}
