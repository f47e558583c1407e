using System.Reflection;
using System.Security.Cryptography;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab;

/// <summary>Keeps the sources of a program by their content.</summary>
/// <remarks>Of a project: all files of its folder that git lists, or without git its sources and settings outside <c>bin</c>, <c>obj</c> and <c>artifacts</c>; the same for every project that it refers to. Of a single file: itself and the projects in its <c>#:project</c> lines. And everything above that a build takes in, such as <c>Directory.Build.props</c>.</remarks>
public static class CodeCapture
{
    const int Writers = 8;

    /// <summary>Keeps the sources of a program.</summary>
    /// <param name="path">A <c>.cs</c> file, a project file, or a folder with one.</param>
    /// <param name="store">Takes their bytes.</param>
    /// <exception cref="LabException">There is no program at the path.</exception>
    /// <exception cref="IOException">The store cannot be written, or a source not be read.</exception>
    public static CodeRecord Take(string path, ArtifactStore store)
    {
        SourceTree tree = SourceTree.Of(path);
        string root = tree.Root;
        CodeFile[] files = Keep(tree.Files, root, store);
        Array.Sort(files, (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return new CodeRecord(
            Relative(tree.Start, root), files, new GitProgram(Path.GetDirectoryName(tree.Start)!).Take(store),
            [.. files.Where(file => Path.GetFileName(file.Path) == "packages.lock.json").Select(file => new LockFile(file.Path, file.Sha256))], root);
    }

    /// <summary>The script or project of this process, or null where it cannot be told.</summary>
    /// <param name="source">A source file of the program, if one is known.</param>
    public static string? OfThisProgram(string? source = null) =>
        AppContext.GetData("EntryPointFilePath") is string script && File.Exists(script) ? script
        : ProjectAbove(Path.GetDirectoryName(source)) ?? ProjectAbove(AppContext.BaseDirectory) ?? ProjectIn(Environment.CurrentDirectory);

    static string? ProjectAbove(string? folder)
    {
        string? name = Assembly.GetEntryAssembly()?.GetName().Name;
        for (string? at = folder; !string.IsNullOrEmpty(at) && Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            if (ProjectIn(at) is { } project)
            {
                // A library's source calls us on behalf of some program; only the program's own project counts.
                return name is null || Path.GetFileNameWithoutExtension(project) == name ? project : null;
            }
        }

        return null;
    }

    static string? ProjectIn(string folder) => Directory.GetFiles(folder, "*.csproj") is [var only] ? only : null;

    // Each new file waits for the disk; waiting together is shorter.
    static CodeFile[] Keep(IReadOnlyList<string> paths, string root, ArtifactStore store)
    {
        var files = new CodeFile[paths.Count];
        Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (int i = writer; i < files.Length; i += Writers)
            {
                files[i] = Keep(paths[i], root, store);
            }
        }))).GetAwaiter().GetResult();
        return files;
    }

    static CodeFile Keep(string path, string root, ArtifactStore store)
    {
        byte[] bytes = File.ReadAllBytes(path);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));

        // Most sources are in the store from the run before; adding writes them first.
        return new CodeFile(Relative(path, root), store.Contains(hash) ? hash : store.Add(bytes), bytes.Length);
    }

    static string Relative(string path, string root) => Path.GetRelativePath(root, path).Replace('\\', '/');
}
