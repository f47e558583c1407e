using System.Text;

namespace Ashlar.Onnx.Operators;

/// <summary>From the syntax of patterns that the format names (RE2) to .NET's. They differ in names of groups, classes by name, quoted text, and in \\d, \\s and \\w, which RE2 takes for ASCII alone.</summary>
static class RegexSyntax
{
    static readonly Dictionary<string, string> Classes = new()
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = "\\x00-\\x7F",
        ["blank"] = "\\t ",
        ["cntrl"] = "\\x00-\\x1F\\x7F",
        ["digit"] = "0-9",
        ["graph"] = "!-~",
        ["lower"] = "a-z",
        ["print"] = " -~",
        ["punct"] = "!-/:-@\\[-`{-~",
        ["space"] = "\\t\\n\\v\\f\\r ",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    /// <param name="pattern">As RE2 reads it.</param>
    public static string Translate(string pattern)
    {
        var text = new StringBuilder();
        bool inClass = false;
        for (int i = 0; i < pattern.Length;)
        {
            string rest = pattern[i..];
            if (rest.StartsWith("\\Q", StringComparison.Ordinal))
            {
                int end = rest.IndexOf("\\E", StringComparison.Ordinal);
                string quoted = end < 0 ? rest[2..] : rest[2..end];
                text.Append(System.Text.RegularExpressions.Regex.Escape(quoted));
                i += end < 0 ? rest.Length : end + 2;
            }
            else if (rest is ['\\', char escaped, ..])
            {
                text.Append(Escape(escaped, inClass));
                i += 2;
            }
            else if (!inClass && rest.StartsWith("(?P<", StringComparison.Ordinal))
            {
                text.Append("(?<");
                i += 4;
            }
            else if (inClass && Named(rest) is { } named)
            {
                text.Append(named.Members);
                i += named.Length;
            }
            else
            {
                // A bracket that stands first in a class is a member of it.
                bool opens = !inClass && rest[0] == '[';
                int length = !opens ? 1 : rest.StartsWith("[^]", StringComparison.Ordinal) ? 3 : rest.StartsWith("[]", StringComparison.Ordinal) || rest.StartsWith("[^", StringComparison.Ordinal) ? 2 : 1;
                text.Append(inClass && rest[0] == '[' ? "\\[" : rest[..length]);
                inClass = opens || (inClass && rest[0] != ']');
                i += length;
            }
        }

        return text.ToString();
    }

    static string Escape(char c, bool inClass) => c switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'w' => inClass ? Classes["word"] : $"[{Classes["word"]}]",
        's' => inClass ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]",
        'D' when !inClass => "[^0-9]",
        'W' when !inClass => $"[^{Classes["word"]}]",
        'S' when !inClass => "[^\\t\\n\\f\\r ]",
        _ => $"\\{c}",
    };

    static (string Members, int Length)? Named(string rest)
    {
        int end = rest.StartsWith("[:", StringComparison.Ordinal) ? rest.IndexOf(":]", StringComparison.Ordinal) : -1;
        return end > 0 && Classes.TryGetValue(rest[2..end], out string? members) ? (members, end + 2) : null;
    }
}
