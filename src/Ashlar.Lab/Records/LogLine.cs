using System.Globalization;

namespace Ashlar.Lab;

/// <summary>One line of <c>log.txt</c>: what a program wrote to its console.</summary>
/// <param name="Time">When the line was whole.</param>
/// <param name="Stream"><c>out</c> or <c>err</c>.</param>
/// <param name="Text">Without its end.</param>
public readonly record struct LogLine(DateTimeOffset Time, string Stream, string Text)
{
    /// <summary>The line as the file has it: time, stream and text, with tabs between.</summary>
    public override string ToString() => $"{LabTime.Text(Time)}\t{Stream}\t{Text}";

    /// <summary>Reads a line; one of another form is all text.</summary>
    /// <param name="line">Without its end.</param>
    public static LogLine Parse(string line)
    {
        string[] parts = line.Split('\t', 3);
        return parts.Length == 3 && DateTimeOffset.TryParse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? new LogLine(time, parts[1], parts[2])
            : new LogLine(DateTimeOffset.UnixEpoch, "out", line);
    }
}
