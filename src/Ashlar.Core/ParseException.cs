namespace Ashlar;

/// <summary>A file does not hold what its format demands. The message names the file, the offset, what was found, what was expected and the remedy.</summary>
public sealed class ParseException : FormatException
{
    /// <param name="file">The file's path, or a name for data that came from elsewhere.</param>
    /// <param name="offset">Bytes from the start of the file to what was found, or -1 where no single place is to blame.</param>
    /// <param name="found">What the file holds, with its value.</param>
    /// <param name="expected">What the format demands there.</param>
    /// <param name="remedy">What to do, as a sentence with its full stop.</param>
    /// <param name="cause">The exception that reported it, or null.</param>
    public ParseException(string file, long offset, string found, string expected, string remedy, Exception? cause = null)
        : base($"{file}: {(offset < 0 ? "" : FormattableString.Invariant($"at byte {offset}: "))}found {found}, expected {expected}. {remedy}", cause)
    {
        File = file;
        Offset = offset;
    }

    /// <summary>The file's path, or the name given for data that came from elsewhere.</summary>
    public string File { get; }

    /// <summary>Bytes from the start of the file to what was found, or -1 where no single place is to blame.</summary>
    public long Offset { get; }
}
