namespace Ashlar.House.Tests;

/// <summary>The working tree that the tests were built from.</summary>
static class Repository
{
    static readonly string[] BuiltFolders = ["artifacts", ".git", ".vs", ".idea", ".ashlar", "bin", "obj", "TestResults", "node_modules"];

    /// <summary>The folder of Ashlar.slnx: build paths are mapped, so it is found by walking up.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Paths of all files that are no build output, relative to the root, with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Select(Relative).Order(StringComparer.Ordinal)];

    /// <summary>The files below a folder with an ending.</summary>
    public static IEnumerable<string> FilesIn(string folder, string ending)
        => Files.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Text of one file.</summary>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    static IEnumerable<string> Walk(string folder)
        => Directory.GetFiles(folder).Concat(
            Directory.GetDirectories(folder).Where(child => !BuiltFolders.Contains(Path.GetFileName(child))).SelectMany(Walk));

    static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Ashlar.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"repository: no folder above {AppContext.BaseDirectory} holds Ashlar.slnx. Run the tests from a checkout.");
    }
}
