using System.Text;
using System.Text.Json;

namespace Ashlar.Lab.Bundles;

/// <summary><c>CITATION.cff</c>, Citation File Format 1.2.0.</summary>
static class CitationFile
{
    public static string Of(BundleStory story)
    {
        var text = new StringBuilder("cff-version: 1.2.0\nmessage: \"If you use this work, please cite it as below.\"\ntype: dataset\n");
        text.Append($"title: {Quoted(story.Title)}\ndate-released: {story.Day}\n");
        if (story.Options.License is { } license)
        {
            text.Append($"license: {Quoted(license)}\n");
        }

        text.Append("authors:\n");
        foreach (string author in story.Options.Authors.DefaultIfEmpty("unknown (open question: name the authors)"))
        {
            string[] names = author.Split(',', 2, StringSplitOptions.TrimEntries);
            text.Append(names.Length == 2 ? $"  - family-names: {Quoted(names[0])}\n    given-names: {Quoted(names[1])}\n" : $"  - name: {Quoted(names[0])}\n");
        }

        return text.ToString();
    }

    static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
