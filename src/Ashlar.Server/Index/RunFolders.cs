using System.Globalization;
using System.Text;
using Ashlar.Lab;

namespace Ashlar.Server.Index;

/// <summary>Finds the runs of a folder: those of a lab, or each sub-folder with event files that any tool wrote.</summary>
/// <param name="root">The folder that is shown.</param>
sealed class RunFolders(string root)
{
    const string Runs = "runs";
    const int DeepestFolder = 16;

    static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    readonly string _root = Path.GetFullPath(root);

    /// <summary>Whether the folder is a lab's: it holds <c>runs</c>, or is called as labs are, or is empty or not there yet.</summary>
    public bool IsLab { get; } = Directory.Exists(Path.Combine(root, Runs)) || Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))) == ".ashlar" || !Directory.Exists(root) || !HoldsEvents(root);

    /// <summary>The folder that holds the runs of a lab.</summary>
    public string RunsPath => Path.Combine(_root, Runs);

    /// <summary>All runs that there are now.</summary>
    public IEnumerable<RunPlace> All() => IsLab ? OfLab() : Foreign(_root, 0);

    /// <summary>The event files of a run in the order in which they were begun.</summary>
    public static List<string> EventFiles(RunPlace run)
    {
        // Folders of other tools may hold runs in their sub-folders, which are runs of their own.
        string folder = run.IsForeign ? run.Folder : Path.Combine(run.Folder, "events");
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true, RecurseSubdirectories = !run.IsForeign, MaxRecursionDepth = DeepestFolder };
        List<string> files = [.. Directory.EnumerateFiles(folder, "*tfevents*", options)];
        files.Sort((a, b) => CompareNames(Path.GetFileName(a), Path.GetFileName(b)) is var order and not 0 ? order : string.CompareOrdinal(a, b));
        return files;
    }

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

    static bool HoldsEvents(string folder) => Directory.EnumerateFiles(folder, "*tfevents*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = DeepestFolder, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint }).Any();

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

    // The names hold times and counters that may grow by a digit: runs of digits are compared as numbers.
    static int CompareNames(string a, string b)
    {
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            if (char.IsAsciiDigit(a[i]) && char.IsAsciiDigit(b[j]))
            {
                ReadOnlySpan<char> x = Digits(a, ref i), y = Digits(b, ref j);
                int order = x.Length != y.Length ? x.Length.CompareTo(y.Length) : x.SequenceCompareTo(y);
                if (order != 0)
                {
                    return order;
                }
            }
            else if (a[i++] != b[j++])
            {
                return a[i - 1].CompareTo(b[j - 1]);
            }
        }

        return (a.Length - i).CompareTo(b.Length - j);
    }

    static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        int begin = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text.AsSpan(begin, at - begin).TrimStart('0');
    }
}
