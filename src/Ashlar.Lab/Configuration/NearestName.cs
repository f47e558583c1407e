namespace Ashlar.Lab.Configuration;

/// <summary>Finds what someone may have meant.</summary>
public static class NearestName
{
    /// <summary>The candidate with the fewest letters to insert, delete or replace (Levenshtein 1966), whatever their casing; the first of several; null without candidates.</summary>
    /// <param name="word">What was given.</param>
    /// <param name="candidates">What there is.</param>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        string lower = word.ToLowerInvariant();
        return candidates.MinBy(candidate => Distance(lower, candidate.ToLowerInvariant()));
    }

    static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j - 1], row[j]) + 1);
            }
        }

        return row[^1];
    }
}
