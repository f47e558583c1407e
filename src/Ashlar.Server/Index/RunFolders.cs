using System.Globalization;
using System.Text;
using Ashlar.Lab;
using Ashlar.Lab.Events;

namespace Ashlar.Server.Index;

/// <summary>Finds the runs of a folder: those of a lab, or each sub-folder with event files that any tool wrote.</summary>
/// <param name="root">The folder that is shown.</param>
sealed class RunFolders(string root)
{
    const string Runs = "runs";
    const int DeepestFolder = 16;

    static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    readonly string _root = Path.GetFullPath(root);

    /// <summary>Whether the folder is a lab's: it holds <c>runs</c>, or is called as labs are, or is empty or not there yet. In any other nothing is written.</summary>
    public bool IsLab { get; } = Directory.Exists(Path.Combine(root, Runs)) || Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))) == ".ashlar" || !Directory.Exists(root) || !Directory.EnumerateFileSystemEntries(root).Any();

    /// <summary>The folder that holds the runs of a lab.</summary>
    public string RunsPath => Path.Combine(_root, Runs);

    /// <summary>All runs that there are now.</summary>
    public IEnumerable<RunPlace> All() => IsLab ? OfLab() : Foreign(_root, 0);

    /// <summary>The folders of a run that hold event files, in their order. Folders of other tools may hold runs in their sub-folders, which are runs of their own.</summary>
    public static IReadOnlyList<string> EventFolders(RunPlace run) => run.IsForeign ? [run.Folder] : EventFolder.FoldersBelow(Path.Combine(run.Folder, "events"));

    IEnumerable<RunPlace> OfLab() => !Directory.Exists(RunsPath)
        ? []
        : Directory.EnumerateDirectories(RunsPath, "*", Everything).Where(folder => RunId.IsValid(Path.GetFileName(folder))).Select(folder => new RunPlace(Path.GetFileName(folder), folder, IsForeign: false));

    IEnumerable<RunPlace> Foreign(string folder, int depth)
    {
        if (Directory.EnumerateFiles(folder, "*tfevents*", Everything).Any())
        {
            yield return new RunPlace(ForeignId(Path.GetRelativePath(_root, folder)), folder, IsForeign: true);
        }

        if (depth < DeepestFolder)
        {
            foreach (string inner in Directory.EnumerateDirectories(folder, "*", Everything).Order(StringComparer.Ordinal))
            {
                foreach (RunPlace run in Foreign(inner, depth + 1))
                {
                    yield return run;
                }
            }
        }
    }

    // An id stands in addresses: what is not plain becomes ~ and its bytes in hexadecimal, which no two folders share.
    static string ForeignId(string relative)
    {
        var id = new StringBuilder();
        foreach (byte letter in Encoding.UTF8.GetBytes(relative == "." ? "root" : relative.Replace(Path.DirectorySeparatorChar, '/')))
        {
            if (char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'-' or (byte)'_' or (byte)'=' || (letter == '.' && id.Length > 0))
            {
                id.Append((char)letter);
            }
            else
            {
                id.Append('~').Append(letter.ToString("x2", CultureInfo.InvariantCulture));
            }
        }

        return id.ToString();
    }
}
