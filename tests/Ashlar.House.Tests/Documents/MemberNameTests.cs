using System.Text.RegularExpressions;

namespace Ashlar.House.Tests.Documents;

public sealed partial class MemberNameTests
{
    static IEnumerable<string> Pages => Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal) && (file.StartsWith("docs/", StringComparison.Ordinal) || !file.Contains('/')) && !file.StartsWith("docs/decisions/", StringComparison.Ordinal));

    [Fact]
    public void Every_member_that_a_page_names_is_there()
        => Findings.None("A page names public members as they are called.",
            Pages.SelectMany(page => Span().Matches(Fence().Replace(Repository.Read(page), "")).SelectMany(span => MemberNames.Missing(span.Groups["code"].Value, isOurs: false)).Select(name => $"{page}: {name}")));

    [Theory]
    [InlineData("docs/coming-from-numpy.md")]
    [InlineData("docs/coming-from-pytorch.md")]
    [InlineData("docs/coming-from-jax.md")]
    public void Every_row_for_newcomers_names_what_is_there(string page)
    {
        string[] cells = [.. Row().Matches(Repository.Read(page)).Select(row => row.Groups["here"].Value)];
        Assert.True(cells.Length >= 60, $"{page} has {cells.Length} rows.");
        Findings.None("What stands in the column 'here' is a public member, or no code.",
            cells.SelectMany(cell => Span().Matches(cell)).SelectMany(span => MemberNames.Missing(span.Groups["code"].Value, isOurs: true)).Select(name => $"{page}: {name}"));
    }

    [Theory]
    [InlineData("Tensor.Nothing(x)", "Tensor.Nothing")]
    [InlineData("x.Sum([0]).Nothing()", ").Nothing")]
    [InlineData("x.Nothing", "x.Nothing")]
    [InlineData("new Nothing(1)", "new Nothing")]
    [InlineData("Nowhere.Sum(x)", "Nowhere.Sum")]
    [InlineData("x.Rearrange(\"a.B\").Sum()", null)]
    [InlineData("type.IsFloating", null)]
    public void A_member_that_is_not_there_is_found(string code, string? missing)
        => Assert.Equal(missing is null ? [] : [missing], MemberNames.Missing(code, isOurs: true));

    [Fact]
    public void Names_of_others_are_left_alone_where_pages_speak_of_them() => Assert.Empty(MemberNames.Missing("Math.Exp, Tensor.Sum, Tensor.Scans.cs", isOurs: false));

    [GeneratedRegex("(?<!`)`(?<code>[^`\n]+)`(?!`)")]
    private static partial Regex Span();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    // there | here | difference
    [GeneratedRegex(@"^\| (?<there>`.*?|[^|`]*?) \| (?<here>(?!here |---).*?) \| (?<note>.*?) ?\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
