using System.Text;

namespace Ashlar.House.Tests;

/// <summary>What changed between two texts, line by line: - was approved, + is new. The heading above a changed line is shown with it.</summary>
static class LineDiff
{
    public static string Of(string before, string after)
    {
        string[] a = before.Split('\n');
        string[] b = after.Split('\n');
        int[,] common = CommonLengths(a, b);
        var text = new StringBuilder();
        string heading = "", shown = "";
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                heading = IsHeading(a[i]) ? a[i] : heading;
                i++;
                j++;
                continue;
            }

            bool removed = j == b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1]);
            string line = removed ? a[i++] : b[j++];
            if (heading != shown && !IsHeading(line))
            {
                text.Append($"  {heading}\n");
                shown = heading;
            }

            heading = IsHeading(line) ? shown = line : heading;
            text.Append($"{(removed ? '-' : '+')} {line}\n");
        }

        return text.ToString();
    }

    static bool IsHeading(string line) => line.Length > 0 && line[0] != ' ';

    // common[i, j]: length of the longest common subsequence of a[i..] and b[j..].
    static int[,] CommonLengths(string[] a, string[] b)
    {
        var common = new int[a.Length + 1, b.Length + 1];
        for (int i = a.Length - 1; i >= 0; i--)
        {
            for (int j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
