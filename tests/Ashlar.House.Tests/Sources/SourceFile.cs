using System.Text.RegularExpressions;

namespace Ashlar.House.Tests.Sources;

/// <summary>A C# file as far as the rules need it. The formatter holds types of a file-scoped namespace at column 0.</summary>
sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>All files below src.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. Repository.FilesIn("src", ".cs").Select(file => new SourceFile(file, Repository.Read(file)))];

    /// <summary>Number of lines, blank ones included.</summary>
    public int Lines => Text.Count(letter => letter == '\n');

    /// <summary>What is wrong with the types of this file, or null.</summary>
    public string? WrongTypes()
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(Path).Split('.', '{')[0];
        IReadOnlyCollection<Match> types = TypeDeclaration().Matches(Text);
        string[] all = [.. types.Select(type => type.Groups["name"].Value).Distinct()];
        string[] open = [.. types.Where(type => type.Value.StartsWith("public", StringComparison.Ordinal)).Select(type => type.Groups["name"].Value).Distinct()];
        return open.Length > 1 ? $"{Path}: has {open.Length} public types: {string.Join(", ", open)}. Give each a file."
            : open.Length == 1 && open[0] != name ? $"{Path}: its public type is {open[0]}. Name the file {open[0]}.cs."
            : open.Length == 0 && all.Length > 0 && !all.Contains(name) && !IsFamily(all, name) ? $"{Path}: its types are {string.Join(", ", all)}. Name the file after one."
            : null;
    }

    // A few small internal types of one kind may share a file that bears the word all their names end in.
    static bool IsFamily(string[] types, string name) => types.Length > 1 && Array.TrueForAll(types, type => type.EndsWith(LastWord(name), StringComparison.Ordinal));

    static string LastWord(string name) => name[Array.FindLastIndex(name.ToCharArray(), char.IsUpper)..];

    /// <summary>What hides this file from the analyzers and from these rules, or null.</summary>
    public string? Hidden()
        => BlanketPragma().IsMatch(Text) ? $"{Path}: turns off every warning. Name the one, and say why."
            : BlockNamespace().IsMatch(Text) ? $"{Path}: has a namespace in braces. Write one namespace for the file."
            : null;

    [GeneratedRegex(@"^\s*#pragma warning disable\s*(//.*)?$", RegexOptions.Multiline)]
    private static partial Regex BlanketPragma();

    [GeneratedRegex(@"^\s*namespace [\w.]+\s*\{", RegexOptions.Multiline)]
    private static partial Regex BlockNamespace();

    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe) )*(?:class|struct|interface|enum|record(?: struct| class)?|delegate [^;=]*?) ?\b(?<name>[A-Za-z_]\w*)(?=\s*(?:<[^;=]*>)?\s*[\(:;{\n])", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}
