using System.Text.RegularExpressions;

namespace Ashlar.House.Tests.Documents;

public sealed partial class LinkTests
{
    static IEnumerable<string> Documents => Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal));

    [Fact]
    public void Every_link_in_a_document_leads_to_a_file()
        => Findings.None("A relative link leads to a file or folder of the repository.", Documents.SelectMany(file => Broken(file, Repository.Read(file))));

    [Fact]
    public void A_link_to_nowhere_is_found()
        => Assert.Equal(
            ["docs/decisions/a.md: missing.md", "docs/decisions/a.md: ../../src/Nothing/"],
            Broken("docs/decisions/a.md", "[a](missing.md) [b](../glossary.md#axis) [c](https://example.org/x) [d](#here) [e](../../src/Nothing/) `[f](code.md)`"));

    [Fact]
    public void Documents_show_the_test_command_that_is_checked()
    {
        string command = TestCommand().Match(Repository.Read(".ci/run")).Value;
        Assert.NotEmpty(command);
        Findings.None($"A document that shows how to test shows the command of .ci/run, `{command}`: others may run nothing and say nothing.",
            Documents.Where(file => !file.StartsWith("docs/decisions/", StringComparison.Ordinal))
                .SelectMany(file => Repository.Read(file).Split('\n').Where(line => line.TrimStart().StartsWith("dotnet test", StringComparison.Ordinal) && !line.Trim().StartsWith(command, StringComparison.Ordinal)).Select(line => $"{file}: {line}")));
    }

    static IEnumerable<string> Broken(string file, string text)
        => Link().Matches(Code().Replace(text, "")).Select(link => link.Groups["path"].Value)
            .Where(path => !path.Contains(':', StringComparison.Ordinal))
            .Where(path => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, path)))
            .Select(path => $"{file}: {path}");

    [GeneratedRegex(@"\]\((?<path>[^)#\s]+)(#[^)\s]*)?( ""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"dotnet test --solution Ashlar\.slnx -c Release")]
    private static partial Regex TestCommand();
}
