using System.Globalization;
using System.Text;

namespace Ashlar.Lab.Queries;

/// <summary>What differs between two texts, in the unified form of diff.</summary>
public static class TextDiff
{
    const int Context = 3;

    // Above this many pairs of lines the middle is given as replaced whole: a table of pairs would cost more memory than a difference is worth.
    const long MostPairs = 25_000_000;

    /// <summary>Hunks with three lines around them; empty for equal texts.</summary>
    /// <param name="before">The lines that get <c>-</c>.</param>
    /// <param name="after">The lines that get <c>+</c>.</param>
    public static string Of(string before, string after)
    {
        string[] a = before.ReplaceLineEndings("\n").Split('\n'), b = after.ReplaceLineEndings("\n").Split('\n');
        List<(char Sign, string Line)> lines = Lines(a, b);
        var text = new StringBuilder();
        for (int i = 0; i < lines.Count;)
        {
            int first = lines.FindIndex(i, line => line.Sign != ' ');
            if (first < 0)
            {
                break;
            }

            int end = first, begin = Math.Max(i, first - Context);
            for (int quiet = 0; end < lines.Count && quiet <= 2 * Context; end++)
            {
                quiet = lines[end].Sign == ' ' ? quiet + 1 : 0;
            }

            // Of the quiet lines behind the last change three stay.
            int last = lines.FindLastIndex(end - 1, line => line.Sign != ' ');
            end = Math.Min(end, last + 1 + Context);
            AppendHunk(text, lines, begin, end);
            i = end;
        }

        return text.ToString();
    }

    static void AppendHunk(StringBuilder text, List<(char Sign, string Line)> lines, int begin, int end)
    {
        int a = lines.Take(begin).Count(line => line.Sign != '+'), b = lines.Take(begin).Count(line => line.Sign != '-');
        IEnumerable<(char Sign, string Line)> hunk = lines.Skip(begin).Take(end - begin);
        text.Append(CultureInfo.InvariantCulture, $"@@ -{a + 1},{hunk.Count(line => line.Sign != '+')} +{b + 1},{hunk.Count(line => line.Sign != '-')} @@\n");
        foreach ((char sign, string line) in hunk)
        {
            text.Append(sign).Append(line).Append('\n');
        }
    }

    static List<(char Sign, string Line)> Lines(string[] a, string[] b)
    {
        int head = a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count();
        int tail = a.Skip(head).Reverse().Zip(b.Skip(head).Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        var lines = new List<(char Sign, string Line)>(a[..head].Select(line => (' ', line)));
        lines.AddRange(Middle(a[head..^tail], b[head..^tail]));
        lines.AddRange(a[^tail..].Select(line => (' ', line)));
        return lines;
    }

    static List<(char Sign, string Line)> Middle(string[] a, string[] b)
    {
        if ((long)a.Length * b.Length > MostPairs)
        {
            return [.. a.Select(line => ('-', line)), .. b.Select(line => ('+', line))];
        }

        // common[i, j]: length of the longest common subsequence of a[i..] and b[j..].
        var common = new int[a.Length + 1, b.Length + 1];
        for (int i = a.Length - 1; i >= 0; i--)
        {
            for (int j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var lines = new List<(char Sign, string Line)>();
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            bool same = i < a.Length && j < b.Length && a[i] == b[j];
            bool removed = !same && (j == b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1]));
            lines.Add(same ? (' ', a[i]) : removed ? ('-', a[i]) : ('+', b[j]));
            (i, j) = (i + (same || removed ? 1 : 0), j + (same || !removed ? 1 : 0));
        }

        return lines;
    }
}
