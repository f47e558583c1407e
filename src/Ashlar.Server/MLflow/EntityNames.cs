using System.Text;

namespace Ashlar.Server.MLflow;

/// <summary>What keys and values may be: MLflow's own rules, so that what is logged here can be logged there.</summary>
static class EntityNames
{
    public const int LongestKey = 250;
    public const int LongestParameter = 6000;
    public const int LongestTag = 8000;
    public const int LongestExperiment = 500;

    const string Letters = "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colons(:) and slashes (/).";

    /// <summary>Checks a key.</summary>
    /// <param name="kind"><c>metric</c>, <c>param</c> or <c>tag</c>.</param>
    /// <param name="name">The key.</param>
    /// <exception cref="MlflowException">It is none.</exception>
    public static void Check(string kind, string name)
    {
        if (name.Length == 0)
        {
            throw MlflowException.Invalid($"Invalid {kind} name: ''. A key name must be provided.");
        }

        if (name.Length > LongestKey)
        {
            throw TooLong($"{kind} name", name, LongestKey);
        }

        if (!name.All(letter => char.IsLetterOrDigit(letter) || "/_.- :".Contains(letter)))
        {
            throw MlflowException.Invalid($"Invalid {kind} name: '{Shown(name)}'. {Letters}");
        }

        if (name[0] == '/' || name.Split('/').Any(part => part is "" or "." or ".."))
        {
            throw MlflowException.Invalid($"Invalid {kind} name: '{name}'. Names may be treated as files in certain cases, and must not resolve to other names when treated as such.");
        }
    }

    /// <summary>Checks the length of a value.</summary>
    public static void CheckLength(string kind, string value, int most)
    {
        if (value.Length > most)
        {
            throw TooLong(kind, value, most);
        }
    }

    /// <summary>Whether a key in UTF-8 is plainly one: what programs log nearly always is. Others are checked at length.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> name)
    {
        bool plain = name.Length is > 0 and <= LongestKey;
        foreach (byte letter in name)
        {
            plain &= char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'-';
        }

        return plain;
    }

    static MlflowException TooLong(string kind, string value, int most) =>
        MlflowException.Invalid($"{char.ToUpperInvariant(kind[0])}{kind[1..]} '{Shown(value)}' had length {value.Length}, which exceeded length limit of {most}");

    static string Shown(string text) => new StringBuilder(text, 0, Math.Min(text.Length, LongestKey), LongestKey).ToString();
}
