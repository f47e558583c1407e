using System.Text.RegularExpressions;

namespace Ashlar.House.Tests.Documents;

public sealed partial class ExampleTests
{
    [Fact]
    public void Every_example_in_the_documents_stands_in_a_sample_that_is_run()
    {
        string[] samples = [.. Repository.FilesIn("samples", ".cs").Select(Repository.Read)];
        IEnumerable<string> documents = Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal));
        Findings.None("A C# example in a document is a passage of a program in samples/, all of which are run.",
            documents.SelectMany(document => Example().Matches(Repository.Read(document))
                .Select(example => example.Groups["code"].Value)
                .Where(code => !samples.Any(sample => sample.Contains(code, StringComparison.Ordinal)))
                .Select(code => $"{document}: {code.Split('\n')[0]}")));
    }

    [Fact]
    public void An_example_is_found() => Assert.Equal("var x = 1;\n", Example().Match("text\n```csharp\nvar x = 1;\n```\n").Groups["code"].Value);

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
