using System.Globalization;
using System.Text.Json;
using Ashlar.Lab;
using Ashlar.Lab.Queries;

namespace Ashlar.Cli.Runs;

/// <summary>How facts of runs read.</summary>
static class RunText
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Duration(RunRecord run, TimeProvider time)
    {
        if (run.End is null && run.State != RunState.Running)
        {
            return "";
        }

        TimeSpan duration = (run.End ?? time.GetUtcNow()) - run.Start;
        return duration.TotalMinutes < 1 ? duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
            : duration.ToString(duration.TotalDays < 1 ? @"h\:mm\:ss" : @"d\d\ hh\:mm", CultureInfo.InvariantCulture);
    }

    public static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture) is var text && (text != "0" || number == 0) ? text : number.ToString("0.###e+0", CultureInfo.InvariantCulture);

    public static string Bytes(long bytes) => bytes < 10_000 ? string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes")
        : bytes < 10_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:#,0} MiB");

    public static string Of(QueryValue value) => value is QueryValue.Number number ? Number(number.Value) : value is QueryValue.Time time ? Of(time.Value) : value.AsText() ?? "";

    public static string Of(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>The beginning of a hash, enough to tell two apart.</summary>
    public static string Short(string hash) => hash.Length > 12 && hash.All(char.IsAsciiHexDigitLower) ? hash[..12] : hash;

    /// <summary>A command as a shell takes it.</summary>
    public static string Command(IReadOnlyList<string> words) => string.Join(' ', words.Select(word =>
        word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || "-_./=:,+@%".Contains(letter)) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'"));
}
