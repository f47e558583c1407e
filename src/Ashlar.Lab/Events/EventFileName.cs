using System.Globalization;

namespace Ashlar.Lab.Events;

/// <summary>Names of event files: <c>events.out.tfevents.TIME.HOST.PROCESS.NUMBER</c>. Whoever has «tfevents» in its name is one, as for TensorBoard.</summary>
static class EventFileName
{
    const string Mark = "tfevents";

    static int _number = -1;

    /// <summary>A name for a new file behind all files of the folder, also when the clock was set back or two processes follow each other within a second.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="now">The present time.</param>
    public static string New(string folder, DateTimeOffset now)
    {
        long time = now.ToUnixTimeSeconds();
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            // A name that claims the far future must not push ours out of its ten digits.
            time = Math.Max(time, Math.Min(Time(file) + 1, 9_999_999_999));
        }

        string host = new([.. Environment.MachineName.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_').Take(64)]);
        return string.Create(CultureInfo.InvariantCulture, $"events.out.{Mark}.{time:D10}.{host}.{Environment.ProcessId}.{Interlocked.Increment(ref _number)}");
    }

    /// <summary>Whether a path is one of an event file.</summary>
    public static bool Is(string path) => Path.GetFileName(path).Contains(Mark, StringComparison.Ordinal);

    /// <summary>The time in a name, in seconds since 1970; -1 when it has none.</summary>
    public static long Time(string path)
    {
        ReadOnlySpan<char> name = Path.GetFileName(path.AsSpan());
        int mark = name.IndexOf(Mark + ".", StringComparison.Ordinal);
        if (mark < 0)
        {
            return -1;
        }

        ReadOnlySpan<char> rest = name[(mark + Mark.Length + 1)..];
        int digits = rest.IndexOfAnyExceptInRange('0', '9');
        return long.TryParse(digits < 0 ? rest : rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out long time) ? time : -1;
    }
}
