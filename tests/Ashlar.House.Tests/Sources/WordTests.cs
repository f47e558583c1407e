using System.Text.RegularExpressions;

namespace Ashlar.House.Tests.Sources;

// A letter of each pattern stands in brackets, so that this file does not find itself.
public sealed partial class WordTests
{
    static readonly string[] TextEndings = [".cs", ".csproj", ".props", ".targets", ".slnx", ".json", ".md", ".txt", ".yml", ".yaml", ".py", ".sh", ".js", ".html", ".css", "/run", ".editorconfig", ".gitignore"];

    [Fact]
    public void Nothing_is_unfinished()
        => Findings.None("What stands in the repository is finished.", Places(Unfinished(), ".cs", ".md", ".csproj", ".props", ".js", ".py"));

    [Fact]
    public void No_test_is_skipped()
        => Findings.None("A test runs always and everywhere, or is deleted.", Places(Skipped(), ".cs").Where(place => place.StartsWith("tests/", StringComparison.Ordinal)));

    [Fact]
    public void No_file_speaks_of_a_machine_or_a_tracker()
        => Findings.None("The project speaks of itself alone: no path of a machine, no issue number, no address of a package source.", Places(Foreign(), TextEndings));

    [Theory]
    [InlineData("// TO", "DO: later", true)]
    [InlineData("throw new NotImpl", "ementedException();", true)]
    [InlineData("a HAC", "K", true)]
    [InlineData("todo", "s", false)]
    public void An_unfinished_line_is_found(string line, string rest, bool found) => Assert.Equal(found, Unfinished().IsMatch(line + rest));

    [Theory]
    [InlineData("[Fact(Sk", "ip = \"slow\")]", true)]
    [InlineData("[Theory(DisplayName = \"x\", Expl", "icit = true)]", true)]
    [InlineData("Assert.Sk", "ipUnless(true, \"\");", true)]
    [InlineData("numbers.Sk", "ip(3)", false)]
    public void A_skipped_test_is_found(string line, string rest, bool found) => Assert.Equal(found, Skipped().IsMatch(line + rest));

    [Theory]
    [InlineData("read /wo", "rk/main/x.csv", true)]
    [InlineData("\"/ro", "ot/.nuget\"", true)]
    [InlineData("/ho", "me/ann/x", true)]
    [InlineData("C:\\Us", "ers\\ann", true)]
    [InlineData("see issue #", "12", true)]
    [InlineData("https://packages.example/v3/ind", "ex.json", true)]
    [InlineData("https://forge.example/x/y/pu", "ll/7", true)]
    [InlineData("docs/work", "/plan.md", false)]
    [InlineData("step #", "3", false)]
    public void A_foreign_word_is_found(string line, string rest, bool found) => Assert.Equal(found, Foreign().IsMatch(line + rest));

    static IEnumerable<string> Places(Regex pattern, params string[] endings)
        => Repository.Files
            .Where(file => file is "dev" || endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
            .SelectMany(file => Repository.Read(file).Split('\n').Select((line, index) => (Line: line, Place: $"{file}:{index + 1}: {line.Trim()}")))
            .Where(item => pattern.IsMatch(item.Line))
            .Select(item => item.Place[..Math.Min(item.Place.Length, 160)]);

    [GeneratedRegex(@"\b(T[O]DO|F[I]XME|H[A]CK)\b|NotI[m]plementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\[(Fact|Theory)\(.*\b(S[k]ip|E[x]plicit)\w* *=|Assert\.S[k]ip")]
    private static partial Regex Skipped();

    [GeneratedRegex(@"(?<![\w.}])/(w[o]rk|r[o]ot|h[o]me/\w+|Us[e]rs/\w+)/|[A-Z]:\\Us[e]rs\\|\.l[i]brary\b|(?i:\b(issue|pull request|pr) *#\d+)|/(issues|pull)/\d+|/v3/ind[e]x\.json")]
    private static partial Regex Foreign();
}
