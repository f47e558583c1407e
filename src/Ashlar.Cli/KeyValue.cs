namespace Ashlar.Cli;

/// <summary>Arguments of the form <c>key=value</c>.</summary>
static class KeyValue
{
    /// <param name="where">The command, for the message.</param>
    /// <param name="text">The argument.</param>
    /// <exception cref="UsageException">There is no key, or no <c>=</c>.</exception>
    public static (string Key, string Value) Parse(string where, string text) => text.IndexOf('=', StringComparison.Ordinal) is > 0 and int at
        ? (text[..at], text[(at + 1)..])
        : throw new UsageException($"{where}: '{text}' is not of the form key=value. Write it so, without blanks around '='.");
}
