namespace Ashlar.Lab.Events;

/// <summary>Event files of a folder, its own or another tool's: the files in order of time, without what a process wrote that was cut off and repeated.</summary>
/// <remarks>
/// A <see cref="SessionStartEvent"/> with step s hides every earlier event of the same folder with a step ≥ s. Folders inside the folder have their own sessions, as TensorBoard has it; symbolic links are not followed.
/// </remarks>
public static class EventFolder
{
    static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true, MaxRecursionDepth = 32 };

    /// <summary>The folders at and below a folder that hold event files themselves, in ordinal order. None when it does not exist.</summary>
    /// <param name="folder">The folder.</param>
    public static IReadOnlyList<string> FoldersBelow(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*", Below).Where(EventFileName.Is).Select(file => Path.GetDirectoryName(file)!).Distinct().Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The event files of one folder in order of time.</summary>
    /// <param name="folder">The folder; what is below it is not looked at.</param>
    public static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(EventFileName.Is).OrderBy(EventFileName.Time).ThenBy(file => file, StringComparer.Ordinal)];

    /// <summary>The events of all files at and below a folder that are not hidden, without the beginnings of sessions: folder by folder, in each the files in order of time, in each file as written.</summary>
    /// <param name="folder">The folder.</param>
    public static IEnumerable<LoggedEvent> Read(string folder) => FoldersBelow(folder).SelectMany(ReadOne);

    static IEnumerable<LoggedEvent> ReadOne(string folder)
    {
        IReadOnlyList<string> files = Files(folder);
        long[] limits = Limits(files);
        int session = 0;
        foreach (string file in files)
        {
            using var reader = new EventFileReader(file);
            while (reader.ReadNext())
            {
                LoggedEvent e = reader.Current;
                if (e is SessionStartEvent)
                {
                    session++;
                }
                else if (session >= limits.Length || e.Step < limits[session]) // a session that began after the limits were taken hides nothing yet
                {
                    yield return e;
                }
            }
        }
    }

    /// <summary>For the events before the first session, of the first, of the second…: the step from which on a later session hides them.</summary>
    static long[] Limits(IReadOnlyList<string> files)
    {
        var starts = new List<long>();
        foreach (string file in files)
        {
            using var records = new RecordReader(file, 0);
            while (records.Next(out ReadOnlySpan<byte> record))
            {
                if (EventDecoder.SessionStart(record) is { } step)
                {
                    starts.Add(step);
                }
            }
        }

        var limits = new long[starts.Count + 1];
        limits[^1] = long.MaxValue;
        for (int i = starts.Count - 1; i >= 0; i--)
        {
            limits[i] = Math.Min(limits[i + 1], starts[i]);
        }

        return limits;
    }
}
