namespace Ashlar;

/// <summary>An equation of <see cref="Tensor.Einsum"/> for given operands: every axis has a label, a letter or a place of the ellipsis.</summary>
/// <param name="Operands">The labels of each operand's axes.</param>
/// <param name="Output">The labels of the result's axes.</param>
/// <param name="Extents">The extent of each label.</param>
sealed record EinsumEquation(int[][] Operands, int[] Output, IReadOnlyDictionary<int, int> Extents)
{
    // Labels of the ellipsis count down from here, the last axis first; letters are above.
    const int Ellipsis = -1;

    public static EinsumEquation Parse(string equation, Shape[] shapes)
    {
        string text = equation.Replace(" ", "", StringComparison.Ordinal);
        string[] sides = text.Split("->");
        string[] terms = sides[0].Split(',');
        if (sides.Length > 2)
        {
            throw Wrong(equation, "it has more than one arrow. Write inputs->output once.");
        }

        if (terms.Length != shapes.Length)
        {
            throw Wrong(equation, $"it names {terms.Length} operands, {shapes.Length} were given. Write one term for each, with commas between.");
        }

        int[][] operands = [.. terms.Select((term, i) => Labels(equation, term, shapes[i].Rank, $"operand {i} {shapes[i]}"))];
        var extents = new Dictionary<int, int>();
        for (int i = 0; i < operands.Length; i++)
        {
            for (int axis = 0; axis < operands[i].Length; axis++)
            {
                int label = operands[i][axis];
                int extent = shapes[i][axis];
                int known = extents.GetValueOrDefault(label, 1);
                if (known != 1 && extent != 1 && known != extent)
                {
                    throw Wrong(equation, $"{Name(label)} is {known} and, in operand {i} {shapes[i]}, {extent}. Make the extents equal.");
                }

                extents[label] = extent == 1 ? known : extent;
            }
        }

        int spread = operands.SelectMany(labels => labels).Where(label => label <= Ellipsis).DefaultIfEmpty(0).Min();
        int[] output = sides.Length == 2 ? Named(equation, sides[1], -spread, extents) : Implied(operands, -spread);
        return new EinsumEquation(operands, output, extents);
    }

    // The ellipsis first, then the letters that occur once, in alphabetical order.
    static int[] Implied(int[][] operands, int spread)
    {
        IEnumerable<int> once = operands.SelectMany(labels => labels).Where(label => label > Ellipsis).GroupBy(label => label).Where(group => group.Count() == 1).Select(group => group.Key);
        return [.. Spread(spread), .. once.Order()];
    }

    static int[] Named(string equation, string term, int spread, Dictionary<int, int> extents)
    {
        bool open = term.Contains("...", StringComparison.Ordinal);
        int[] output = Labels(equation, term, term.Replace("...", "", StringComparison.Ordinal).Length + (open ? spread : 0), "the output");
        foreach (int label in output)
        {
            if (!extents.ContainsKey(label))
            {
                throw Wrong(equation, $"{Name(label)} of the output stands in no operand. Take it out or add it to a term.");
            }

            if (output.Count(other => other == label) > 1)
            {
                throw Wrong(equation, $"{Name(label)} stands twice in the output. Write it once; DiagEmbed puts a vector on a diagonal.");
            }
        }

        return output;
    }

    static int[] Labels(string equation, string term, int rank, string what)
    {
        int open = term.IndexOf("...", StringComparison.Ordinal);
        string letters = open < 0 ? term : term.Remove(open, 3);
        foreach (char letter in letters)
        {
            if (!char.IsAsciiLetter(letter))
            {
                throw Wrong(equation, $"'{letter}' is no label. Use letters, commas, one arrow, and ... for axes without a name.");
            }
        }

        if (open < 0 ? letters.Length != rank : letters.Length > rank)
        {
            throw Wrong(equation, $"'{term}' names {letters.Length} axes of {what}, which has {rank}. Name each axis, or the rest by an ellipsis.");
        }

        return open < 0
            ? [.. letters.Select(letter => (int)letter)]
            : [.. letters[..open].Select(letter => (int)letter), .. Spread(rank - letters.Length), .. letters[open..].Select(letter => (int)letter)];
    }

    static IEnumerable<int> Spread(int count) => Enumerable.Range(0, count).Select(i => Ellipsis - (count - 1 - i));

    static string Name(int label) => label > Ellipsis ? $"'{(char)label}'" : $"axis {label} of the ellipsis";

    static ShapeException Wrong(string equation, string what) => new($"Einsum: in '{equation}' {what}");
}
