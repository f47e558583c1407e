namespace Ashlar;

/// <summary>One side of a pattern such as "batch (height width) channel": groups of named axes, each group one axis of a tensor.</summary>
/// <remarks>The language of einops (Rogozhnikov 2022): names, "1", "..." for any number of axes, parentheses for axes merged into one, whole numbers for new axes of that extent.</remarks>
sealed class AxisPattern
{
    public const string Ellipsis = "...";

    // Dots outside parentheses are as many groups as they have axes; inside they are part of one.
    static readonly string[] OpenEllipsis = [Ellipsis];

    AxisPattern(string text, List<string[]> groups)
    {
        Text = text;
        Groups = groups;
    }

    public string Text { get; }

    /// <summary>The names in each group; "1" is an empty group.</summary>
    public IReadOnlyList<string[]> Groups { get; }

    /// <summary>Groups that are one axis of the tensor each, whatever "..." stands for.</summary>
    public int Count => Groups.Count(group => group != OpenEllipsis);

    public IEnumerable<string> Names => Groups.SelectMany(group => group);

    /// <summary>Reads the two sides of "left -> right".</summary>
    /// <exception cref="ArgumentException">It is no pattern.</exception>
    public static (AxisPattern From, AxisPattern To) Parse(string pattern, string operation)
    {
        string[] sides = pattern.Split("->");
        return sides.Length == 2
            ? (Side(sides[0], pattern, operation), Side(sides[1], pattern, operation))
            : throw new ArgumentException($"{operation}: '{pattern}' has {sides.Length - 1} arrows. Write one: \"left -> right\".");
    }

    /// <summary>The same pattern with "..." written out as <paramref name="count"/> axes.</summary>
    public AxisPattern Expand(int count)
    {
        var groups = new List<string[]>();
        foreach (string[] group in Groups)
        {
            string[] names = [.. group.SelectMany(name => name == Ellipsis ? Enumerable.Range(0, count).Select(i => Ellipsis + i) : [name])];
            groups.AddRange(group == OpenEllipsis ? names.Select(name => (string[])[name]) : [names]);
        }

        return new AxisPattern(Text, groups);
    }

    static AxisPattern Side(string text, string pattern, string operation)
    {
        var groups = new List<string[]>();
        List<string>? merged = null;
        foreach (string word in text.Replace("(", " ( ").Replace(")", " ) ").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word)
            {
                case "(" when merged is null:
                    merged = [];
                    break;
                case ")" when merged is not null:
                    groups.Add([.. merged]);
                    merged = null;
                    break;
                case "(" or ")":
                    throw new ArgumentException($"{operation}: the parentheses of '{pattern}' do not pair up, or stand inside each other. Write one pair around the axes of one group.");
                case "1":
                    if (merged is null) { groups.Add([]); }
                    break;
                default:
                    Check(word, pattern, operation);
                    if (merged is null) { groups.Add(word == Ellipsis ? OpenEllipsis : [word]); } else { merged.Add(word); }
                    break;
            }
        }

        if (merged is not null)
        {
            throw new ArgumentException($"{operation}: a parenthesis of '{pattern}' is not closed. Add ')'.");
        }

        var side = new AxisPattern(text.Trim(), groups);
        string? twice = side.Names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1 && !char.IsDigit(same.Key[0]))?.Key;
        return twice is null ? side : throw new ArgumentException($"{operation}: '{side.Text}' names '{twice}' twice. Give each axis a name of its own.");
    }

    static void Check(string word, string pattern, string operation)
    {
        bool name = char.IsLetter(word[0]) && word.All(c => char.IsLetterOrDigit(c) || c == '_');
        bool number = word.All(char.IsAsciiDigit) && word[0] != '0' && word.Length < 10;
        if (!name && !number && word != Ellipsis)
        {
            throw new ArgumentException($"{operation}: '{word}' in '{pattern}' is neither a name, a number from 1 nor '...'. Names begin with a letter and hold letters, digits and '_'.");
        }
    }
}
