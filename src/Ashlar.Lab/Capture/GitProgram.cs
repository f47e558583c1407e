using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Ashlar.Lab.Storage;

namespace Ashlar.Lab;

/// <summary>Asks the program <c>git</c>, if there is one and the folder belongs to a repository.</summary>
/// <param name="folder">Where to ask.</param>
sealed class GitProgram(string folder)
{
    const int MostUntracked = 1000;
    const int LargestPatch = 64 << 20;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The topmost folder of the repository, or null.</summary>
    public string? Top() => Text("rev-parse", "--show-toplevel") is { Length: > 0 } top ? Path.GetFullPath(top) : null;

    /// <summary>Absolute paths of the files below the folder that git knows or would take in; null without a repository.</summary>
    public IReadOnlyList<string>? Files() => Ask("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".") is { } bytes
        ? [.. Encoding.UTF8.GetString(bytes).Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct().Select(file => Path.GetFullPath(Path.Combine(folder, file)))]
        : null;

    /// <summary>Commit, branch and uncommitted changes of the whole repository; null without one.</summary>
    /// <param name="store">Takes the patch.</param>
    public GitRecord? Take(ArtifactStore store)
    {
        if (Top() is not { } top)
        {
            return null;
        }

        var whole = new GitProgram(top);
        string? commit = whole.Text("rev-parse", "--verify", "HEAD");
        string? branch = whole.Text("symbolic-ref", "--short", "HEAD");
        byte[] patch = (commit is null ? null : whole.Ask("diff", "--binary", "--no-color", "--no-ext-diff", "HEAD")) ?? [];
        string[] untracked = [.. Encoding.UTF8.GetString(whole.Ask("ls-files", "-z", "--others", "--exclude-standard") ?? []).Split('\0', StringSplitOptions.RemoveEmptyEntries)];
        Array.Sort(untracked, StringComparer.Ordinal);
        return new GitRecord(commit, branch, patch.Length is 0 or > LargestPatch ? null : store.Add(patch), untracked.Length > MostUntracked ? untracked[..MostUntracked] : untracked);
    }

    string? Text(params string[] arguments) => Ask(arguments) is { } bytes ? Encoding.UTF8.GetString(bytes).TrimEnd('\n', '\r') : null;

    byte[]? Ask(params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        Array.ForEach(["-c", "core.quotepath=off", "-c", "core.fsmonitor=false", .. arguments], start.ArgumentList.Add);
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        try
        {
            using Process? process = Process.Start(start);
            if (process is null)
            {
                return null;
            }

            process.StandardInput.Close();
            _ = process.StandardError.ReadToEndAsync();
            using var output = new MemoryStream();
            Task copy = process.StandardOutput.BaseStream.CopyToAsync(output);
            if (!copy.Wait(Patience) || !process.WaitForExit(Patience))
            {
                process.Kill();
                return null;
            }

            return process.ExitCode == 0 ? output.ToArray() : null;
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException or AggregateException)
        {
            return null;
        }
    }
}
