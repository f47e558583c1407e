using System.Globalization;
using System.Security.Cryptography;

namespace Ashlar.Lab;

/// <summary>Names of runs: the UTC time to the second and six letters drawn at random, such as <c>20261122-093011-k3vqzt</c>. In the order of text they are in the order of time.</summary>
public static class RunId
{
    // Without letters that are read as others (l, o) or as digits, so that an id can be read aloud and typed.
    const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    const int Drawn = 6;
    const string TimeForm = "yyyyMMdd-HHmmss";

    /// <summary>A new id. Chance comes from the operating system: two processes that start in the same second must not meet.</summary>
    /// <param name="time">The start of the run.</param>
    public static string New(DateTimeOffset time) => $"{time.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetString(Letters, Drawn)}";

    /// <summary>When a run began, to the second.</summary>
    /// <param name="id">A text for which <see cref="IsValid"/> holds.</param>
    public static DateTimeOffset TimeOf(string id) => new(DateTime.ParseExact(id[..TimeForm.Length], TimeForm, CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>Whether a text is an id, and so may be the name of a folder.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsValid(string text) =>
        text.Length == TimeForm.Length + 1 + Drawn
        && DateTime.TryParseExact(text[..TimeForm.Length], TimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && text[TimeForm.Length] == '-'
        && text[(TimeForm.Length + 1)..].All(Letters.Contains);
}
