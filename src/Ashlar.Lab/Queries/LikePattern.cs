namespace Ashlar.Lab.Queries;

/// <summary>SQL's LIKE as SQLite has it: <c>%</c> for any characters, <c>_</c> for one, ASCII letters in either case.</summary>
static class LikePattern
{
    /// <summary>Whether the whole text fits, in time of at most their lengths' product: on a mismatch only the last <c>%</c> is widened.</summary>
    public static bool Matches(string text, string pattern)
    {
        (text, pattern) = (Fold(text), Fold(pattern));
        int t = 0, p = 0, star = -1, from = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '%')
            {
                (star, from) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '_' || pattern[p] == text[t]))
            {
                (t, p) = (t + 1, p + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++from);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('%').IsEmpty;
    }

    /// <summary>ASCII letters in lower case, all else as it is.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, (folded, source) =>
    {
        for (int i = 0; i < folded.Length; i++)
        {
            folded[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
        }
    });
}
